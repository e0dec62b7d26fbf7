"""Counts, in a database that saw many deaths, what was said done and is not there, what is there twice, and by half."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from stageplus.db.engine import reading
from stageplus.domain.applications import LIVE, ApplicationStatus
from stageplus.domain.introductions import IntroductionStatus
from stageplus.domain.offers import OfferStatus
from stageplus.models import (
    Application,
    ApplicationChange,
    ApplicationDraft,
    HeldAnswer,
    Introduction,
    Learner,
    Notice,
    Offer,
    OutboxMessage,
    OutsidePlace,
)
from stageplus.services.notifications.bounces import OURS

DRAFT, TAKE_OVER = "draft", "take over"
"""Acts that write no step in the story of an application."""


@dataclass(frozen=True)
class Act:
    """Something that the site said it had done: a step of the application of a form key, or a draft's words saved."""

    step: str
    form_key: str = ""
    learner_id: int = 0
    offer_id: int = 0
    words: str = ""


@dataclass(frozen=True)
class Mail:
    """A mail as a mail server took it; `name` is its Message-ID."""

    name: str
    recipient: str
    text: str


@dataclass(frozen=True)
class Before:
    """What the world held before anybody acted: mails sent, and the places of offers that nothing accounts for."""

    sent: frozenset[int] = frozenset()
    unaccounted: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Story:
    """What happened: the form keys that were used, the acts that were acknowledged, the mails that arrived."""

    form_keys: Sequence[str] = ()
    acts: Sequence[Act] = ()
    mails: Sequence[Mail] = ()


@dataclass(frozen=True)
class Tally:
    """One sentence for each thing that is wrong."""

    lost: list[str]
    doubled: list[str]
    halves: list[str]


def look_before(on: Engine) -> Before:
    """Note what does not come of the acts to follow."""
    with reading(on) as session:
        sent = select(OutboxMessage.id).where(col(OutboxMessage.sent_at).is_not(None))
        return Before(frozenset(number or 0 for number in session.exec(sent)), _unaccounted(session))


def audit(on: Engine, story: Story, before: Before) -> Tally:
    """Compare what the database holds with what people were told, once every mail has had the time to leave."""
    with reading(on) as session:
        mine = select(Application).where(col(Application.form_key).in_(story.form_keys))
        applications = {each.form_key: each for each in session.exec(mine)}
        mails = {_number(mail): mail for mail in story.mails}
        return Tally(
            [*_lost_acts(session, story, applications), *_lost_mails(session, mails, before, applications)],
            [
                *_doubled_acts(session, applications),
                *_doubled_mails(session, story.mails, applications),
                *_places(session, before, "counted twice", 1),
            ],
            [*_halves(session, applications), *_places(session, before, "not counted", -1)],
        )


def _lost_acts(session: Session, story: Story, applications: dict[str, Application]) -> Iterator[str]:
    steps = set(_steps(session, applications))
    drafts = {(each.learner_id, each.offer_id): each.motivation for each in session.exec(select(ApplicationDraft))}
    sent = {(each.learner_id, each.offer_id) for each in applications.values()}
    taken = set(session.exec(select(Introduction.application_id).where(col(Introduction.taken_over_at).is_not(None))))
    for act in story.acts:
        application = applications.get(act.form_key)
        pair = (act.learner_id, act.offer_id)
        number = application.id if application else None
        if act.step == DRAFT:
            is_there = drafts.get(pair) == act.words or pair in sent
        else:
            is_there = number in taken if act.step == TAKE_OVER else (number, act.step) in steps
        if not is_there:
            yield f"acknowledged and not there: {act}"


def _lost_mails(
    session: Session, mails: dict[int, Mail], before: Before, applications: dict[str, Application]
) -> Iterator[str]:
    for row in session.exec(select(OutboxMessage)):
        arrived = mails.get(row.id or 0)
        if row.id not in before.sent and (arrived is None or arrived.recipient != row.recipient):
            yield f"never arrived: {row.key} ({row.tries} tries, sent at {row.sent_at}, {row.last_error})"
        elif row.sent_at is None:
            yield f"not marked as sent: {row.key}"
    keys = {key for table in (OutboxMessage, Notice) for key in session.exec(select(table.key))}
    told = {":".join(key.split(":")[:2]) for key in keys}
    for owed in _owed(session, applications):
        if owed not in told:
            yield f"nobody was told: {owed}"


def _owed(session: Session, applications: dict[str, Application]) -> Iterator[str]:
    """Name the news that the acts owe; what was not sent of an application goes with its withdrawal."""
    kept = [each for each in applications.values() if each.status is not ApplicationStatus.WITHDRAWN]
    yield from (f"application-sent:{each.id}" for each in kept)
    numbers = [each.id for each in kept]
    for each in session.exec(select(Introduction).where(col(Introduction.application_id).in_(numbers))):
        yield f"application-accepted:{each.application_id}"
        yield f"introduction:{each.application_id}"
        if each.taken_over_at:
            yield f"taken-over:{each.id}"
        if each.status is IntroductionStatus.FAILED:
            yield f"application-fell-through:{each.application_id}"


