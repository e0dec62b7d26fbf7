"""Who may not, what is no text, and two who act at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from stageplus.domain.actors import Actor
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.errors import AlreadyDone, Denied, DomainError, InvalidInput, NotFound
from stageplus.services.applications.actions import withdraw_application
from stageplus.services.conversations.actions import send_message, show_to_operator
from stageplus.services.conversations.queries import conversation, my_conversations, shown_conversations
from stageplus.services.conversations.schemas import MessageInput
from tests.factories import NOW
from tests.services.conversations.conftest import Scene


def strangers(scene: Scene) -> list[tuple[Actor | None, type[DomainError]]]:
    return [
        (scene.other_learner, NotFound),
        (scene.other_company, NotFound),
        (scene.staff, Denied),
        (scene.coach, Denied),
        (scene.offa, Denied),
        (None, Denied),
    ]


def test_strangers_neither_read_nor_write_nor_note_a_reading(scene: Scene) -> None:
    scene.say(scene.company, "Entre nous.")
    acts: tuple[Callable[[Actor], object], ...] = (scene.thread, scene.say, scene.read)
    for who, refusal in strangers(scene):
        for act in acts:
            with pytest.raises(refusal):
                act(who)  # type: ignore[arg-type]
    assert len(scene.messages()) == 1
    assert scene.thread(scene.learner).unread == 1


@pytest.mark.parametrize("claimed", [0, -1, 999_999_999])
def test_an_application_that_is_none_is_not_found(scene: Scene, claimed: int) -> None:
    with pytest.raises(NotFound):
        conversation(scene.company, claimed, now=NOW, on=scene.database)
    with pytest.raises(NotFound):
        send_message(
            scene.learner, claimed, MessageInput(form_key="a" * 32, text="Bonjour"), now=NOW, on=scene.database
        )


def test_only_the_learner_shows_and_a_coach_never_reads(scene: Scene) -> None:
    scene.say(scene.company)
    for who in (scene.company, scene.staff, scene.coach, scene.offa):
        with pytest.raises(Denied):
            show_to_operator(who, scene.application, now=NOW, on=scene.database)
    for who in (scene.coach, scene.company, scene.learner):
        with pytest.raises(Denied):
            shown_conversations(who, scene.learner.learner_id or 0, now=NOW, on=scene.database)
        if who is not scene.learner:
            with pytest.raises(Denied):
                my_conversations(who, now=NOW, on=scene.database)


@pytest.mark.parametrize("text", ["x" * 100_000, "", "   \n\t ", "\u200b\u202e\u2066", "\x00\x07"])
def test_what_is_too_long_or_empty_is_refused_beside_its_field(scene: Scene, text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        scene.say(scene.learner, text)
    assert list(refused.value.fields) == ["text"]
    assert scene.messages() == []


def test_deceptive_signs_are_dropped_and_markup_stays_text(scene: Scene) -> None:
    scene.say(scene.learner, "Bon\u202ejour\u200b <script>alert(1)</script> https://exemple.test")
    assert scene.messages()[0].words == "Bonjour <script>alert(1)</script> https://exemple.test"


@pytest.mark.parametrize("key", ["", "A" * 32, "a" * 31, "a" * 33, "../../etc"])
def test_a_made_up_key_is_refused(key: str) -> None:
    with pytest.raises(InvalidInput):
        MessageInput.read({"form_key": key, "text": "Bonjour"})


def test_somebody_elses_key_gives_nothing_of_theirs(scene: Scene) -> None:
    scene.say(scene.learner, "Même texte", key="e" * 32)
    with pytest.raises(AlreadyDone):
        scene.say(scene.company, "Même texte", key="e" * 32)
    assert len(scene.messages()) == 1


def test_twenty_taps_at_once_are_one_message(scene: Scene) -> None:
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _tap: scene.say(scene.learner, "Une fois", key="f" * 32), range(20)))
    assert {len(each.messages) for each in found} == {1}
    assert scene.thread(scene.company).unread == 1


def test_both_sides_begin_at_once(scene: Scene) -> None:
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda who: scene.say(who, f"{who.role}"), [scene.learner, scene.company] * 3))
    assert len(scene.messages()) == 6
    assert (scene.thread(scene.learner).unread, scene.thread(scene.company).unread) == (3, 3)


def test_no_message_of_the_company_crosses_a_withdrawal(scene: Scene) -> None:
    scene.move(ApplicationStatus.IN_CONTACT)

    def act(step: str) -> str:
        try:
            if step == "withdraw":
                withdraw_application(scene.learner, scene.application, now=NOW, on=scene.database)
            else:
                return f"{scene.say(scene.company, step).last_id}"
        except NotFound:
            return "gone"
        return step

    with ThreadPoolExecutor(4) as threads:
        done = list(threads.map(act, ["un", "withdraw", "deux", "trois"]))
    assert done[1] == "withdraw"
    assert len(scene.messages()) == sum(each.isdigit() for each in done)
    assert act("encore") == "gone"
