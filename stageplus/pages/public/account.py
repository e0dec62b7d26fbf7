"""One's own account, whatever the role."""

import reflex as rx

from stageplus.components import (
    answer_box,
    badge,
    button,
    button_link,
    callout,
    email_field,
    error_summary,
    fact,
    facts,
    form_error,
    link,
    native_form,
    own_shell,
    password_field,
    row,
    section,
    skeleton_text,
    submit_button,
    text_field,
)
from stageplus.pages.page import Page, frame
from stageplus.pages.public.identity import identity_section
from stageplus.pages.public.mail_choices import mail_choices_section
from stageplus.services.accounts.schemas import SessionRow
from stageplus.services.privacy.schemas import EXPORT
from stageplus.states.account import AccountState as State
from stageplus.states.audience import Audience
from stageplus.states.identity import IdentityState
from stageplus.states.notices import MailChoicesState
from stageplus.texts import _

FIELDS = {
    "first_name": _("Prénom"),
    "last_name": _("Nom"),
    "email": _("Nouvelle adresse e-mail"),
    "old": _("Mot de passe actuel"),
    "new": _("Nouveau mot de passe"),
}


def account_page() -> rx.Component:
    """Build identity, address, password and the list of signed-in browsers."""
    return own_shell(
        error_summary(State.errors, FIELDS, general=form_error(State.errors, "form")),
        _identity(),
        _address(),
        _password(),
        _second_factor(),
        rx.cond(IdentityState.identity.provider != "", identity_section()),
        mail_choices_section(),
        _sessions(),
        _data(),
        title=_("Mon compte"),
        active="compte",
        frame=frame(),
        skeleton=skeleton_text(8),
        width="form",
    )


def _identity() -> rx.Component:
    return section(
        _("Identité"),
        facts(fact(_("Profil"), State.account.role)),
        rx.el.form(
            text_field(
                "first_name",
                _("Prénom"),
                value=State.account.first_name,
                error=form_error(State.errors, "first_name"),
                autocomplete="given-name",
            ),
            text_field(
                "last_name",
                _("Nom"),
                value=State.account.last_name,
                error=form_error(State.errors, "last_name"),
                autocomplete="family-name",
            ),
            submit_button(_("Enregistrer le nom")),
            on_submit=State.rename,
            class_name="stack",
            key=State.account.email,
        ),
    )


def _address() -> rx.Component:
    return section(
        _("Adresse e-mail"),
        facts(fact(_("Adresse actuelle"), State.account.email)),
        rx.cond(State.unreachable, rx.el.p(_("Elle est juste ? La réécrire ici suffit : le lien la confirme."))),
        rx.el.form(
            email_field(
                "email",
                _("Nouvelle adresse e-mail"),
                hint=_("Un lien y arrive : l’adresse change quand on la confirme derrière ce lien."),
                error=form_error(State.errors, "email"),
            ),
            submit_button(_("Changer l’adresse")),
            on_submit=State.change_email,
            class_name="stack",
        ),
    )


def _password() -> rx.Component:
    return section(
        _("Mot de passe"),
        rx.el.form(
            password_field("old", _("Mot de passe actuel"), error=form_error(State.errors, "old")),
            password_field(
                "new",
                _("Nouveau mot de passe"),
                autocomplete="new-password",
                hint=_("Au moins 12 caractères. Les autres appareils seront déconnectés."),
                error=form_error(State.errors, "new"),
            ),
            submit_button(_("Changer le mot de passe")),
            on_submit=State.change_password,
            class_name="stack",
        ),
    )


def _second_factor() -> rx.Component:
    way = button_link(
        _("Gérer les moyens de connexion"), "/compte/second-facteur", variant="secondary", icon_name="shield"
    )
    return section(
        _("Connexion en deux étapes"),
        rx.el.div(way, class_name="row"),
        hint=_(
            "Clé d’accès, application de codes, codes de secours : ils protègent le compte, même si le mot de passe est connu."
        ),
    )


def _sessions() -> rx.Component:
    others = button(_("Déconnecter tous les autres"), variant="secondary", on_click=State.end_others)
    return section(
        _("Appareils connectés"),
        rx.el.ul(rx.foreach(State.sessions, _session), class_name="lines"),
        rx.cond(State.sessions.length() > 1, rx.el.div(others, class_name="row")),
        hint=_("Un appareil inconnu ? Le déconnecter, puis changer le mot de passe."),
    )


def _session(opened: SessionRow) -> rx.Component:
    leave = button(
        _("Déconnecter"),
        variant="quiet",
        size="small",
        description=opened.device,
        on_click=State.end_session(opened.session_id),
    )
    return rx.el.li(
        rx.el.div(
            rx.el.p(rx.el.strong(opened.device)),
            rx.el.p(_("Dernière utilisation :"), " ", opened.last_used, class_name="hint"),
        ),
        rx.cond(opened.is_this, badge(_("Cette session"), tone="success"), leave),
        key=opened.session_id,
        class_name="card-foot",
    )


def _data() -> rx.Component:
    ready = _("L’identité est confirmée : le fichier peut être téléchargé.")
    return section(
        _("Mes données"),
        rx.cond(State.file_problem != "", answer_box(callout(rx.el.p(State.file_problem), tone="sun"))),
        rx.cond(State.file_ready, answer_box(callout(rx.el.p(ready), tone="success"))),
        native_form(
            row(button(_("Télécharger mes données"), type="submit", variant="secondary", icon_name="download")),
            action=EXPORT,
            csrf=State.csrf,
            custom_attrs={"data-free": ""},
        ),
        rx.el.p(link(_("Ce que Stage+ garde, et pour combien de temps"), href="/vie-privee")),
        hint=_(
            "Un fichier avec tout ce que Stage+ garde au sujet de ce compte. Une preuve récente de l’identité est demandée avant."
        ),
    )


PAGE = Page(
    "/compte",
    _("Mon compte"),
    Audience.SIGNED_IN,
    account_page,
    loads=[State.load, IdentityState.load, MailChoicesState.look],
)
