"""One's own second factors: why, two ways to choose from, what is registered, recovery codes."""

from typing import Any

import reflex as rx

from stageplus.components import (
    button,
    button_link,
    callout,
    card,
    confirm_dialog,
    dialog,
    dialog_opener,
    error_summary,
    form_error,
    icon,
    link,
    native_form,
    own_shell,
    passkey_form,
    row,
    section,
    skeleton_text,
    stack,
    submit_button,
    text_field,
)
from stageplus.components.dialog import close_button
from stageplus.domain.actors import Role
from stageplus.pages.page import Page, frame
from stageplus.services.factors.schemas import PasskeyRow
from stageplus.states.audience import Audience
from stageplus.states.second_factor import FactorsState as State
from stageplus.texts import _

ACTION = "/auth/moyen"
HERE = "/compte/second-facteur"


def factors_page() -> rx.Component:
    """Build the page: what is needed first, then what is there."""
    factors = State.factors
    return own_shell(
        error_summary({}, (), general=_first(form_error(State.errors, "form"), State.sentence)),
        rx.el.span(hidden=True, on_unmount=State.forget),
        rx.cond(factors.missing, _why_needed()),
        rx.cond(~factors.has_any & ~factors.missing, _why_useful()),
        rx.cond(State.codes.codes, _new_codes()),
        rx.cond(factors.has_any & (State.heading != ""), _go_on()),
        rx.cond(factors.has_any, _registered()),
        rx.cond(factors.has_any & ~State.codes.codes, _recovery()),
        rx.cond(factors.fresh, _ways_to_add(), _prove_first()),
        title=_("Connexion en deux étapes"),
        active="compte",
        back=(_("Mon compte"), "/compte"),
        frame=frame(),
        skeleton=skeleton_text(8),
        width="narrow",
    )


def _why_needed() -> rx.Component:
    return callout(
        rx.el.p(
            _(
                "Votre profil donne accès à des données d’autres personnes. Un mot de passe peut être deviné ou volé : une deuxième preuve, que vous seul avez, est donc obligatoire avant d’aller plus loin."
            )
        ),
        rx.el.p(_("Choisissez l’un des deux moyens ci-dessous. Cela prend deux minutes, une seule fois.")),
        title=_("Une deuxième étape protège votre accès"),
        tone="sun",
        icon_name="shield",
    )


def _why_useful() -> rx.Component:
    return callout(
        rx.cond(
            State.role == Role.LEARNER.value,
            rx.el.p(
                _(
                    "C’est facultatif, mais utile : même si quelqu’un trouve ton mot de passe, il n’entre pas. Et avec une clé d’accès, tu te connectes d’un doigt, sans rien taper."
                )
            ),
            rx.el.p(
                _(
                    "Même si quelqu’un trouve votre mot de passe, il n’entre pas. Et avec une clé d’accès, vous vous connectez d’un geste, sans rien taper."
                )
            ),
        ),
        title=_("Pourquoi une deuxième étape ?"),
        icon_name="shield",
    )


def _prove_first() -> rx.Component:
    return callout(
        rx.el.p(_("Ajouter ou retirer un moyen de connexion demande une preuve récente de l’identité.")),
        row(button_link(_("Confirmer pour modifier"), f"/connexion/second-facteur?suite={HERE}", icon_name="lock")),
        title=_("Pour changer quelque chose ici"),
        tone="neutral",
        icon_name="lock",
    )


def _go_on() -> rx.Component:
    return row(button_link(_("Continuer"), State.heading, icon_name="arrow-right"))


def _ways_to_add() -> rx.Component:
    return section(
        rx.cond(State.factors.has_any, _("Ajouter un moyen"), _("Choisir un moyen")),
        rx.cond(State.setup.pending != "", _set_up(), rx.el.div(_add_passkey(), _add_totp(), class_name="grid-two")),
    )


