"""A conversation from its first word to its end: written once, read when it was shown, closed with the application."""

from datetime import timedelta

import pytest

from stageplus.db.engine import transaction
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.errors import InvalidInput, NotFound, NotPossible
from stageplus.domain.refusals import ConversationClosed, TooManyMessages
from stageplus.models import Application, Conversation, HeldAnswer, Person
from stageplus.services.accounts.queries import who_am_i
from stageplus.services.applications.actions import withdraw_application
from stageplus.services.applications.queries import inbox
from stageplus.services.applications.schemas import InboxSearch
from stageplus.services.conversations.actions import hide_from_operator, mark_read, share_number, show_to_operator
from stageplus.services.conversations.queries import conversation, my_conversations, shown_conversations
from stageplus.services.conversations.schemas import NumberInput
from tests.factories import NOW
from tests.services.conversations.conftest import Scene

MINUTE = timedelta(minutes=1)


def test_each_side_reads_what_the_other_wrote_and_by_whom(scene: Scene) -> None:
    scene.say(scene.company, "Bonjour, une question ?")
    scene.say(scene.colleague, "Je complète.")
    scene.say(scene.learner, "Oui, merci.")
    hers, theirs = scene.thread(scene.learner), scene.thread(scene.company)
    assert [each.words for each in hers.messages] == ["Bonjour, une question ?", "Je complète.", "Oui, merci."]
    assert [(each.mine, each.author) for each in hers.messages] == [
        (False, "Lou, Boulangerie du Nuage"),
        (False, "Lou, Boulangerie du Nuage"),
        (True, ""),
    ]
    assert [each.mine for each in theirs.messages] == [True, True, False]
    assert (theirs.messages[0].author, theirs.messages[2].author) == ("", "Mila Zibeline")
    assert theirs.messages[1].author.startswith("Lou Essai")
    assert (hers.other, theirs.other) == ("Boulangerie du Nuage", "Mila Zibeline")


@pytest.mark.parametrize(
    ("status", "learner_may", "company_may"),
    [
        (ApplicationStatus.SENT, False, False),
        (ApplicationStatus.SEEN, True, True),
        (ApplicationStatus.IN_CONTACT, True, True),
        (ApplicationStatus.ACCEPTED, True, True),
        (ApplicationStatus.UNANSWERED, False, True),
        (ApplicationStatus.REFUSED, False, False),
        (ApplicationStatus.LAPSED, False, False),
    ],
)
def test_it_is_open_as_long_as_the_application_is(
    scene: Scene, status: ApplicationStatus, learner_may: bool, company_may: bool
) -> None:
    scene.move(status)
    for who, may in ((scene.learner, learner_may), (scene.company, company_may)):
        thread = scene.thread(who)
        assert (thread.can_write, bool(thread.closed_words)) == (may, not may)
    if learner_may:
        scene.say(scene.learner)
    else:
        with pytest.raises(ConversationClosed):
            scene.say(scene.learner)


def test_a_late_answer_opens_it_for_the_learner_too(scene: Scene) -> None:
    scene.move(ApplicationStatus.UNANSWERED)
    scene.say(scene.company, "Pardon pour le retard.")
    assert len(scene.say(scene.learner, "Pas de souci.").messages) == 2


def test_it_stays_readable_once_the_application_is_over(scene: Scene) -> None:
    scene.say(scene.company, "Merci d’être venue.")
    scene.move(ApplicationStatus.REFUSED)
    assert scene.thread(scene.learner).messages[0].words == scene.thread(scene.company).messages[0].words
    with pytest.raises(ConversationClosed):
        scene.say(scene.company)
    assert len(scene.messages()) == 1


def test_a_form_sent_twice_is_one_message_and_another_text_from_it_is_another(scene: Scene) -> None:
    for _time in range(3):
        thread = scene.say(scene.learner, "Une fois.", key="a" * 32)
    assert [each.words for each in thread.messages] == ["Une fois."]
    assert scene.thread(scene.company).unread == 1
    thread = scene.say(scene.learner, "Corrigé.", key="a" * 32)
    assert [each.words for each in thread.messages] == ["Une fois.", "Corrigé."]


