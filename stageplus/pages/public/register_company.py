"""The door of companies: ask to act for one; confirm by mail; how to ask for an agrément."""

from typing import Any

import reflex as rx

from stageplus.components import (
    button_link,
    callout,
    card,
    email_field,
    empty_state,
    error_summary,
    fact,
    fact_if,
    facts,
    form_error,
    link,
    password_field,
    public_shell,
    row,
    section,
    submit_button,
    text_field,
    timeline,
)
from stageplus.components.props import waiting
from stageplus.components.timeline import Step
from stageplus.pages.page import Page, frame
from stageplus.pages.public.doors import other_door
from stageplus.services.claims.schemas import OperatorContact
from stageplus.states.audience import Audience
from stageplus.states.company_claim import ConfirmClaimState, NearOperatorsState, RegisterCompanyState
from stageplus.texts import _

FIELDS = {
    "enterprise_number": _("Numéro d’entreprise"),
    "establishment_number": _("Numéro d’unité d’établissement"),
    "company_name": _("Nom de l’entreprise"),
    "postal_code": _("Code postal de l’établissement"),
    "first_name": _("Prénom"),
    "last_name": _("Nom"),
    "function": _("Votre fonction"),
    "email": _("Adresse e-mail professionnelle"),
}
HOW_TO = "/inscription/agrement"


def register_page() -> rx.Component:
    """Build the form, and its receipt, which is the same for everybody."""
    asked = RegisterCompanyState.asked
    return public_shell(
        rx.cond(asked, _receipt(), _form()),
        title=rx.cond(asked, _("Regardez vos e-mails"), _("Inscrire mon entreprise")),
        lead=rx.cond(
            asked, "", _("Pour les entreprises qui ont un agrément ou qui le demandent. Comptez trois minutes.")
        ),
        frame=frame(),
        width="form",
    )


def _form() -> rx.Component:
    errors = RegisterCompanyState.errors
    return rx.el.form(
        error_summary(errors, FIELDS, general=form_error(errors, "form")),
        rx.cond(RegisterCompanyState.learners_code != "", _learners_door()),
        rx.el.input(type="hidden", name="link", value=RegisterCompanyState.link, read_only=True),
        section(_("Votre entreprise"), *place_fields(errors, "inscription")),
        section(
            _("Vous"),
            row(
                _line(errors, "first_name", _("Prénom"), autocomplete="given-name"),
                _line(errors, "last_name", _("Nom"), autocomplete="family-name"),
            ),
            _function(errors, "inscription"),
            email_field(
                "email",
                _("Adresse e-mail professionnelle"),
                hint=_("Nous y envoyons un lien pour confirmer l’adresse et choisir un mot de passe."),
                error=form_error(errors, "email"),
                keep="inscription-email",
            ),
        ),
        submit_button(_("Envoyer ma demande")),
        rx.el.p(_("Vous êtes apprenant ?"), " ", link(_("Votre porte est par ici"), href="/inscription/apprenant")),
        rx.el.p(
            _("Pas encore d’agrément ?"), " ", link(_("Comment le demander, à qui, en combien de temps"), href=HOW_TO)
        ),
        rx.cond(RegisterCompanyState.sample.name != "", _sample()),
        on_submit=RegisterCompanyState.ask,
        class_name="stack stack-wide",
        custom_attrs=waiting(RegisterCompanyState.loading),
    )


def _sample() -> rx.Component:
    house = RegisterCompanyState.sample
    return section(
        _("Démonstration"),
        rx.el.p(_("Cette entreprise inventée a un agrément, et personne n’agit encore pour elle :"), class_name="hint"),
        facts(
            fact(_("Nom"), house.name),
            fact(_("Numéro d’entreprise"), house.enterprise_number),
            fact(_("Numéro d’unité d’établissement"), house.establishment_number),
            fact(_("Code postal"), house.postal_code),
        ),
    )


def place_fields(errors: Any, keep: str) -> list[rx.Component]:
    """Build the fields that name an establishment."""
    return [
        _line(
            errors,
            "enterprise_number",
            _("Numéro d’entreprise"),
            hint=_("10 chiffres qui commencent par 0 ou 1, par exemple 0400.000.185"),
            keep=f"{keep}-enterprise",
        ),
        _line(
            errors,
            "establishment_number",
            _("Numéro d’unité d’établissement"),
            hint=_("10 chiffres qui commencent par 2 à 8 : celui du lieu où l’apprenant travaillera"),
            keep=f"{keep}-establishment",
        ),
        rx.el.p(
            _("Les deux se trouvent dans la Banque-Carrefour des Entreprises (BCE), par le nom de votre entreprise."),
            class_name="hint",
        ),
        _line(errors, "company_name", _("Nom de l’entreprise"), keep=f"{keep}-name", autocomplete="organization"),
        _line(
            errors,
            "postal_code",
            _("Code postal de l’établissement"),
            short=True,
            inputmode="numeric",
            keep=f"{keep}-postal",
        ),
    ]


def _function(errors: Any, keep: str) -> rx.Component:
    hint = _("Par exemple gérante, tuteur, responsable du personnel")
    return _line(errors, "function", _("Votre fonction"), hint=hint, keep=f"{keep}-function")


def _line(errors: Any, name: str, label: str, **options: Any) -> rx.Component:
    return text_field(name, label, error=form_error(errors, name), **options)


def _learners_door() -> rx.Component:
    return other_door(
        _("Ta porte est juste à côté"),
        _("Cette page est pour les entreprises. Ce que tu as tapé est un code d’apprenant."),
        _("Utiliser mon code"),
        f"/activation?code={RegisterCompanyState.learners_code}",
    )


