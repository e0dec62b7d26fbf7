"""The letter by which an operator's staff asks a company to answer."""

from datetime import datetime

from sqlmodel import Session

from stageplus.domain.titles import place_title
from stageplus.services.applications.actions import write_to_company
from stageplus.services.applications.queries import Parties
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels, long_date


def nudged_by_staff(session: Session, parties: Parties, now: datetime) -> None:
    """Ask the company for an answer, in the name of the operator that follows the learner, who is not named."""
    words = [
        _("{operator} suit une personne qui a répondu à votre offre « {title} » et espère votre réponse.").format(
            operator=parties.operator.name, title=place_title(parties.trade.name_f, parties.trade.name_m)
        ),
        _("Sa candidature est chez vous depuis le {day}. Un mot suffit, même négatif. Merci pour elle !").format(
            day=long_date(day_in_brussels(parties.application.sent_at))
        ),
    ]
    kind = f"nudged-by-staff-{int(now.timestamp())}"
    write_to_company(session, parties, kind, _("Une personne espère votre réponse"), words, now)
