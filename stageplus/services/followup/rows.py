"""A learner of an operator as lists and sheets show them."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col

from stageplus.domain.titles import both_genders
from stageplus.models import Learner
from stageplus.services.followup.schemas import LearnerRow
from stageplus.services.followup.search import learners_with, live_applications
from stageplus.services.guidance.schemas import SITUATION_WORDS
from stageplus.texts import _, ngettext
from stageplus.texts.formats import day_in_brussels, days_ago, short_date

NONE = (0, 0)
"""No application that is alive, none without an answer."""


def learner_rows(session: Session, ids: list[int], now: datetime) -> list[LearnerRow]:
    """Build the rows of some learners, in the order of their identifiers; whose they are was asked before."""
    read = session.exec(learners_with(now).where(col(Learner.id).in_(ids))).all()
    live = live_applications(session, ids)
    rows = {each[0].id: learner_row(each, live.get(each[0].id, NONE), now) for each in read}
    return [rows[each] for each in ids]


def learner_row(found: Any, counts: tuple[int, int], now: datetime) -> LearnerRow:
    """Build one row from what `learners_with` selects."""
    learner, person, trade, town, asks, follow_up, there, implantation, colleague, since = found
    live, unanswered = counts
    planned, today = follow_up.next_contact_on if follow_up else None, day_in_brussels(now)
    return LearnerRow(
        learner_id=learner.id or 0,
        name=f"{person.last_name} {person.first_name}",
        trade=both_genders(trade.name_f, trade.name_m),
        year=year_words(learner.year),
        municipality=town.name,
        applications=_("{n} en cours").format(n=live) if live else _("aucune en cours"),
        has_place=learner.has_place,
        unreachable=person.unreachable_since is not None,
        asks=asks or "",
        unanswered=_unanswered_words(unanswered),
        situation=SITUATION_WORDS[follow_up.situation] if follow_up else "",
        contact=short_date(planned) if planned else "",
        contact_due=planned is not None and planned <= today,
        last_there=days_ago(day_in_brussels(there), today) if there else _("jamais"),
        implantation=implantation or "",
        waiting="" if learner.has_place else days_words((today - day_in_brussels(since)).days),
        staff=f"{colleague.first_name} {colleague.last_name}" if colleague else "",
        staff_id=str(colleague.id) if colleague else "",
    )


def days_words(days: int) -> str:
    """Say how many days somebody has been without a place."""
    return ngettext("{n} jour", "{n} jours", days).format(n=days) if days > 0 else _("depuis aujourd’hui")


def _unanswered_words(count: int) -> str:
    return ngettext("{n} sans réponse", "{n} sans réponse", count).format(n=count) if count else ""


def year_words(year: int) -> str:
    """Write `1re`, `2e`."""
    return _("1re") if year == 1 else _("{n}e").format(n=year)