def _add_passkey() -> rx.Component:
    return card(
        rx.el.h3(icon("shield"), " ", _("Une clé d’accès")),
        rx.el.p(
            _(
                "Le téléphone ou l’ordinateur reconnaît son propriétaire par l’empreinte, le visage ou le code de l’écran. Rien à recopier, et elle suffit seule pour se connecter."
            )
        ),
        passkey_form(
            text_field(
                "name",
                _("Nom de la clé"),
                value=_("Mon appareil"),
                hint=_("Pour la reconnaître plus tard : Téléphone, Ordinateur du bureau…"),
                field_id="nom-de-la-cle",
            ),
            _heading(),
            row(submit_button(_("Ajouter une clé d’accès"))),
            use="ajout",
            action=f"{ACTION}/cle",
            csrf=State.csrf,
            host=State.factors.passkey_host,
            origin=State.factors.passkey_origin,
        ),
    )


def _add_totp() -> rx.Component:
    replaced = _("Une nouvelle application remplace celle d’avant.")
    return card(
        rx.el.h3(icon("phone"), " ", _("Une application de codes")),
        rx.el.p(
            _(
                "Une application gratuite du téléphone (FreeOTP, Aegis, Google Authenticator ou une autre) affiche un code de 6 chiffres à recopier à chaque connexion."
            )
        ),
        rx.cond(State.factors.totp_since != "", rx.el.p(replaced, class_name="hint")),
        row(button(_("Configurer l’application"), variant="secondary", on_click=State.begin_totp)),
    )


def _set_up() -> rx.Component:
    return card(
        rx.el.h3(icon("phone"), " ", _("Une application de codes")),
        rx.el.div(_to_scan(), _first_code(), class_name="grid-two"),
    )


def _to_scan() -> rx.Component:
    setup = State.setup
    return stack(
        rx.el.ol(
            rx.el.li(_("Ouvrir l’application et y ajouter un compte.")),
            rx.el.li(_("Scanner ce code QR, ou recopier la clé en dessous.")),
            rx.el.li(_("Taper le code de 6 chiffres que l’application affiche.")),
            class_name="steps-list",
        ),
        rx.el.img(src=setup.drawing, alt=_("Code QR à scanner avec l’application"), class_name="qr", width="225"),
        rx.el.p(_("Clé à recopier :"), " ", rx.el.code(setup.secret, class_name="secret")),
        rx.el.p(link(_("Ouvrir l’application sur cet appareil"), href=setup.address, native=True)),
        tight=True,
    )


def _first_code() -> rx.Component:
    return native_form(
        rx.el.input(type="hidden", name="pending", value=State.setup.pending, read_only=True),
        text_field(
            "code",
            _("Code à 6 chiffres"),
            hint=_("Le code change toutes les 30 secondes."),
            autocomplete="one-time-code",
            inputmode="numeric",
            short=True,
        ),
        _heading(),
        row(submit_button(_("Activer")), button(_("Annuler"), variant="quiet", on_click=State.forget)),
        action=f"{ACTION}/application",
        csrf=State.csrf,
    )


def _registered() -> rx.Component:
    return section(
        _("Moyens enregistrés"),
        rx.el.ul(
            rx.foreach(State.factors.passkeys, _passkey),
            rx.cond(State.factors.totp_since != "", _totp()),
            class_name="stack stack-tight plain-list",
        ),
    )


def _passkey(key: PasskeyRow) -> rx.Component:
    renaming, removing = f"renommer-{key.passkey_id}", f"retirer-{key.passkey_id}"
    return rx.el.li(
        card(
            rx.el.h3(icon("shield"), " ", key.name),
            rx.el.p(_("Clé d’accès"), " · ", key.since, " · ", key.last_used, class_name="hint"),
            row(
                dialog_opener(_("Renommer"), renaming, description=key.name),
                rx.cond(
                    State.factors.fresh,
                    dialog_opener(_("Retirer"), removing, icon_name="trash", description=key.name),
                ),
            ),
            _renaming(key, renaming),
            confirm_dialog(
                removing,
                _("Retirer cette clé d’accès ?"),
                _(
                    "Elle ne servira plus à se connecter ici. La clé reste dans l’appareil, d’où elle peut être effacée."
                ),
                _("Retirer"),
                State.remove_passkey(key.passkey_id),
                danger=True,
            ),
        )
    )


