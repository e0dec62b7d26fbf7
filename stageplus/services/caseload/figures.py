"""The figures of an operator's desk: each is the count of the very list that it opens."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from sqlmodel import Session, func, select

from stageplus.domain.actors import Actor
from stageplus.domain.guidance import Situation
from stageplus.models import Learner
from stageplus.services.approvals.queries import approvals_to_decide
from stageplus.services.caseload.schemas import DeskFigure, Tone
from stageplus.services.claims.queries import claims_waiting
from stageplus.services.enrolment.queries import lists_to_confirm, reports_waiting, without_account
from stageplus.services.followup.queries import Patience, conditions, introductions_to_take_over
from stageplus.services.followup.schemas import ADDRESS, LearnerSearch
from stageplus.services.guidance.schemas import SITUATION_WORDS
from stageplus.texts import _
from stageplus.texts.formats import number

LEARNERS = "/operateur/apprenants"
Asked = dict[str, str]
WITHOUT: Asked = {"place": "sans"}


def to_do(patience: Patience) -> list[tuple[str, Asked | str, Tone]]:
    """Name what waits for somebody to act: a list of learners, or a page that has a count of its own."""
    late = _("Réponse attendue depuis plus de {n} jours").format(n=patience.answer)
    return [
        (_("À contacter aujourd’hui, ou déjà en retard"), {"contact": "du"}, "warning"),
        (_("Sans lieu de stage ni prochain contact prévu"), WITHOUT | {"contact": "aucun"}, "neutral"),
        (_("Mises en relation à reprendre"), "/operateur/mises-en-relation", "accent"),
        (late, {"reponse": "retard"}, "warning"),
        (_("Agréments demandés, à décider"), "/operateur/agrements?etat=demandé", "accent"),
        (_("Demandes d’accès d’entreprises"), "/operateur/demandes", "accent"),
        (_("Listes lues, à confirmer"), "/operateur/importer", "accent"),
        (_("Signalements d’inscription à vérifier"), "/operateur/codes", "warning"),
        (_("Inscriptions sans compte"), "/operateur/codes?voir=sans-compte", "neutral"),
    ]


def without_place(patience: Patience) -> list[tuple[str, Asked | str, Tone]]:
    """Name the parts of the learners without a place: how long, and who looks after them."""
    days = _("Depuis {n} jours au moins")
    return [
        (_("Sans lieu de stage"), WITHOUT, "neutral"),
        (days.format(n=patience.long), WITHOUT | {"attente": "long"}, "neutral"),
        (days.format(n=patience.very_long), WITHOUT | {"attente": "tres-long"}, "warning"),
        (_("Que vous suivez"), WITHOUT | {"suivi": "moi"}, "neutral"),
        (_("Que personne ne suit"), WITHOUT | {"suivi": "personne"}, "warning"),
    ]


def situations() -> list[tuple[str, Asked | str, Tone]]:
    """Name where the search of learners without a place stands."""
    known = [(SITUATION_WORDS[each], WITHOUT | {"situation": each.value}) for each in Situation]
    return [(words, asked, "neutral") for words, asked in [*known, (_("Pas encore notée"), WITHOUT | NOT_NOTED)]]


NOT_NOTED: Asked = {"situation": "aucune"}


def figures_of(
    session: Session, actor: Actor, now: datetime, patience: Patience, *groups: Sequence[tuple[str, Asked | str, Tone]]
) -> list[list[DeskFigure]]:
    """Count everything in one statement; nothing to do is nothing to be warned of."""
    counts = {
        "/operateur/mises-en-relation": introductions_to_take_over(actor),
        "/operateur/agrements?etat=demandé": approvals_to_decide(actor),
        "/operateur/demandes": claims_waiting(actor),
        "/operateur/importer": lists_to_confirm(actor),
        "/operateur/codes": reports_waiting(actor),
        "/operateur/codes?voir=sans-compte": without_account(actor),
    }
    named = [each for group in groups for each in group]
    selected = [
        counts[asked] if isinstance(asked, str) else _learners(session, actor, asked, now, patience)
        for _label, asked, _tone in named
    ]
    together: Any = select(*selected)
    values = iter(session.execute(together).one())
    return [[_figure(*each, int(next(values))) for each in group] for group in groups]


def _learners(session: Session, actor: Actor, asked: Asked, now: datetime, patience: Patience) -> Any:
    search = LearnerSearch.read({ADDRESS[word]: value for word, value in asked.items()})
    meant = conditions(session, actor, search, now, patience)
    return select(func.count()).select_from(Learner).where(*meant).scalar_subquery()


def _figure(label: str, asked: Asked | str, tone: Tone, value: int) -> DeskFigure:
    href = asked if isinstance(asked, str) else f"{LEARNERS}?{urlencode(asked)}"
    return DeskFigure(label, number(value), href, tone if value else "neutral")
