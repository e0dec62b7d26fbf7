"""The five questions that people ask, with the steps of each."""

from collections.abc import Sequence
from dataclasses import dataclass

import reflex as rx

from stageplus.components import public_shell, section
from stageplus.components.announcement import help_text
from stageplus.components.link import link
from stageplus.pages.page import Page, frame
from stageplus.states.audience import Audience
from stageplus.states.help import HelpState
from stageplus.texts import _


@dataclass(frozen=True)
class Answer:
    """What one role does, step by step."""

    who: str
    steps: Sequence[str]


@dataclass(frozen=True)
class Question:
    """A question with an address of its own, `/aide#anchor`."""

    anchor: str
    asked: str
    answers: Sequence[Answer]


QUESTIONS = (
    Question(
        "compte",
        _("Comment créer mon compte ?"),
        (
            Answer(
                _("Apprenant"),
                (
                    _("Demande ton code à ton opérateur : il est sur une feuille ou dans un e-mail."),
                    _("Va sur « Créer un compte », choisis « Je suis apprenant », puis tape le code."),
                    _("Vérifie ton nom, donne ton adresse e-mail et ouvre le lien que tu reçois."),
                    _("Choisis un mot de passe d’au moins 12 caractères. C’est prêt."),
                ),
            ),
            Answer(
                _("Entreprise"),
                (
                    _("Préparez votre numéro d’entreprise et celui de l’établissement qui forme."),
                    _("Sur « Créer un compte », choisissez « Je suis une entreprise » et remplissez la demande."),
                    _("Confirmez votre adresse e-mail. Un opérateur compare la demande avec vos agréments."),
                    _("Vous recevez la réponse par e-mail, puis vous ajoutez la deuxième étape de connexion."),
                ),
            ),
            Answer(
                _("Opérateur, coach sectoriel, OFFA"),
                (_("Votre compte s’ouvre par invitation. Demandez-la à un collègue qui a déjà un compte."),),
            ),
        ),
    ),
    Question(
        "place",
        _("Comment proposer une place ?"),
        (
            Answer(
                _("Entreprise"),
                (
                    _("Ouvrez « Offres », puis « Créer une offre »."),
                    _("Choisissez l’établissement et le métier : seuls ceux qui sont agréés sont proposés."),
                    _("Décrivez la place. Le brouillon s’enregistre tout seul, vous pouvez revenir plus tard."),
                    _("Choisissez « Publier l'offre » : elle est visible tout de suite."),
                ),
            ),
        ),
    ),
    Question(
        "candidatures",
        _("Comment voir les candidatures ?"),
        (
            Answer(
                _("Entreprise"),
                (
                    _("Ouvrez « Candidatures » : elles y arrivent sans recharger la page."),
                    _("Ouvrez-en une : l’apprenant sait alors que vous l’avez vue."),
                    _("Proposez un entretien, acceptez ou refusez. Un mot suffit, même négatif."),
                ),
            ),
            Answer(
                _("Apprenant"),
                (
                    _("Ouvre « Candidatures » : chaque étape est là, avec ce qui vient ensuite."),
                    _("Quand il y a du nouveau, tu reçois aussi un e-mail."),
                ),
            ),
            Answer(
                _("Opérateur"),
                (
                    _("Dans « Mises en relation », reprenez celles qui attendent, la plus ancienne d’abord."),
                    _("Dans « Mes apprenants », ouvrez une personne pour voir où en sont ses candidatures."),
                ),
            ),
        ),
    ),
    Question(
        "cloturer",
        _("Comment clôturer une offre ?"),
        (
            Answer(
                _("Entreprise"),
                (
                    _("Ouvrez l’offre, puis choisissez « Clôturer l'offre »."),
                    _("Relisez le mot pour les personnes qui attendent, puis touchez ce que devient la place."),
                    _(
                        "Le message de rappel, avant la fin, permet aussi de la garder ou de la fermer sans se connecter."
                    ),
                    _("Une offre dont toutes les places sont prises se ferme d’elle-même."),
                ),
            ),
        ),
    ),
    Question(
        "postuler",
        _("Comment postuler, ou retirer ma candidature ?"),
        (
            Answer(
                _("Apprenant"),
                (
                    _("Cherche un métier et une commune, puis ouvre une offre."),
                    _("Choisis « Postuler » et dis pourquoi cette place te plaît. Le reste est facultatif."),
                    _("Choisis « Envoyer ma candidature »."),
                    _("Tu changes d’avis ? Dans « Candidatures », ouvre-la et choisis « Retirer ma candidature »."),
                ),
            ),
        ),
    ),
)


def help_page() -> rx.Component:
    """Build the answers, each under an address that can be sent to somebody."""
    told = rx.foreach(HelpState.texts, lambda each: help_text(each.title, each.words, each.link))
    return public_shell(
        rx.el.div(told, class_name="stack", role="status"),
        rx.el.nav(
            rx.el.ul(
                *[
                    rx.el.li(link(each.asked, href=f"#{each.anchor}", native=True, class_name="chip"))
                    for each in QUESTIONS
                ],
                class_name="chips",
            ),
            custom_attrs={"aria-label": _("Questions")},
        ),
        *[_question(each) for each in QUESTIONS],
        section(
            _("Encore bloqué ?"),
            rx.el.p(_("L’opérateur de formation est le premier à pouvoir aider : CEFA, IFAPME ou EFP.")),
            rx.el.p(_("Une erreur affiche un numéro ? Donnez-le : il permet de retrouver ce qui s’est passé.")),
        ),
        title=_("Aide"),
        lead=_("Cinq questions, chacune en quelques étapes."),
        active="aide",
        frame=frame(),
        width="narrow",
    )


def _question(question: Question) -> rx.Component:
    return rx.el.section(
        rx.el.h2(question.asked, id=question.anchor),
        *[_answer(each) for each in question.answers],
    )


def _answer(answer: Answer) -> rx.Component:
    steps = [rx.el.li(rx.el.p(step)) for step in answer.steps]
    return rx.el.div(rx.el.h3(answer.who), rx.el.ol(*steps, class_name="numbered"), class_name="card")


PAGE = Page("/aide", _("Aide"), Audience.EVERYONE, help_page, loads=[HelpState.load])