def test_a_repeat_that_comes_after_the_end_is_still_a_receipt(scene: Scene) -> None:
    scene.say(scene.learner, "Parti avant.", key="b" * 32)
    scene.move(ApplicationStatus.REFUSED)
    assert len(scene.say(scene.learner, "Parti avant.", key="b" * 32).messages) == 1


def test_read_means_that_it_was_shown(scene: Scene) -> None:
    scene.say(scene.company, "Un")
    shown = scene.thread(scene.learner).last_id
    scene.say(scene.company, "Deux")
    assert who_am_i(scene.learner, now=NOW, on=scene.database).messages == "2"
    mark_read(scene.learner, scene.application, shown, now=NOW, on=scene.database)
    assert scene.thread(scene.learner).unread == 1
    assert [each.read for each in scene.thread(scene.company).messages] == [True, False]
    for claimed in (0, -1, 999_999_999):
        mark_read(scene.learner, scene.application, claimed, now=NOW, on=scene.database)
    assert scene.thread(scene.learner).unread == 0
    assert who_am_i(scene.learner, now=NOW, on=scene.database).messages == ""
    assert [each.read for each in scene.thread(scene.learner).messages] == [False, False]


def test_reading_before_anything_was_written_changes_nothing(scene: Scene) -> None:
    scene.read(scene.learner)
    assert scene.thread(scene.learner).messages == []


def test_the_lists_say_what_is_new(scene: Scene) -> None:
    (card,) = my_conversations(scene.learner, now=NOW, on=scene.database)
    assert (card.unread, card.can_write, "question" in card.last) == (0, True, True)
    scene.say(scene.learner, "Première\nligne " + "x" * 200)
    (card,) = my_conversations(scene.learner, now=NOW, on=scene.database)
    assert card.last.replace("\u00a0", " ").startswith("Toi : Première ligne xx")
    assert card.last.endswith("…")
    (row,) = inbox(scene.company, InboxSearch(), now=NOW, on=scene.database).rows
    assert row.unread == "1 nouveau message"
    scene.read(scene.colleague)
    (row,) = inbox(scene.company, InboxSearch(), now=NOW, on=scene.database).rows
    assert row.unread == ""
    assert my_conversations(scene.other_learner, now=NOW, on=scene.database) == []


def test_a_long_conversation_is_shown_from_its_end(scene: Scene) -> None:
    for number in range(60):
        scene.say(scene.learner, str(number), now=NOW + 25 * number * MINUTE)
    latest = scene.thread(scene.company)
    assert (len(latest.messages), latest.has_older, latest.messages[-1].words) == (50, True, "59")
    for most, count in ((100, 60), (-5, 50), (10**9, 60)):
        found = conversation(scene.company, scene.application, most, now=NOW, on=scene.database)
        assert len(found.messages) == count


def test_the_pace_is_per_person_and_hour(scene: Scene) -> None:
    for number in range(3):
        scene.say(scene.learner, f"n° {number}", now=NOW + number * MINUTE)
    with pytest.raises(TooManyMessages) as refused:
        scene.say(scene.learner, "n° 4", now=NOW + 3 * MINUTE)
    assert refused.value.minutes == 57
    scene.say(scene.company, "De mon côté aussi ?", now=NOW + 3 * MINUTE)
    scene.say(scene.learner, "n° 4", now=NOW + 61 * MINUTE)


@pytest.mark.parametrize("text", ["Appelle-moi au 0470 12 34 56", "+32470123456", "mon gsm : 0470/12.34.56 !"])
def test_a_number_leaves_after_a_question_only(scene: Scene, text: str) -> None:
    with pytest.raises(InvalidInput) as asked:
        scene.say(scene.learner, text)
    assert list(asked.value.fields) == ["number"]
    assert "entreprise le verra" in asked.value.fields["number"]
    assert scene.messages() == []
    assert scene.say(scene.learner, text, intent="numero").messages[0].words == text


