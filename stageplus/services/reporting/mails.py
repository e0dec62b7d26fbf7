"""How the site's mail goes: what waits, what was given up, and which addresses refuse it."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, and_, col, func, select

from stageplus.domain.letters import group_of
from stageplus.models import OutboxMessage
from stageplus.services.reporting.schemas import Figure, RefusedMail
from stageplus.texts import _, ngettext
from stageplus.texts.formats import moment_words, number

REFUSED_DAYS = 30
MOST_REFUSED = 50
REASONS = {
    "5.1.": _("Cette adresse n’existe pas"),
    "5.2.1": _("Boîte fermée"),
    "5.2.2": _("Boîte pleine"),
    "5.4.": _("Son serveur est introuvable"),
}
"""What the codes of RFC 3463 say of an address, by how they begin."""
OTHER_REASON = _("Refusée par son serveur")


def mail_figures(session: Session, now: datetime) -> tuple[list[Figure], bool]:
    """Count the mails that wait, those given up and those refused lately, and say whether none was given up.

    A refusal is the address's fault, not the site's: it is counted apart and leaves the site healthy.
    """
    sent, given_up = col(OutboxMessage.sent_at), col(OutboxMessage.given_up_at)
    waiting = and_(sent.is_(None), given_up.is_(None))
    abandoned = and_(given_up.is_not(None), col(OutboxMessage.refused_at).is_(None))
    counted = [select(func.count()).where(each).scalar_subquery() for each in (waiting, abandoned, _lately(now))]
    together: Any = select(*counted)
    waits, lost, bounced = session.execute(together).one()
    figures = [
        Figure(_("Courriers en attente"), number(waits)),
        Figure(_("Courriers abandonnés"), number(lost), tone="danger" if lost else "neutral"),
        Figure(
            _("Courriers refusés par leur adresse en {n} jours").format(n=REFUSED_DAYS),
            number(bounced),
            tone="warning" if bounced else "neutral",
        ),
    ]
    return figures, lost == 0


def refused_mails(session: Session, now: datetime) -> tuple[list[RefusedMail], str]:
    """List the mails refused in the last days, the latest first, and say how many are not listed."""
    latest = select(OutboxMessage).where(_lately(now))
    latest = latest.order_by(col(OutboxMessage.refused_at).desc(), col(OutboxMessage.id).desc())
    found = session.exec(latest.limit(MOST_REFUSED + 1)).all()
    more = _refused(session, now) - MOST_REFUSED if len(found) > MOST_REFUSED else 0
    words = ngettext("Et {n} plus ancien.", "Et {n} plus anciens.", more).format(n=number(more)) if more > 0 else ""
    return [_row(mail) for mail in found[:MOST_REFUSED]], words


def masked(address: str) -> str:
    """Show of an address its first letter and its domain, which is what tells a mail server's trouble."""
    name, _at, domain = address.rpartition("@")
    return f"{name[:1]}…@{domain}"


def _lately(now: datetime) -> Any:
    return col(OutboxMessage.refused_at) > now - timedelta(days=REFUSED_DAYS)


def _refused(session: Session, now: datetime) -> int:
    return session.exec(select(func.count()).where(_lately(now))).one()


def _row(mail: OutboxMessage) -> RefusedMail:
    kind = group_of(mail.kind).value.capitalize()
    at = moment_words(mail.refused_at) if mail.refused_at else ""
    return RefusedMail(masked(mail.recipient), kind, at, _reason(mail.refusal), mail.refusal)


def _reason(code: str) -> str:
    status = code.split(" ")[-1]
    return next((words for start, words in REASONS.items() if status.startswith(start)), OTHER_REASON)