def _receipt() -> rx.Component:
    steps = [
        Step(_("Ouvrez l’e-mail que nous venons d’envoyer"), detail=_("Le lien sert une fois."), state="now"),
        Step(_("Choisissez un mot de passe et une seconde preuve d’identité"), detail=_("Deux minutes.")),
        Step(_("Un opérateur vérifie"), detail=_("En attendant, préparez vos offres : elles restent en brouillon.")),
        Step(_("Publiez")),
    ]
    return rx.el.div(
        timeline(steps),
        rx.el.p(
            _("Rien reçu après quelques minutes ? Regardez dans les indésirables, puis vérifiez l’adresse."),
            class_name="hint",
        ),
        rx.el.span(
            *[rx.el.span(hidden=True, custom_attrs={"data-keep-clear": f"inscription-{name}"}) for name in _KEPT]
        ),
        class_name="stack",
    )


_KEPT = ("enterprise", "establishment", "name", "postal", "function", "email")


def confirm_form() -> rx.Component:
    """Build the form behind the mailed link."""
    errors = ConfirmClaimState.errors
    return rx.el.form(
        error_summary(errors, ("new",), general=form_error(errors, "form")),
        rx.el.p(_("Votre adresse est confirmée dès que vous choisissez un mot de passe. Ensuite, connectez-vous.")),
        rx.el.input(type="hidden", name="token", value=ConfirmClaimState.token, read_only=True),
        password_field(
            "new",
            _("Mot de passe"),
            autocomplete="new-password",
            hint=_("Au moins 12 caractères : quelques mots sans rapport suffisent."),
            error=form_error(errors, "new"),
        ),
        submit_button(_("Confirmer et créer mon compte")),
        on_submit=ConfirmClaimState.confirm,
        class_name="stack",
    )


def confirm_receipt() -> rx.Component:
    """Build what follows."""
    return callout(
        rx.el.p(_("Votre compte est prêt. Connectez-vous pour suivre votre demande et préparer vos offres.")),
        button_link(_("Se connecter"), "/connexion?suite=/entreprise/demande", native=True),
        title=_("Adresse confirmée"),
        tone="success",
    )


def ask_approval_page() -> rx.Component:
    """Build the page that says how to get an agrément, and who is near."""
    return public_shell(
        section(
            _("Comment ça se passe"),
            rx.el.ol(
                _stage(
                    _("Contactez un opérateur près de chez vous"),
                    _("Un seul suffit : CEFA, IFAPME ou EFP. Sa demande vaut pour tous."),
                ),
                _stage(
                    _("Il visite votre établissement"),
                    _("Il regarde le métier, l’équipement, la sécurité et qui sera tuteur."),
                ),
                _stage(
                    _("Il décide, en trois mois au plus"),
                    _("En Wallonie, le coach du secteur donne d’abord son avis, si le secteur en a un."),
                ),
                _stage(
                    _("L’agrément est noté dans Stage+"),
                    _("Votre demande d’accès est alors validée et vos offres peuvent être publiées."),
                ),
                class_name="numbered",
            ),
        ),
        section(
            _("Combien d’apprenants"),
            rx.el.p(
                _(
                    "Jamais plus d’apprenants que de travailleurs sous contrat ; un seul s’il n’y en a pas. Chaque tuteur suit un nombre limité d’apprenants, fixé par secteur."
                )
            ),
        ),
        section(_("Trouver un opérateur"), _near()),
        row(button_link(_("Inscrire mon entreprise"), "/inscription/entreprise", icon_name="building")),
        title=_("Demander un agrément"),
        lead=_(
            "L’agrément dit que votre établissement peut former quelqu’un à un métier. Il est gratuit, il vaut pour tous les opérateurs et il n’a pas de date de fin tant que les conditions sont remplies."
        ),
        frame=frame(),
        width="narrow",
    )


def _stage(title: str, words: str) -> rx.Component:
    return rx.el.li(rx.el.strong(title), rx.el.p(words))


def _near() -> rx.Component:
    found = NearOperatorsState.found
    errors = NearOperatorsState.errors
    return rx.el.div(
        rx.el.form(
            text_field(
                "place",
                _("Commune ou code postal"),
                error=form_error(errors, "place"),
                autocomplete="postal-code",
                icon_name="map-pin",
            ),
            submit_button(_("Chercher")),
            on_submit=NearOperatorsState.search,
            class_name="card row",
            role="search",
            custom_attrs={"data-free": "", **waiting(NearOperatorsState.loading)},
        ),
        rx.cond(
            found.asked != "",
            rx.el.div(
                rx.el.p(_("Près de"), " ", rx.el.strong(found.asked), role="status"),
                rx.cond(
                    found.rows,
                    rx.el.div(rx.foreach(found.rows, _contact), class_name="grid-cards"),
                    empty_state(
                        _("Aucun opérateur noté dans cette région"),
                        _("Stage+ couvre la Wallonie et Bruxelles. Essayez une autre commune."),
                        heading="h3",
                    ),
                ),
                class_name="stack",
            ),
        ),
        class_name="stack",
    )


def _contact(operator: OperatorContact) -> rx.Component:
    return card(
        rx.el.h3(operator.name),
        rx.el.p(operator.kind, class_name="hint"),
        facts(
            fact_if(_("Où"), rx.cond(operator.town != "", f"{operator.town}, à {operator.distance}", "")),
            fact_if(_("Téléphone"), operator.phone),
            fact_if(_("Adresse e-mail"), operator.email),
        ),
    )


PAGE = Page(
    "/inscription/entreprise",
    _("Inscrire mon entreprise"),
    Audience.EVERYONE,
    register_page,
    loads=[RegisterCompanyState.load],
)
HOW = Page(HOW_TO, _("Demander un agrément"), Audience.EVERYONE, ask_approval_page, loads=[NearOperatorsState.load])
