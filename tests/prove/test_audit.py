"""The count of `make prove` itself: it finds what is lost, doubled and half, one thing at a time, and nothing else."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import Engine, delete, update
from sqlmodel import Session, col, select

from stageplus.db.engine import transaction
from stageplus.domain.actors import Role
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.introductions import IntroductionStatus
from stageplus.models import (
    Application,
    ApplicationChange,
    ApplicationDraft,
    HeldAnswer,
    Introduction,
    Learner,
    Offer,
    OutboxMessage,
)
from stageplus.services.notifications.bounces import message_name
from tests.factories import NOW, a_learner, a_person, an_application, an_offer, an_operator, kept, minimal_reference
from tests.prove.audit import DRAFT, TAKE_OVER, Act, Before, Mail, Story, Tally, audit

WORDS = "J’aime ce métier."
NOTHING = Tally([], [], [])


@dataclass
class Scene:
    """A learner who was introduced, and whose draft for another offer waits."""

    database: Engine
    application_id: int
    learner_id: int
    offer_id: int
    person_id: int
    story: Story

    def tally(self, story: Story | None = None) -> Tally:
        return audit(self.database, story or self.story, Before())


def write(session: Session, key: str, about: str = "") -> OutboxMessage:
    kind = key.split(":", maxsplit=1)[0]
    row = OutboxMessage(key=key, kind=kind, recipient="lou@demo.test", subject="Du nouveau", text=key, html="")
    row.about, row.created_at, row.next_try_at, row.sent_at, row.tries = about, NOW, NOW, NOW, 1
    return kept(session, row)


def arrived(row: OutboxMessage) -> Mail:
    return Mail(f"<{message_name(row.id or 0)}@localhost>", row.recipient, row.text)


def tell(session: Session, application: Application, *steps: str) -> None:
    for step in steps:
        status, number = application.status, application.id or 0
        kept(session, ApplicationChange(application_id=number, step=step, status=status, role=Role.COMPANY, at=NOW))


@pytest.fixture
def scene(request: pytest.FixtureRequest) -> Scene:
    database: Engine = request.getfixturevalue(getattr(request, "param", "sqlite_database"))
    with transaction(database) as session:
        minimal_reference(session)
        operator, person = an_operator(session), a_person(session, Role.LEARNER)
        learner = a_learner(session, operator, person_id=person.id)
        offer, other = an_offer(session, places=3, places_taken=1), an_offer(session)
        application = an_application(session, offer, learner, status=ApplicationStatus.ACCEPTED)
        tell(session, application, "send", "see", "accept")
        task = Introduction(application_id=application.id or 0, operator_id=operator.id or 0, created_at=NOW)
        task.status, task.taken_over_at = IntroductionStatus.TAKEN_OVER, NOW
        kept(session, task)
        draft = ApplicationDraft(learner_id=learner.id or 0, offer_id=other.id or 0, motivation=WORDS, saved_at=NOW)
        kept(session, draft)
        number, about = application.id, f"application:{application.id}"
        keys = (f"application-sent:{number}", f"application-accepted:{number}:1", f"introduction:{number}:1:1")
        rows = [write(session, key, about) for key in keys] + [write(session, f"taken-over:{task.id}")]
        acts = [Act(step, application.form_key) for step in ("send", "see", "accept", TAKE_OVER)]
        acts.append(Act(DRAFT, learner_id=learner.id or 0, offer_id=other.id or 0, words=WORDS))
        story = Story([application.form_key], acts, [arrived(row) for row in rows])
        return Scene(database, number or 0, learner.id or 0, offer.id or 0, person.id or 0, story)


@pytest.mark.parametrize("scene", ["sqlite_database", "postgresql_database"], indirect=True)
def test_a_story_that_is_whole_counts_nothing(scene: Scene) -> None:
    assert scene.tally() == NOTHING


def test_the_same_mail_twice_under_the_same_name_is_allowed(scene: Scene) -> None:
    assert scene.tally(replace(scene.story, mails=[*scene.story.mails, scene.story.mails[0]])) == NOTHING


def forget_a_step(session: Session, _scene: Scene) -> None:
    session.execute(delete(ApplicationChange).where(col(ApplicationChange.step) == "see"))


def forget_the_task_in_hand(session: Session, _scene: Scene) -> None:
    session.execute(update(Introduction).values(taken_over_at=None))


def forget_the_draft(session: Session, _scene: Scene) -> None:
    session.execute(delete(ApplicationDraft))


def keep_older_words(session: Session, _scene: Scene) -> None:
    session.execute(update(ApplicationDraft).values(motivation="J’aime"))


def leave_a_mail(session: Session, _scene: Scene) -> None:
    write(session, "alert:1").sent_at = None


def say_that_a_mail_left(session: Session, _scene: Scene) -> None:
    write(session, "alert:1")


def write_to_nobody(session: Session, _scene: Scene) -> None:
    session.execute(delete(OutboxMessage).where(col(OutboxMessage.kind) == "introduction"))


@pytest.mark.parametrize(
    "lose",
    [
        forget_a_step,
        forget_the_task_in_hand,
        forget_the_draft,
        keep_older_words,
        leave_a_mail,
        say_that_a_mail_left,
        write_to_nobody,
    ],
)
def test_what_was_acknowledged_and_is_not_there_is_lost(lose: Callable[[Session, Scene], None], scene: Scene) -> None:
    with transaction(scene.database) as session:
        lose(session, scene)
    tally = scene.tally()
    assert (len(tally.lost), tally.doubled, tally.halves) == (1, [], [])


def test_an_application_that_never_came_is_lost(scene: Scene) -> None:
    story = replace(scene.story, acts=[*scene.story.acts, Act("send", "f" * 32)])
    assert len(scene.tally(story).lost) == 1


def apply_twice(session: Session, scene: Scene) -> None:
    offer, learner = session.get_one(Offer, scene.offer_id), session.get_one(Learner, scene.learner_id)
    an_application(session, offer, learner, status=ApplicationStatus.WITHDRAWN)


def accept_twice(session: Session, scene: Scene) -> None:
    tell(session, session.get_one(Application, scene.application_id), "accept")


def count_twice(session: Session, _scene: Scene) -> None:
    session.execute(update(Offer).where(col(Offer.places_taken) == 1).values(places_taken=2))


@pytest.mark.parametrize("double", [apply_twice, accept_twice, count_twice])
def test_what_happened_twice_is_doubled(double: Callable[[Session, Scene], None], scene: Scene) -> None:
    with transaction(scene.database) as session:
        double(session, scene)
    tally = scene.tally()
    assert (tally.lost, len(tally.doubled), tally.halves) == ([], 1, [])


def test_the_same_news_under_two_names_is_doubled(scene: Scene) -> None:
    with transaction(scene.database) as session:
        again = write(session, f"application-accepted:{scene.application_id}:2", f"application:{scene.application_id}")
        mail = arrived(again)
    tally = scene.tally(replace(scene.story, mails=[*scene.story.mails, mail]))
    assert (tally.lost, len(tally.doubled), tally.halves) == ([], 1, [])


def test_two_mails_under_one_name_are_doubled(scene: Scene) -> None:
    other = replace(scene.story.mails[0], text="Autre chose")
    tally = scene.tally(replace(scene.story, mails=[other, *scene.story.mails]))
    assert (tally.lost, len(tally.doubled), tally.halves) == ([], 1, [])


def count_no_place(session: Session, _scene: Scene) -> None:
    session.execute(update(Offer).values(places_taken=0))


def stay_on_line(session: Session, scene: Scene) -> None:
    session.execute(update(Offer).where(col(Offer.id) == scene.offer_id).values(places=1))


def forget_the_place(session: Session, _scene: Scene) -> None:
    session.execute(update(Learner).values(has_place=False))


def never_tell(session: Session, scene: Scene) -> None:
    held = HeldAnswer(application_id=scene.application_id, key="a", person_id=scene.person_id, change_id=1, until=NOW)
    held.given_at, held.changed_at, held.status = NOW, NOW, ApplicationStatus.SEEN
    kept(session, held)


def task_somebody_else(session: Session, _scene: Scene) -> None:
    session.execute(update(Introduction).values(operator_id=an_operator(session).id))


@pytest.mark.parametrize("halve", [count_no_place, stay_on_line, forget_the_place, never_tell, task_somebody_else])
def test_what_did_not_come_along_is_half(halve: Callable[[Session, Scene], None], scene: Scene) -> None:
    with transaction(scene.database) as session:
        halve(session, scene)
    tally = scene.tally()
    assert (tally.lost, tally.doubled, len(tally.halves)) == ([], [], 1)


def test_an_acceptance_without_its_introduction_is_half(scene: Scene) -> None:
    with transaction(scene.database) as session:
        session.delete(session.exec(select(Introduction)).one())
    assert any(f"application {scene.application_id} is retenue" in each for each in scene.tally().halves)


def test_an_introduction_that_failed_alone_is_half(scene: Scene) -> None:
    with transaction(scene.database) as session:
        session.execute(update(Introduction).values(status=IntroductionStatus.FAILED))
    assert any("its introduction non aboutie" in each for each in scene.tally().halves)