def _doubled_acts(session: Session, applications: dict[str, Application]) -> Iterator[str]:
    pairs = {(each.learner_id, each.offer_id) for each in applications.values()}
    found = Counter(session.exec(select(Application.learner_id, Application.offer_id)))
    yield from (f"applied {found[pair]} times: learner and offer {pair}" for pair in pairs if found[pair] > 1)
    for (number, step), times in Counter(_steps(session, applications)).items():
        if times > 1:
            yield f"application {number}: {step} {times} times"
    introduced = Counter(session.exec(select(Introduction.application_id)))
    yield from (f"application {number}: {times} introductions" for number, times in introduced.items() if times > 1)


def _doubled_mails(session: Session, mails: Sequence[Mail], applications: dict[str, Application]) -> Iterator[str]:
    """Name the news that arrived under two names, and the names that two different mails bore."""
    arrived = {_number(mail) for mail in mails}
    about = [f"application:{each.id}" for each in applications.values()]
    rows = session.exec(select(OutboxMessage).where(col(OutboxMessage.about).in_(about)))
    news = Counter((row.recipient, row.kind, row.about) for row in rows if row.id in arrived)
    yield from (f"mailed {times} times under other names: {what}" for what, times in news.items() if times > 1)
    for name, same in groupby(sorted(set(mails), key=lambda mail: mail.name), key=lambda mail: mail.name):
        if len(list(same)) > 1:
            yield f"two mails are called {name}"


def _halves(session: Session, applications: dict[str, Application]) -> Iterator[str]:
    introductions = {each.application_id: each for each in session.exec(select(Introduction))}
    for each in session.exec(select(Application)):
        found = introductions.get(each.id or 0)
        stands = found is not None and found.status is not IntroductionStatus.FAILED
        if stands is not (each.status is ApplicationStatus.ACCEPTED):
            yield f"application {each.id} is {each.status}, its introduction {found and found.status}"
        if (found is not None and not stands) is not (each.status is ApplicationStatus.FELL_THROUGH):
            yield f"application {each.id} is {each.status}, its introduction has failed or not"
    yield from _forgotten(session, applications)


def _forgotten(session: Session, applications: dict[str, Application]) -> Iterator[str]:
    """Name what should have come along with a step and did not."""
    task = select(Introduction.id).join(Application).join(Learner)
    for number in session.exec(task.where(Introduction.operator_id != Learner.operator_id)):
        yield f"introduction {number} is the task of another operator"
    standing = select(Application.learner_id).join(Introduction)
    placed = set(session.exec(standing.where(Introduction.status != IntroductionStatus.FAILED)))
    placed |= set(session.exec(select(OutsidePlace.learner_id).where(col(OutsidePlace.ended_at).is_(None))))
    for learner in session.exec(select(Learner)):
        if learner.has_place is not (learner.id in placed):
            yield f"learner {learner.id} is said to have a place: {learner.has_place}"
    for offer in session.exec(select(Offer).where(Offer.places_taken >= Offer.places)):
        if offer.status is OfferStatus.PUBLISHED:
            yield f"offer {offer.id} is full and still on line"
        waiting = [each.id for each in applications.values() if each.offer_id == offer.id and each.status in LIVE]
        if offer.status is OfferStatus.FILLED and waiting:
            yield f"offer {offer.id} is filled and applications {waiting} still wait"
    for held in session.exec(select(HeldAnswer.application_id)):
        yield f"the answer to application {held} was never told"


def _places(session: Session, before: Before, words: str, sign: int) -> Iterator[str]:
    for offer_id, count in _unaccounted(session).items():
        if (difference := sign * (count - before.unaccounted.get(offer_id, 0))) > 0:
            yield f"offer {offer_id}: {difference} places {words}"


def _unaccounted(session: Session) -> dict[int, int]:
    """Return, by offer, how many of the places that it counts as taken no introduction stands for."""
    standing = select(Application.offer_id, func.count()).join(Introduction)
    standing = standing.where(Introduction.status != IntroductionStatus.FAILED).group_by(col(Application.offer_id))
    stands: dict[int, int] = dict(session.exec(standing).all())
    counted = session.exec(select(Offer.id, Offer.places_taken)).all()
    return {number or 0: taken - stands.get(number or 0, 0) for number, taken in counted}


def _steps(session: Session, applications: dict[str, Application]) -> list[tuple[int, str]]:
    numbers = [each.id for each in applications.values()]
    told = select(ApplicationChange.application_id, ApplicationChange.step)
    return list(session.exec(told.where(col(ApplicationChange.application_id).in_(numbers))))


def _number(mail: Mail) -> int:
    named = OURS.search(mail.name)
    return int(named[1]) if named else 0
