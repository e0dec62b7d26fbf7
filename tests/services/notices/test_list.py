"""The list of what happened: one line for what belongs together, read by its owner alone, gone after some weeks."""

from datetime import timedelta

import pytest
from sqlmodel import select

from stageplus.db.engine import transaction
from stageplus.domain.errors import NotFound
from stageplus.models import Notice, Person
from stageplus.services.applications.actions import see_application
from stageplus.services.notices.actions import forget_notices, read_all_notices, read_notice
from stageplus.services.notices.schemas import Notices
from stageplus.services.notifications.actions import queue_mail
from stageplus.services.notifications.live import hub
from tests.services.notices.conftest import Told, at, write


def titles(shown: Notices) -> list[str]:
    return [row.title for row in shown.fresh]


def test_a_letter_is_on_the_site_with_its_link(told: Told) -> None:
    application = told.apply()
    [row] = told.read(told.learner).fresh
    assert (row.title, row.path) == ("Ta candidature est envoyée", f"/candidatures/{application}")
    assert row.words.startswith("Boulangère / Boulanger")
    assert told.count(told.learner) == "1"


def test_several_letters_of_a_day_about_the_same_offer_are_one_line(told: Told) -> None:
    for number in range(3):
        told.apply(number, at(10 + number))
    [row] = told.read(told.company, at(14)).fresh
    assert row.title.startswith("3 nouvelles candidatures pour «\u00a0Boulangère / Boulanger")
    assert (row.words, row.path, told.count(told.company)) == ("", "/entreprise/candidatures", "1")


def test_the_next_day_is_another_line(told: Told) -> None:
    told.apply(0, at(23))
    told.apply(1, at(0, 30, day=25))
    rows = told.read(told.company, at(9, day=25)).fresh
    assert [row.title for row in rows] == ["Une nouvelle candidature vous attend"] * 2
    assert rows[0].path != rows[1].path


def test_no_company_reads_a_learners_name(told: Told) -> None:
    with transaction(told.database) as session:
        session.get_one(Person, told.learner.person_id).last_name = "Zibeline"
    told.withdraw(told.apply())
    assert "Zibeline" not in repr(told.read(told.company))


def test_reading_a_line_leaves_what_came_meanwhile(told: Told) -> None:
    told.apply(0)
    [row] = told.read(told.company).fresh
    told.apply(1, at(11))
    shown = read_notice(told.company, row.notice_id, now=at(12), on=told.database)
    assert titles(shown) == ["Une nouvelle candidature vous attend"]
    assert [row.is_new for row in shown.read] == [False]
    assert told.count(told.company) == "1"


def test_reading_the_latest_reads_its_whole_line(told: Told) -> None:
    told.apply(0)
    told.apply(1)
    [row] = told.read(told.company).fresh
    shown = read_notice(told.company, row.notice_id, now=at(12), on=told.database)
    assert (shown.fresh, len(shown.read), told.count(told.company)) == ([], 1, "")


def test_all_is_what_was_on_screen(told: Told) -> None:
    told.apply(0)
    latest = told.read(told.company).latest
    told.tell(told.company, "team")
    shown = read_all_notices(told.company, latest, now=at(12), on=told.database)
    assert titles(shown) == ["Une nouvelle"]
    assert len(shown.read) == 1


def test_nobody_reads_what_is_somebody_elses(told: Told) -> None:
    told.apply()
    [row] = told.read(told.company).fresh
    with pytest.raises(NotFound):
        read_notice(told.learner, row.notice_id, now=at(12), on=told.database)
    read_all_notices(told.learner, row.notice_id + 9, now=at(12), on=told.database)
    assert len(told.read(told.company).fresh) == 1


def test_the_same_news_is_told_once(told: Told) -> None:
    told.tell(told.company, "team", "one")
    told.tell(told.company, "team", "one")
    assert len(told.read(told.company).fresh) == len(told.mails(told.company)) == 1


def test_a_withdrawn_application_takes_along_what_nobody_read(told: Told) -> None:
    told.apply(1)
    application = told.apply(0)
    told.withdraw(application)
    assert titles(told.read(told.learner)) == []
    [withdrawn, received] = told.read(told.company).fresh
    assert (withdrawn.title, received.title) == (
        "Une candidature a été retirée",
        "Une nouvelle candidature vous attend",
    )


def test_what_was_read_stays_after_a_withdrawal(told: Told) -> None:
    application = told.apply()
    [row] = told.read(told.company).fresh
    read_notice(told.company, row.notice_id, now=at(12), on=told.database)
    told.withdraw(application, at(13))
    assert len(told.read(told.company).read) == 1


@pytest.mark.parametrize(("path", "kept"), [("/lien/un-jeton", ""), ("/activation?code=un-jeton", "/activation")])
def test_a_link_that_opens_something_is_never_kept(told: Told, path: str, kept: str) -> None:
    words = {"subject": "Bonjour", "sentences": ["Bonjour."], "link": (path, "Ouvrir")}
    with transaction(told.database) as session:
        email = session.get_one(Person, told.learner.person_id).email
        queue_mail(session, key="a", kind="account", recipient=email, now=at(10), **words)  # type: ignore[arg-type]
        assert [notice.path for notice in session.exec(select(Notice))] == [kept]
    assert "un-jeton" not in repr(told.read(told.learner))


def test_an_address_without_an_account_gets_mail_only(told: Told) -> None:
    with transaction(told.database) as session:
        write(session, "personne@demo.test", "claim")
        assert session.exec(select(Notice)).all() == []


def test_old_lines_are_erased(told: Told) -> None:
    told.apply()
    assert forget_notices(now=at(10) + timedelta(days=60), on=told.database) == 0
    assert forget_notices(now=at(10) + timedelta(days=60, seconds=1), on=told.database) == 2
    assert told.read(told.company) == Notices(kept_words="Chaque notification est gardée 60 jours, puis effacée.")


def test_erasing_somebody_erases_their_list(told: Told) -> None:
    told.tell(told.company, "team")
    with transaction(told.database) as session:
        assert session.exec(select(Notice.person_id)).all() == [told.company.person_id]
        session.delete(session.get_one(Person, told.company.person_id))
        session.flush()
        assert session.exec(select(Notice)).all() == []


def test_open_pages_hear_of_it_by_topic_alone(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[frozenset[str]] = []
    monkeypatch.setattr(hub, "publish", heard.append)
    application = told.apply()
    topics = frozenset().union(*heard)
    assert {f"person:{told.company.person_id}", f"person:{told.learner.person_id}"} <= topics
    heard.clear()
    see_application(told.company, application, now=at(11), on=told.database)
    assert f"person:{told.learner.person_id}" not in frozenset().union(*heard)
