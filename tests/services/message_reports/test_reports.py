"""Reporting a message: OFFA alone reads it among the few around it, decides, and its author never learns by whom."""

from typing import Any

import pytest

from stageplus.domain.actors import Actor
from stageplus.domain.errors import AlreadyDone, Denied, InvalidInput, NotFound, NotPossible
from stageplus.domain.refusals import ConversationClosed, TooManyTries
from stageplus.services.accounts.queries import who_am_i
from stageplus.services.applications.actions import withdraw_application
from stageplus.services.journal.queries import deeds
from stageplus.services.journal.schemas import DeedSearch
from stageplus.services.message_reports.actions import REPORTS, decide_report, report_message
from stageplus.services.message_reports.queries import reported_message, reported_messages
from stageplus.services.message_reports.schemas import (
    MessageDecisionInput,
    MessageReportInput,
    ReportedMessage,
    ReportSearch,
)
from stageplus.services.throttle import throttle
from tests.factories import NOW
from tests.services.conversations.conftest import Scene, scene

__all__ = ["scene"]


def report(scene: Scene, who: Actor, message_id: int, concern: str = "insultes", details: str = "") -> None:
    data = MessageReportInput.read({"concern": concern, "details": details})
    report_message(who, message_id, data, now=NOW, on=scene.database)


def decide(scene: Scene, message_id: int, decision: str, words: str = "Pas ainsi.") -> ReportedMessage:
    data = MessageDecisionInput.read({"decision": decision, "words": words})
    return decide_report(scene.offa, message_id, data, now=NOW, on=scene.database)


@pytest.fixture
def rude(scene: Scene) -> int:
    """Give a message of the company that its learner has reported."""
    message = scene.say(scene.company, "Venez seule, le soir.").last_id
    report(scene, scene.learner, message, "propos gênants", "Cela me gêne.")
    return message


def test_a_report_reaches_offa_with_the_few_messages_around(scene: Scene) -> None:
    lines = [scene.say(who, f"ligne {n}").last_id for n in range(3) for who in (scene.company, scene.learner)]
    lines += [scene.say(scene.colleague, f"suite {n}").last_id for n in range(3)]
    lines.sort()
    report(scene, scene.learner, lines[0])
    detail = reported_message(scene.offa, lines[0], now=NOW, on=scene.database)
    assert [each.message_id for each in detail.around] == lines[:6]
    assert [each.mine for each in detail.around] == [True, False, False, False, False, False]
    assert detail.reports[0].by == "Mila Zibeline"
    (row,) = reported_messages(scene.offa, ReportSearch(), now=NOW, on=scene.database).rows
    assert (row.waits, row.why, row.author.startswith("Lou")) == (True, "Insultes ou menaces", True)
    assert who_am_i(scene.offa, now=NOW, on=scene.database).moderated == "1"


def test_the_author_learns_nothing_of_a_report(scene: Scene, rude: int) -> None:
    before = scene.thread(scene.company)
    assert (before.messages[0].reported, before.messages[0].can_report) == (False, False)
    assert scene.mails() == []
    assert scene.thread(scene.learner).messages[0].reported


def test_a_person_reports_a_message_once(scene: Scene, rude: int) -> None:
    with pytest.raises(AlreadyDone):
        report(scene, scene.learner, rude)
    decide(scene, rude, "leave", "")
    with pytest.raises(AlreadyDone):
        report(scene, scene.learner, rude)


def test_nobody_reports_what_they_cannot_read_or_wrote(scene: Scene) -> None:
    message = scene.say(scene.company, "Bonjour").last_id
    mine = scene.say(scene.learner, "Bonjour").last_id
    for who, number, refusal in (
        (scene.other_learner, message, NotFound),
        (scene.other_company, mine, NotFound),
        (scene.learner, 999_999, NotFound),
        (scene.learner, 0, NotFound),
        (scene.learner, mine, NotPossible),
        (scene.colleague, message, NotPossible),
        (scene.staff, message, Denied),
        (scene.coach, message, Denied),
        (scene.offa, message, Denied),
    ):
        with pytest.raises(refusal):
            report(scene, who, number)
    withdraw_application(scene.learner, scene.application, now=NOW, on=scene.database)
    with pytest.raises(NotFound):
        report(scene, scene.company, mine)
    assert reported_messages(scene.offa, ReportSearch(), now=NOW, on=scene.database).rows == []


