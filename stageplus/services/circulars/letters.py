"""The mail by which a company reads what a coach wrote: his words, one button, and a link that stops such mails."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from stageplus.domain.circulars import Chosen
from stageplus.models import Circular, LinkPurpose
from stageplus.services.circulars.schemas import WAYS, CircularInput
from stageplus.services.links.actions import PATH, issue_link
from stageplus.services.notifications.actions import queue_mail
from stageplus.services.notifications.queries import letter_text
from stageplus.services.notifications.schemas import About
from stageplus.texts import _

STOP = _("Ne plus recevoir les messages des coachs")


@dataclass(frozen=True)
class Author:
    """The coach who writes, the address that answers go to, and the name of the sector."""

    name: str
    email: str
    sector: str


def news_of(company_id: int) -> str:
    """Name what the messages of coaches to a company are about: what waits is thrown away once it wants none."""
    return f"circulars:{company_id}"


def sentences_of(data: CircularInput | Circular, author: Author, company: str) -> list[str]:
    """Write what one company reads: who writes to whom, the words line by line, and where to answer."""
    return [
        _("Message de {coach}, coach du secteur « {sector} », à {company}.").format(
            coach=author.name, sector=author.sector, company=company
        ),
        *(line for line in data.words.splitlines() if line.strip()),
        _("Pour répondre, écrivez à {coach} : {email}").format(coach=author.name, email=author.email),
    ]


def shown(data: CircularInput, author: Author, company: str) -> str:
    """Write the plain text of the mail to one company; the link that stops is not made yet."""
    return letter_text(sentences_of(data, author, company), WAYS[data.way], (f"{PATH}…", STOP))


def send(
    session: Session,
    circular: Circular,
    author: Author,
    company: Chosen,
    reader: tuple[int, str],
    lasts: timedelta,
    now: datetime,
) -> None:
    """Write to one reader of a company."""
    person_id, email = reader
    stop = issue_link(
        session,
        LinkPurpose.STOP_CIRCULARS,
        lasts=lasts,
        now=now,
        person_id=person_id,
        subject=str(company.company_id),
        others_go_on=True,
    )
    queue_mail(
        session,
        key=f"circular:{circular.id}:{company.company_id}:{person_id}",
        kind="circular",
        recipient=email,
        person_id=person_id,
        subject=circular.subject,
        sentences=sentences_of(circular, author, company.name),
        link=WAYS[circular.way],
        also=(stop, STOP),
        about=About(
            thing=news_of(company.company_id), words=_("Coach du secteur « {sector} »").format(sector=author.sector)
        ),
        now=now,
    )
