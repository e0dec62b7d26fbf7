"""A company reads a person only between the application and its end: nothing before, nothing after a withdrawal.

Every use case that a company may call is called for its members, and whatever comes back is searched for the learner.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, delete, select, update

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor
from stageplus.domain.applications import ANSWERABLE
from stageplus.models import Application, ApplicationDraft, Interview, Learner, Message, Person
from stageplus.services.applications.actions import withdraw_application
from stageplus.services.applications.queries import inbox
from stageplus.services.applications.schemas import InboxSearch
from stageplus.services.interviews.actions import follow_interviews
from stageplus.services.interviews.queries import followed_calendar
from stageplus.services.placements.actions import find_elsewhere
from stageplus.services.placements.schemas import FarewellInput
from stageplus.services.privacy.actions import export_my_data
from tests import factories
from tests.factories import NOW
from tests.matrix.conftest import World
from tests.matrix.table import TABLE, expected
from tests.matrix.test_services import outcome
from tests.matrix.test_statements import reads

MARK, NUMBER = "Ocelot", "+32470112233"
WORDS = {"motivation": MARK, "experience": MARK, "journey": MARK, "phone": NUMBER}
GROUPS = ("", "a-repondre", "en-contact", "retenues", "terminees")
LATER = NOW + timedelta(minutes=5)
FOUND = FarewellInput(words="J’ai trouvé une place. Merci.")
AREAS = ("answers", "applications", "conversations", "interviews", "message_reports")
OF_ONE = [
    name
    for name in TABLE
    if name.startswith(AREAS) and expected(name, "company") == "A" and expected(name, "other company") == "N"
]
"""Use cases about one application of the company's own."""


@pytest.fixture
def marked(world: World, copy: Engine) -> Engine:
    """Put a mark on all that is known of the learner; what the company accepted is not in this world."""
    with transaction(copy) as session:
        mine = col(Application.learner_id) == world.learner
        session.exec(delete(Application).where(mine, col(Application.status).not_in(ANSWERABLE)))
        session.exec(update(Application).where(mine).values(**WORDS))
        session.exec(update(ApplicationDraft).where(col(ApplicationDraft.learner_id) == world.learner).values(**WORDS))
        person = session.get_one(Person, world.learner_person)
        person.first_name, person.last_name, person.email = MARK, f"{MARK}-Nom", f"{MARK}@demo.test"
        session.get_one(Learner, world.learner).phone = NUMBER
        said = session.get_one(Application, world.application)
        factories.a_message(session, said, factories.actor_of_learner(session.get_one(Learner, world.learner)), MARK)
    return copy


def seen_by_the_company(world: World, engine: Engine) -> dict[str, str]:
    """Call whatever reads, and say what each of them shows to any member of the company."""
    members = ("company", "member elsewhere")
    shown = {f"{name}, {who}": repr(outcome(name, world, who, engine)[1]) for name in reads() for who in members}
    member = world.actors["company"]
    for group in GROUPS:
        shown[f"inbox {group}"] = repr(inbox(member, InboxSearch(group=group), now=LATER, on=engine))  # type: ignore[arg-type]
    address = follow_interviews(member, now=LATER, on=engine).https
    token = address.rpartition("/")[2].removesuffix(".ics")
    shown["feed"] = followed_calendar(None, token, now=LATER, on=engine).content
    for name in ("company", "member elsewhere"):
        shown[f"export, {name}"] = export_my_data(world.actors[name], now=NOW, on=engine).content
    colleague = Actor(world.colleague, member.role, company_id=world.company, proved_at=NOW) if member else None
    shown["export, who wrote"] = export_my_data(colleague, now=NOW, on=engine).content
    return shown


def leaks(shown: dict[str, str]) -> list[str]:
    return [name for name, said in shown.items() if MARK in said or NUMBER in said]


def before(world: World, engine: Engine) -> None:
    """Leave a draft, a CV, a favourite, an alert, a suggestion and a flag, and no application."""
    with transaction(engine) as session:
        session.exec(delete(Application).where(col(Application.learner_id) == world.learner))
        assert session.exec(select(ApplicationDraft)).all()


def withdrawn(world: World, engine: Engine) -> None:
    for number in (world.application, world.meeting):
        withdraw_application(world.actors["learner"], number, now=NOW, on=engine)


def placed_elsewhere(world: World, engine: Engine) -> None:
    find_elsewhere(world.actors["learner"], FOUND, now=NOW, on=engine)


def test_between_the_two_the_company_reads_it(world: World, marked: Engine) -> None:
    found = " ".join(leaks(seen_by_the_company(world, marked)))
    for name in ("applications.inbox", "inbox_detail", "agenda", "conversation", "my_offer", "feed"):
        assert name in found, "what finds nothing here would find nothing there"


@pytest.mark.parametrize("moment", [before, withdrawn, placed_elsewhere])
def test_before_and_after_no_company_reads_anything_of_the_person(
    world: World, marked: Engine, moment: Callable[[World, Engine], None]
) -> None:
    moment(world, marked)
    assert leaks(seen_by_the_company(world, marked)) == []


@pytest.mark.parametrize("moment", [withdrawn, placed_elsewhere])
def test_withdrawn_nothing_can_be_done_with_it(
    world: World, marked: Engine, moment: Callable[[World, Engine], None]
) -> None:
    moment(world, marked)
    assert len(OF_ONE) >= 22
    assert {name: outcome(name, world, "company", marked)[0] for name in OF_ONE} == dict.fromkeys(OF_ONE, "N")


def test_what_a_withdrawal_leaves_is_its_learner_s_own(world: World, marked: Engine) -> None:
    withdrawn(world, marked)
    with reading(marked) as session:
        assert left_of(session, world.application) == (1, None)
    own = export_my_data(world.actors["learner"], now=NOW, on=marked)
    assert MARK in own.content
    assert MARK in repr(outcome("applications.my_application", world, "learner", marked)[1])


def left_of(session: Session, application: int) -> tuple[int, object]:
    mine = select(Message).where(Message.application_id == application, Message.words == MARK)
    interview = select(Interview.state).where(Interview.application_id == application)
    return len(session.exec(mine).all()), session.exec(interview).first()
