"""How often people are mailed: at once, once a day or never; and never what must reach them, nor at night."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import col, select

from stageplus.db.engine import transaction
from stageplus.domain.errors import NotFound
from stageplus.domain.letters import CHOICES, Group, MailPace
from stageplus.models import Notice, OutboxMessage, Parameter, Person
from stageplus.services.notices import digest
from stageplus.services.notices.actions import read_all_notices
from stageplus.services.notices.queries import my_mail_choices
from stageplus.services.notices.wording import GROUP_WORDS
from stageplus.services.notifications.actions import PAUSES, drop_waiting_mails, send_due_mails
from tests.services.notices.conftest import Told, at

DAILY, NEVER, AT_ONCE = MailPace.DAILY, MailPace.NEVER, MailPace.AT_ONCE


@pytest.fixture
def daily(told: Told) -> Told:
    """Let the company want one mail a day."""
    told.choose(told.company, Group.APPLICATIONS, DAILY)
    return told


def test_by_default_a_mail_leaves_at_once(told: Told) -> None:
    told.apply()
    assert [mail.kind for mail in told.mails(told.company)] == ["application-received"]
    assert {row.pace for row in my_mail_choices(told.company, now=at(9), on=told.database).rows} == {AT_ONCE}


def test_once_a_day_is_one_mail_with_one_link(daily: Told) -> None:
    for number in range(3):
        daily.apply(number, at(10 + number))
    assert daily.mails(daily.company) == []
    assert (daily.digests(at(16, 59)), daily.digests(at(17))) == (0, 1)
    [mail] = daily.mails(daily.company)
    assert mail.subject == "Votre résumé du jour : 1 nouvelle"
    assert "• 3 nouvelles candidatures pour «\u00a0Boulangère / Boulanger" in mail.text
    assert (mail.text.count("http"), mail.html.count("href=")) == (1, 1)
    assert "/notifications" in mail.text
    assert "Le rythme des e-mails se choisit" in mail.text
    assert daily.count(daily.company) == "1"


def test_the_daily_mail_is_never_written_twice(daily: Told) -> None:
    daily.apply()
    assert [daily.digests(at(17)), daily.digests(at(17)), daily.digests(at(23))] == [1, 0, 0]
    assert daily.digests(at(17, day=25)) == 0
    assert len(daily.mails(daily.company)) == 1


def test_two_processes_write_it_once(daily: Told) -> None:
    daily.apply()
    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(daily.digests, [at(17)] * 8)) == 1
    assert len(daily.mails(daily.company)) == 1


def test_what_a_stop_left_over_is_written_later(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    for learner in told.learners[:2]:
        told.choose(learner, Group.ANSWERS, DAILY)
    told.apply(0)
    told.apply(1)
    whole, written = digest.queue_mail, []

    def stops_at_the_second(*args: object, **words: object) -> None:
        written.append(words)
        if len(written) == 2:
            raise KeyboardInterrupt
        whole(*args, **words)  # type: ignore[arg-type]

    monkeypatch.setattr(digest, "queue_mail", stops_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        told.digests(at(17))
    monkeypatch.setattr(digest, "queue_mail", whole)
    assert told.digests(at(17, 10)) == 1
    assert [len(told.mails(learner)) for learner in told.learners] == [1, 1, 0]


def test_nothing_happened_nothing_is_mailed(daily: Told) -> None:
    assert daily.digests(at(17)) == 0


def test_what_was_read_on_the_site_is_not_mailed_again(daily: Told) -> None:
    daily.apply()
    read_all_notices(daily.company, daily.read(daily.company).latest, now=at(12), on=daily.database)
    assert daily.digests(at(17)) == 0
    assert daily.mails(daily.company) == []


def test_nothing_is_said_of_an_application_that_was_withdrawn_meanwhile(daily: Told) -> None:
    daily.choose(daily.learner, Group.ANSWERS, DAILY)
    daily.withdraw(daily.apply())
    daily.digests(at(17))
    assert daily.mails(daily.learner) == []
    [mail] = daily.mails(daily.company)
    assert ("retirée" in mail.text, "nouvelle candidature" in mail.text) == (True, False)


def test_a_mail_that_waits_for_the_morning_goes_with_its_application(told: Told) -> None:
    application = told.apply(0, at(22))
    told.withdraw(application, at(23))
    assert "application-sent" not in told.deliver(at(7, day=25))
    assert told.mails(told.learner) == []


def test_never_is_the_site_only(told: Told) -> None:
    told.choose(told.company, Group.APPLICATIONS, NEVER)
    told.apply()
    assert (told.digests(at(17)), told.mails(told.company), told.count(told.company)) == (0, [], "1")


def test_never_leaves_out_what_waits_for_the_daily_mail(daily: Told) -> None:
    daily.apply()
    daily.choose(daily.company, Group.APPLICATIONS, NEVER)
    assert daily.digests(at(17)) == 0


def test_choosing_again_replaces_what_was_chosen(daily: Told) -> None:
    rows = daily.choose(daily.company, Group.APPLICATIONS, AT_ONCE).rows
    assert {row.group: row.pace for row in rows} == dict.fromkeys(CHOICES[daily.company.role], AT_ONCE)
    daily.apply()
    assert len(daily.mails(daily.company)) == 1


@pytest.mark.parametrize("group", [Group.SAFETY, Group.DECISIONS, Group.DIGEST, Group.ALERTS, Group.APPLICATIONS])
def test_what_is_not_a_learners_choice_is_refused(told: Told, group: Group) -> None:
    with pytest.raises(NotFound):
        told.choose(told.learner, group, NEVER)


@pytest.mark.parametrize("kind", ["account", "activation", "suspension", "team", "claim", "approval", "moderation"])
def test_safety_and_the_law_write_at_once_whatever_is_chosen(told: Told, kind: str) -> None:
    for group in CHOICES[told.company.role]:
        told.choose(told.company, group, NEVER)
    told.tell(told.company, kind)
    assert told.deliver(at(10)) == [kind]


def test_nothing_for_somebody_suspended(daily: Told) -> None:
    daily.apply()
    with transaction(daily.database) as session:
        person = session.get_one(Person, daily.company.person_id)
        person.suspended_at = at(12)
        drop_waiting_mails(session, person.email)
    assert daily.digests(at(17)) == 0
    daily.tell(daily.company, "account")
    assert daily.mails(daily.company) == []
    with transaction(daily.database) as session:
        session.get_one(Person, daily.company.person_id).suspended_at = None
    assert daily.digests(at(17, day=25)) == 0


def test_another_hour_the_same_day_is_no_second_mail(daily: Told) -> None:
    daily.apply(0)
    daily.digests(at(17))
    with transaction(daily.database) as session:
        session.exec(select(Parameter).where(Parameter.name == "daily_mail_hour")).one().value = "19"
    daily.apply(1, at(18))
    assert (daily.digests(at(19)), daily.digests(at(19, day=25))) == (0, 1)


def test_a_long_list_is_cut_and_says_so(daily: Told) -> None:
    with transaction(daily.database) as session:
        for number in range(14):
            named = {"key": f"n{number}", "bundle": str(number), "letter": "team", "subject": f"Nouvelle {number}"}
            session.add(Notice(person_id=daily.company.person_id, at=at(10), mail_at=at(17), **named))
    daily.digests(at(17))
    [mail] = daily.mails(daily.company)
    assert mail.subject == "Votre résumé du jour : 14 nouvelles"
    assert (mail.text.count("•"), "Et 2 autres, à lire sur Stage+." in mail.text) == (12, True)


def test_at_night_learners_are_left_in_peace_but_for_their_safety(told: Told) -> None:
    told.apply(0, at(22))
    told.tell(told.learner, "account", now=at(22))
    assert sorted(told.deliver(at(22))) == ["account", "application-received"]
    assert told.deliver(at(6, 59, day=25)) == []
    assert told.deliver(at(7, day=25)) == ["application-sent"]


def test_a_mail_that_failed_in_the_evening_waits_for_the_morning_too(told: Told) -> None:
    told.apply(0, at(20, 59))

    def away(_mail: OutboxMessage) -> None:
        raise OSError("away")

    assert send_due_mails(away, now=at(20, 59), on=told.database).failed == 2
    later = at(21) + PAUSES[0]
    assert told.deliver(later) == ["application-received"]
    assert told.deliver(at(7, day=25)) == ["application-sent"]


def test_a_learners_daily_mail_that_is_late_waits_for_the_morning(told: Told) -> None:
    told.choose(told.learner, Group.ANSWERS, DAILY)
    told.apply()
    assert told.digests(at(22)) == 1
    assert told.deliver(at(22)) == ["application-received"]
    assert told.deliver(at(7, day=25)) == ["digest"]
    [mail] = told.mails(told.learner)
    assert mail.subject == "Ton résumé du jour : 1 nouvelle"
    assert "Bonjour" in mail.text


def test_the_page_says_when_and_why(told: Told) -> None:
    learners = my_mail_choices(told.learner, now=at(9), on=told.database)
    assert "De 21 h à 7 h" in learners.quiet_words
    assert "vers 17 h" in learners.daily_words
    assert any("ta place" in words for words in learners.always)
    companies = my_mail_choices(told.company, now=at(9), on=told.database)
    assert (companies.quiet_words, any("la loi" in words for words in companies.always)) == ("", True)


def test_every_choice_has_its_words() -> None:
    assert set(GROUP_WORDS) == {group for groups in CHOICES.values() for group in groups}


def test_nothing_stays_due_once_it_is_written(daily: Told) -> None:
    daily.apply()
    daily.digests(at(17) + timedelta(days=3))
    with transaction(daily.database) as session:
        assert session.exec(select(Notice.id).where(col(Notice.mail_at).is_not(None))).all() == []
