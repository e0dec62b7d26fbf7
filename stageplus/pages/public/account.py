"""One's own account, whatever the role."""

import reflex as rx

from stageplus.components import (
    error_summary,
    fact,
    facts,
    form_error,
    own_shell,
    password_field,
    section,
    skeleton_text,
    submit_button,
    text_field,
)
from stageplus.pages.page import Page, frame
from stageplus.states.account import AccountState as State
from stageplus.states.audience import Audience
from stageplus.texts import _


def account_page() -> rx.Component:
    """Build identity and password."""
    errors = State.errors
    return own_shell(
        error_summary(errors, ("first_name", "last_name", "old", "new"), general=form_error(errors, "form")),
        section(
            _("Identité"),
            facts(fact(_("Adresse e-mail"), State.account.email), fact(_("Profil"), State.account.role), columns=2),
            rx.el.form(
                text_field(
                    "first_name",
                    _("Prénom"),
                    value=State.account.first_name,
                    error=form_error(errors, "first_name"),
                    autocomplete="given-name",
                ),
                text_field(
                    "last_name",
                    _("Nom"),
                    value=State.account.last_name,
                    error=form_error(errors, "last_name"),
                    autocomplete="family-name",
                ),
                submit_button(_("Enregistrer le nom")),
                on_submit=State.rename,
                class_name="stack",
                key=State.account.email,
            ),
        ),
        section(
            _("Mot de passe"),
            rx.el.form(
                password_field("old", _("Mot de passe actuel"), error=form_error(errors, "old")),
                password_field(
                    "new",
                    _("Nouveau mot de passe"),
                    autocomplete="new-password",
                    hint=_("Au moins 12 caractères. Les autres appareils seront déconnectés."),
                    error=form_error(errors, "new"),
                ),
                submit_button(_("Changer le mot de passe")),
                on_submit=State.change_password,
                class_name="stack",
            ),
        ),
        title=_("Mon compte"),
        active="compte",
        frame=frame(),
        skeleton=skeleton_text(8),
        width="form",
    )


PAGE = Page("/compte", _("Mon compte"), Audience.SIGNED_IN, account_page, loads=[State.load])