def _renaming(key: PasskeyRow, dialog_id: Any) -> rx.Component:
    return dialog(
        dialog_id,
        _("Renommer cette clé d’accès"),
        rx.el.form(
            rx.el.input(type="hidden", name="passkey", value=f"{key.passkey_id}", read_only=True),
            text_field(
                "name",
                _("Nom de la clé"),
                value=key.name,
                error=form_error(State.errors, "name"),
                field_id=f"nom-{key.passkey_id}",
            ),
            row(close_button(), submit_button(_("Enregistrer le nom"))),
            on_submit=State.rename,
            class_name="stack",
        ),
        done=State.done,
    )


def _totp() -> rx.Component:
    return rx.el.li(
        card(
            rx.el.h3(icon("phone"), " ", _("Application de codes")),
            rx.el.p(State.factors.totp_since, class_name="hint"),
            rx.cond(
                State.factors.fresh,
                row(
                    dialog_opener(
                        _("Retirer"), "retirer-application", icon_name="trash", description=_("Application de codes")
                    )
                ),
            ),
            confirm_dialog(
                "retirer-application",
                _("Retirer l’application de codes ?"),
                _("Ses codes ne serviront plus à se connecter ici."),
                _("Retirer"),
                State.remove_totp,
                danger=True,
            ),
        )
    )


def _recovery() -> rx.Component:
    factors = State.factors
    purpose = _("Ils ouvrent le compte quand le téléphone est perdu ou cassé.")
    none_left = _("Pas encore de codes de secours, ou ils ont tous servi")
    few = callout(
        rx.el.p(purpose, " ", _("À garder sur papier, loin de l’appareil.")),
        title=rx.cond(factors.codes_left == 0, none_left, factors.codes_words),
        tone="warning",
    )
    renew = rx.cond(
        factors.codes_left == 0,
        button(_("Créer dix codes de secours"), icon_name="plus", on_click=State.renew_codes),
        dialog_opener(_("Remplacer les codes"), "remplacer-codes", variant="secondary"),
    )
    return section(
        _("Codes de secours"),
        stack(
            rx.cond(factors.few_codes, few, rx.el.p(factors.codes_words, " ", purpose)),
            rx.cond(factors.fresh, row(renew)),
            tight=True,
        ),
        confirm_dialog(
            "remplacer-codes",
            _("Remplacer les codes de secours ?"),
            _("Les codes d’avant, imprimés ou notés, ne serviront plus."),
            _("Créer dix nouveaux codes"),
            State.renew_codes,
        ),
    )


def _new_codes() -> rx.Component:
    return section(
        _("Codes de secours à garder"),
        card(
            rx.el.p(
                _(
                    "C’est la seule fois qu’ils s’affichent. Chacun sert une fois, à la place du téléphone. À imprimer ou à noter, et à ranger loin de l’appareil."
                )
            ),
            rx.el.ul(rx.foreach(State.codes.codes, lambda code: rx.el.li(rx.el.code(code))), class_name="codes"),
            row(
                button(_("Imprimer"), variant="secondary", icon_name="print", custom_attrs={"data-print": ""}),
                link(
                    _("Télécharger"),
                    href=State.codes.file,
                    native=True,
                    class_name="btn btn-secondary",
                    custom_attrs={"download": _("codes-de-secours-stage-plus.txt")},
                ),
            ),
            surface="sun",
        ),
    )


def _first(one: Any, other: Any) -> Any:
    return rx.cond(one != "", one, other)


def _heading() -> rx.Component:
    return rx.el.input(type="hidden", name="suite", value=State.heading, read_only=True)


FACTORS = Page(HERE, _("Connexion en deux étapes"), Audience.IDENTIFYING, factors_page, loads=[State.load])
