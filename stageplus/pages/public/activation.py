"""Activation on a phone: the code, « c’est bien toi ? », one's own address; then the password behind the mailed link."""

import reflex as rx

from stageplus.components import (
    button,
    button_link,
    callout,
    card,
    email_field,
    error_summary,
    form_error,
    link,
    native_form,
    password_field,
    public_shell,
    row,
    section,
    skeleton_text,
    submit_button,
    text_field,
)
from stageplus.components.icons import icon
from stageplus.components.props import waiting
from stageplus.pages.page import Page, frame
from stageplus.pages.public.doors import other_door
from stageplus.services.activation.schemas import FINISH, DemoCode
from stageplus.states.activation import ActivationState as State
from stageplus.states.activation import FinishActivationState as Finish
from stageplus.states.audience import Audience
from stageplus.texts import _


def activation_page() -> rx.Component:
    """Build the step that somebody has reached."""
    return public_shell(
        rx.match(
            State.step,
            ("name", _name()),
            ("mail", _mail()),
            ("joined", _joined()),
            ("reported", _reported()),
            _code(),
        ),
        title=rx.match(
            State.step,
            ("name", _("C’est bien toi ?")),
            ("mail", _("Regarde ton courrier")),
            ("joined", _("C’est fait")),
            ("reported", _("Merci, c’est noté")),
            _("Activer mon compte"),
        ),
        frame=frame(),
        skeleton=skeleton_text(5),
        width="form",
    )


def finish_form() -> rx.Component:
    """Build what the mailed link shows: the password, or joining the account that is there."""
    return native_form(
        error_summary({}, (), general=Finish.sentence),
        rx.el.input(type="hidden", name="token", value=Finish.token, read_only=True),
        rx.el.p(Finish.holder.name, " · ", Finish.holder.operator, class_name="lead"),
        rx.cond(Finish.holder.is_known, _joining(), _password()),
        submit_button(
            rx.cond(Finish.holder.is_known, _("Rattacher mon inscription"), _("Ouvrir mon compte")), wide=True
        ),
        action=FINISH,
        csrf=Finish.csrf,
    )


def finish_receipt() -> rx.Component:
    """Say that the account is open, for whoever comes back: the form itself leads straight to the offers."""
    return callout(button_link(_("Voir les offres"), "/offres", native=True), title=_("Ton compte est ouvert"))


def _code() -> rx.Component:
    errors = State.errors
    return rx.el.div(
        rx.el.form(
            error_summary(errors, ("code",), general=form_error(errors, "form")),
            rx.cond(State.is_company, _companys_door()),
            text_field(
                "code",
                _("Ton code"),
                value=State.code,
                hint=_("Neuf signes, sur la feuille ou dans l’e-mail de ton opérateur. Exemple : K7M-4XP-9AR."),
                error=form_error(errors, "code"),
                autocomplete="one-time-code",
            ),
            submit_button(_("Continuer"), wide=True),
            on_submit=State.look,
            class_name="stack",
            custom_attrs=waiting(State.loading),
            key=State.code,
        ),
        rx.el.div(
            rx.el.p(link(_("Je n’ai pas de code"), href="/inscription/apprenant")),
            rx.el.p(link(_("J’ai déjà un compte"), href="/connexion", native=True)),
            rx.el.p(link(_("Je suis une entreprise"), href="/inscription")),
            class_name="stack stack-tight",
        ),
        rx.cond(State.samples, _samples()),
        class_name="stack stack-wide",
    )


def _companys_door() -> rx.Component:
    return other_door(
        _("Votre porte est juste à côté"),
        _("Cette page est pour les apprenants. Ce que vous avez tapé est un numéro d’entreprise."),
        _("Inscrire mon entreprise"),
        "/inscription/entreprise",
    )


def _samples() -> rx.Component:
    return section(
        _("Démonstration"),
        rx.el.p(_("Ces personnes inventées ont reçu une feuille avec leur code :"), class_name="hint"),
        rx.el.ul(rx.foreach(State.samples, _sample), class_name="stack stack-tight"),
    )


def _sample(each: DemoCode) -> rx.Component:
    return rx.el.li(link(each.code, href=f"/activation?code={each.code}", native=True), " ", each.name)