def test_reports_are_slowed_down(scene: Scene) -> None:
    for _number in range(REPORTS.times):
        throttle().count(REPORTS, str(scene.learner.person_id))
    with pytest.raises(TooManyTries):
        report(scene, scene.learner, 1)


def test_other_reasons_need_a_word(scene: Scene) -> None:
    for typed in ({}, {"concern": ""}, {"concern": "inventé"}, {"concern": "autre"}):
        with pytest.raises(InvalidInput):
            MessageReportInput.read(typed)


def test_left_without_words_nobody_is_told(scene: Scene, rude: int) -> None:
    detail = decide(scene, rude, "leave", "")
    assert (detail.row.waits, scene.mails(), len(detail.history)) == (False, [], 1)
    assert who_am_i(scene.offa, now=NOW, on=scene.database).moderated == ""


def test_left_with_words_its_author_alone_reads_them(scene: Scene, rude: int) -> None:
    decide(scene, rude, "leave", "Restez poli, merci.")
    (mail,) = scene.mails()
    assert "Restez poli, merci." in mail.text
    assert not {"Mila", "Zibeline", "signal"} & set(mail.text.split())


def test_hidden_its_words_leave_both_screens(scene: Scene, rude: int) -> None:
    decide(scene, rude, "hide")
    for who in (scene.learner, scene.company):
        (message,) = scene.thread(who).messages
        assert (message.hidden, message.words, message.can_report) == (True, "", False)
        assert scene.thread(who).can_write
    assert reported_message(scene.offa, rude, now=NOW, on=scene.database).around[0].words == "Venez seule, le soir."
    assert [mail.subject for mail in scene.mails()] == ["OFFA a masqué un de vos messages"]


def test_closed_nobody_writes_until_it_is_lifted(scene: Scene, rude: int) -> None:
    decide(scene, rude, "close")
    for who in (scene.learner, scene.company):
        assert "OFFA a fermé" in scene.thread(who).closed_words
        with pytest.raises(ConversationClosed):
            scene.say(who)
    decide(scene, rude, "lift", "")
    assert scene.thread(scene.learner).messages[0].words == "Venez seule, le soir."
    scene.say(scene.learner)


def test_a_conversation_that_two_messages_closed_opens_with_the_second(scene: Scene, rude: int) -> None:
    second = scene.say(scene.company, "Encore un.").last_id
    report(scene, scene.learner, second)
    decide(scene, rude, "close")
    decide(scene, second, "close")
    decide(scene, rude, "lift")
    assert not scene.thread(scene.learner).can_write
    decide(scene, second, "lift")
    assert scene.thread(scene.learner).can_write


@pytest.mark.parametrize("decision", ["hide", "close"])
def test_what_changes_something_needs_a_reason(decision: str) -> None:
    with pytest.raises(InvalidInput):
        MessageDecisionInput.read({"decision": decision, "words": " "})


def test_decisions_follow_their_table(scene: Scene, rude: int) -> None:
    with pytest.raises(NotPossible):
        decide(scene, rude, "lift")
    decide(scene, rude, "hide")
    for decision in ("hide", "leave"):
        with pytest.raises(NotPossible):
            decide(scene, rude, decision)
    assert [each.title for each in decide(scene, rude, "close").history] == [
        "Message masqué",
        "Message masqué et conversation fermée",
    ]
    with pytest.raises(NotFound):
        decide(scene, 999_999, "leave")


def test_the_journal_says_what_was_done_and_never_what_was_written(scene: Scene, rude: int) -> None:
    decide(scene, rude, "hide")
    rows: list[Any] = deeds(scene.offa, DeedSearch(), now=NOW, on=scene.database).rows
    assert [row.what for row in rows] == ["Message masqué par OFFA", "Message signalé"]
    assert "Venez seule" not in repr(rows)