@pytest.mark.parametrize("text", ["Rendez-vous le 12/03/2027 à 14 h 30", "Le colis 2026 pèse 12 kg", "J’ai 17 ans"])
def test_other_figures_ask_nothing(scene: Scene, text: str) -> None:
    assert scene.say(scene.learner, text).messages[0].words == text


def test_the_button_shares_ones_own_number(scene: Scene) -> None:
    assert scene.thread(scene.learner).my_number == "+32 470 12 34 56"
    assert scene.thread(scene.company).my_number == ""
    data = NumberInput.read({"form_key": "c" * 32, "number": "+32 470 12 34 56"})
    share_number(scene.learner, scene.application, data, now=NOW, on=scene.database)
    (message,) = scene.thread(scene.company).messages
    assert (message.words, message.is_number) == ("+32 470 12 34 56", True)
    for wrong in ("", "12", "pas un numéro", "0" * 500):
        with pytest.raises(InvalidInput) as refused:
            NumberInput.read({"form_key": "d" * 32, "number": wrong})
        assert list(refused.value.fields) == ["number"]


def test_after_a_withdrawal_nobody_of_the_company_reads_it(scene: Scene) -> None:
    scene.say(scene.learner, "Bonjour")
    withdraw_application(scene.learner, scene.application, now=NOW, on=scene.database)
    for who in (scene.company, scene.colleague):
        for act in (scene.thread, scene.say, scene.read):
            with pytest.raises(NotFound):
                act(who)
    assert inbox(scene.company, InboxSearch(), now=NOW, on=scene.database).rows == []
    mine = scene.thread(scene.learner)
    assert (mine.messages[0].words, mine.can_write) == ("Bonjour", False)


def test_nobody_writes_to_a_suspended_account(scene: Scene) -> None:
    with transaction(scene.database) as session:
        session.get_one(Person, scene.learner.person_id).suspended_at = NOW
    assert "suspendu" in scene.thread(scene.company).closed_words
    with pytest.raises(ConversationClosed):
        scene.say(scene.company)


def shown(scene: Scene) -> list[str]:
    learner = scene.learner.learner_id or 0
    found = shown_conversations(scene.staff, learner, now=NOW, on=scene.database)
    return [message.words for each in found for message in each.messages]


def test_staff_reads_what_the_learner_shows_until_she_stops(scene: Scene) -> None:
    with pytest.raises(NotPossible):
        show_to_operator(scene.learner, scene.application, now=NOW, on=scene.database)
    scene.say(scene.company, "Venez le soir.")
    assert shown(scene) == []
    assert show_to_operator(scene.learner, scene.application, now=NOW, on=scene.database).shown
    scene.say(scene.learner, "Non merci.")
    assert shown(scene) == ["Venez le soir.", "Non merci."]
    with pytest.raises(NotFound):
        shown_conversations(scene.other_staff, scene.learner.learner_id or 0, now=NOW, on=scene.database)
    assert not hide_from_operator(scene.learner, scene.application, now=NOW, on=scene.database).shown
    assert shown(scene) == []


def test_an_answer_that_may_be_taken_back_closes_nothing_for_the_learner_yet(scene: Scene) -> None:
    scene.say(scene.company)
    scene.move(ApplicationStatus.REFUSED)
    held = {"key": "k", "person_id": scene.company.person_id, "change_id": 1, "given_at": NOW, "until": NOW + MINUTE}
    before = {"status": ApplicationStatus.SEEN, "changed_at": NOW}
    with transaction(scene.database) as session:
        session.add(HeldAnswer(application_id=scene.application, **held, **before))
    assert scene.thread(scene.learner).can_write
    assert my_conversations(scene.learner, now=NOW, on=scene.database)[0].can_write
    assert not scene.thread(scene.company).can_write
    assert not scene.thread(scene.learner, now=NOW + MINUTE).can_write


def test_it_goes_with_its_application(scene: Scene) -> None:
    scene.say(scene.learner)
    with transaction(scene.database) as session:
        session.delete(session.get_one(Application, scene.application))
    assert scene.messages() == []
    with transaction(scene.database) as session:
        assert session.get(Conversation, scene.application) is None