def _name() -> rx.Component:
    return rx.el.div(
        card(icon("account", 40), rx.el.h2(State.holder.name), rx.el.p(State.holder.operator), surface="sun"),
        rx.cond(State.signed_in & (State.role == "learner"), _attach(), _address()),
        row(
            button(_("Ce n’est pas moi"), variant="quiet", on_click=State.report(State.code, "pas-moi")),
            button(_("J’ai changé d’école"), variant="quiet", on_click=State.report(State.code, "ailleurs")),
        ),
        rx.el.p(_("Ton opérateur est prévenu et corrige : tu reçois ensuite un nouveau code."), class_name="hint"),
        class_name="stack stack-wide",
    )


def _address() -> rx.Component:
    errors = State.errors
    return rx.el.form(
        error_summary(errors, ("email",), general=rx.cond(form_error(errors, "code") != "", form_error(errors, "code"), form_error(errors, "form"))),
        rx.el.input(type="hidden", name="code", value=State.code, read_only=True),
        email_field(
            "email",
            _("Adresse e-mail"),
            hint=_("La tienne, pas celle de l’école. Nous y envoyons un lien."),
            error=form_error(errors, "email"),
            keep_session="activation",
        ),
        submit_button(_("Oui, c’est moi : recevoir mon lien"), wide=True),
        on_submit=State.start,
        class_name="stack",
    )  # fmt: skip


def _attach() -> rx.Component:
    errors = State.errors
    return rx.el.form(
        error_summary(errors, ("code",), general=form_error(errors, "form")),
        rx.el.input(type="hidden", name="code", value=State.code, read_only=True),
        rx.el.p(_("Tu es déjà connecté : tes candidatures et ton histoire restent, seul ton opérateur change.")),
        submit_button(_("Rattacher à mon compte"), wide=True),
        on_submit=State.attach,
        class_name="stack",
    )


def _mail() -> rx.Component:
    return rx.el.div(
        callout(
            rx.el.p(_("Un lien est parti vers :"), " ", rx.el.strong(State.email)),
            rx.el.p(_("Ouvre-le, sur ce téléphone ou ailleurs : il te reste un mot de passe à choisir.")),
            title=_("Encore une étape"),
            tone="success",
            icon_name="letter",
        ),
        rx.el.p(_("Rien reçu après deux minutes ? Regarde dans les indésirables."), class_name="hint"),
        button(_("Changer d’adresse ou renvoyer"), variant="secondary", on_click=State.again),
        class_name="stack stack-wide",
    )


def _joined() -> rx.Component:
    return callout(
        rx.el.p(_("Ton inscription est rattachée à ton compte.")),
        button_link(_("Voir les offres"), "/offres", native=True),
        title=State.holder.operator,
        tone="success",
    )


def _reported() -> rx.Component:
    return rx.el.div(
        callout(
            rx.el.p(_("Ton opérateur est prévenu. Il vérifie, puis te donne un nouveau code.")),
            rx.el.p(_("Tu as le code de quelqu’un d’autre ? Rends-lui la feuille ou jette-la.")),
            title=_("Message envoyé"),
            tone="success",
        ),
        button(_("Écrire un autre code"), variant="secondary", on_click=State.other_code),
        class_name="stack stack-wide",
    )


def _password() -> rx.Component:
    return rx.fragment(
        # For the password manager, which keeps a password with its address.
        rx.el.input(
            type="email",
            name="username",
            value=Finish.holder.email,
            read_only=True,
            hidden=True,
            custom_attrs={"autoComplete": "username"},
        ),
        password_field(
            "new",
            _("Mot de passe"),
            autocomplete="new-password",
            hint=_("Au moins 12 caractères : quelques mots sans rapport, faciles à retenir pour toi."),
        ),
    )


def _joining() -> rx.Component:
    return rx.el.p(
        _("Tu as déjà un compte avec cette adresse : ta nouvelle inscription s’y rattache, ton histoire reste.")
    )


PAGE = Page("/activation", _("Activer mon compte"), Audience.EVERYONE, activation_page, loads=[State.load])
