"""An alert finds what is posted meanwhile: on the site at once, by mail once a day, never twice, never a dead offer."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from stageplus.db.engine import reading, transaction
from stageplus.domain.alerts import AlertPace
from stageplus.domain.errors import Denied, InvalidInput, NotFound
from stageplus.domain.offers import OfferStatus
from stageplus.domain.refusals import LinkSpent, TooManyAlerts
from stageplus.models import Alert, AlertOffer, Learner, Offer, Person
from stageplus.services.accounts.queries import who_am_i
from stageplus.services.alerts import watch as watching
from stageplus.services.alerts.actions import (
    change_pace,
    drop_alert,
    save_alert,
    see_news,
    stop_mails,
    stop_mails_by_link,
)
from stageplus.services.alerts.queries import my_alerts
from stageplus.services.alerts.schemas import AlertInput, PaceInput
from stageplus.services.links.queries import look_at_link
from tests import factories
from tests.factories import NOW
from tests.matrix.test_statements import counted
from tests.services.alerts.conftest import Waiting

LATER = NOW + timedelta(hours=1)
TOMORROW = NOW + timedelta(days=1)
WEEKLY, ON_SITE = AlertPace.WEEKLY, AlertPace.ON_SITE


def test_an_alert_mail_arrives_for_an_offer_posted_meanwhile(waiting: Waiting) -> None:
    waiting.post(NOW - timedelta(days=1))
    waiting.save()
    posted = waiting.post(NOW + timedelta(minutes=30))
    waiting.watch(LATER)
    [news] = waiting.read(LATER).news
    assert (news.card.offer_id, news.is_new) == (posted, True)
    [mail] = waiting.mails()
    assert mail.subject == "Une nouvelle place pour toi"
    assert "Boulangère / Boulanger (H/F/X)" in mail.text and "/alertes" in mail.text and "/lien/" in mail.text


@pytest.mark.parametrize(
    ("search", "fields", "is_found"),
    [
        ({}, {}, True),
        ({}, {"far": True}, False),
        ({"radius": "100"}, {"far": True}, True),
        ({"place": ""}, {"far": True}, True),
        ({"text": "coiffeur"}, {}, False),
        ({"text": ""}, {"trade_code": "coiffeur"}, True),
        ({"no_licence": "oui"}, {"licence_needed": True}, False),
        ({"days": "oui"}, {"company_days": 0b00111}, False),
        ({}, {"status": OfferStatus.DRAFT}, False),
    ],
)
def test_it_finds_what_its_search_means(
    waiting: Waiting, search: dict[str, str], fields: dict[str, Any], is_found: bool
) -> None:
    waiting.save(**search)
    waiting.post(NOW + timedelta(minutes=30), **fields)
    waiting.watch(LATER)
    assert bool(waiting.read(LATER).news) is is_found


def test_an_offer_is_told_once_whatever_runs_again(waiting: Waiting) -> None:
    waiting.save()
    waiting.save(text="pain", place="")
    waiting.post(NOW + timedelta(minutes=30))
    for minutes in range(60, 70):
        waiting.watch(NOW + timedelta(minutes=minutes))
    waiting.watch(TOMORROW)
    waiting.watch(TOMORROW + timedelta(days=1))
    assert len(waiting.mails()) == 1
    assert len(waiting.read(TOMORROW).news) == 1


def test_one_mail_a_day_over_all_alerts(waiting: Waiting) -> None:
    waiting.save()
    waiting.save(text="coiffeur", place="")
    waiting.post(NOW + timedelta(minutes=10))
    waiting.watch(NOW + timedelta(minutes=20))
    waiting.post(NOW + timedelta(minutes=30), trade_code="coiffeur")
    waiting.watch(LATER)
    assert len(waiting.mails()) == 1
    waiting.watch(TOMORROW)
    assert ["Coiffeuse" in mail.text for mail in waiting.mails()] == [False, True]


def test_a_weekly_alert_waits_for_its_week_and_gathers(waiting: Waiting) -> None:
    waiting.save(WEEKLY)
    for day in range(1, 9):
        waiting.post(NOW + timedelta(days=day - 1, hours=1))
        waiting.watch(NOW + timedelta(days=day))
        assert len(waiting.mails()) == (day >= 7)
    assert waiting.mails()[0].subject == "7 nouvelles places pour toi"


@pytest.mark.parametrize("enough", ["intake_paused", "at_cap"])
def test_what_has_enough_applications_is_told_when_it_takes_some_again(waiting: Waiting, enough: str) -> None:
    waiting.save()
    offer_id = waiting.post(NOW + timedelta(minutes=30), **{enough: True})
    waiting.watch(TOMORROW)
    assert (waiting.read(TOMORROW).news, waiting.mails()) == ([], [])
    assert who_am_i(waiting.learner, now=TOMORROW, on=waiting.database).waiting == ""
    with transaction(waiting.database) as session:
        setattr(session.get_one(Offer, offer_id), enough, False)
    waiting.watch(TOMORROW + timedelta(hours=1))
    assert [news.card.offer_id for news in waiting.read(TOMORROW).news] == [offer_id]
    assert len(waiting.mails()) == 1


def test_one_of_the_site_only_is_never_mailed(waiting: Waiting) -> None:
    waiting.save(ON_SITE)
    waiting.post(NOW + timedelta(minutes=30))
    waiting.watch(LATER)
    waiting.watch(NOW + timedelta(days=30))
    assert waiting.mails() == []
    assert len(waiting.read(LATER).news) == 1


@pytest.mark.parametrize(
    "dead",
    [
        {"status": OfferStatus.CLOSED},
        {"status": OfferStatus.SUSPENDED},
        {"places_taken": 1},
        {"ends_on": NOW.date() - timedelta(days=1)},
    ],
)
def test_a_dead_offer_is_in_no_mail_and_no_list(waiting: Waiting, dead: dict[str, Any]) -> None:
    waiting.save(WEEKLY)
    offer = waiting.post(NOW + timedelta(minutes=30))
    waiting.watch(LATER)
    with transaction(waiting.database) as session:
        session.get_one(Offer, offer).sqlmodel_update(dead)
    waiting.watch(NOW + timedelta(days=8))
    assert (waiting.mails(), waiting.read(LATER).news) == ([], [])


def test_what_was_seen_on_the_site_is_no_news_for_a_mail(waiting: Waiting) -> None:
    waiting.save(WEEKLY)
    waiting.post(NOW + timedelta(minutes=30))
    waiting.watch(LATER)
    see_news(waiting.learner, now=LATER, on=waiting.database)
    assert [news.is_new for news in waiting.read(LATER).news] == [False]
    waiting.watch(NOW + timedelta(days=8))
    assert waiting.mails() == []


def test_what_one_applied_for_is_in_no_mail(waiting: Waiting) -> None:
    waiting.save(WEEKLY)
    offer = waiting.post(NOW + timedelta(minutes=30))
    waiting.watch(LATER)
    with transaction(waiting.database) as session:
        learner = session.get_one(Learner, waiting.learner.learner_id)
        factories.an_application(session, session.get_one(Offer, offer), learner)
    waiting.watch(NOW + timedelta(days=8))
    assert waiting.mails() == []


def test_an_offer_saved_late_is_not_missed(waiting: Waiting) -> None:
    """A company publishes at this moment, and its transaction ends after a later one was seen."""
    waiting.save()
    waiting.post(NOW + timedelta(minutes=30, seconds=20))
    waiting.watch(NOW + timedelta(minutes=31))
    late = waiting.post(NOW + timedelta(minutes=30))
    waiting.watch(NOW + timedelta(minutes=32))
    assert late in {news.card.offer_id for news in waiting.read(LATER).news}


def test_nothing_is_missed_after_a_two_day_stop(waiting: Waiting) -> None:
    waiting.save()
    posted = {waiting.post(NOW + timedelta(hours=hours)) for hours in (1, 20, 47)}
    waiting.watch(NOW + timedelta(days=2))
    assert {news.card.offer_id for news in waiting.read(NOW + timedelta(days=2)).news} == posted
    assert len(waiting.mails()) == 1


def test_many_alerts_are_looked_at_in_turn(waiting: Waiting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "AT_ONCE", 2)
    for text in ("boulanger", "pain", "boulangerie"):
        waiting.save(text=text, place="")
    save_alert(waiting.other, AlertInput(text="boulanger"), now=NOW, on=waiting.database)
    waiting.post(NOW + timedelta(minutes=30))
    assert waiting.watch(LATER) == "2 / 2"
    with counted(waiting.database) as said:
        waiting.watch(LATER)
    assert len(said) == 6, "alerts that wait, learners to mail of them and of suggestions, how long those are kept"


def test_the_same_search_again_only_changes_its_pace(waiting: Waiting) -> None:
    waiting.save()
    [row] = waiting.save(WEEKLY).rows
    assert (row.pace, row.label) == ("chaque semaine", "boulanger · Namur, à 15 km")
    assert row.fields == {"text": "boulanger", "place": "Namur", "radius": "15"}


def test_there_is_a_most(waiting: Waiting) -> None:
    for text in ("boulanger", "pain", "boulangerie"):
        waiting.save(text=text)
    with pytest.raises(TooManyAlerts):
        waiting.save(text="coiffeur")
    assert len(waiting.save(WEEKLY, text="pain").rows) == 3


@pytest.mark.parametrize("search", [{"text": "", "place": ""}, {"place": "Nulle-part"}])
def test_a_search_of_everything_or_nowhere_is_refused(waiting: Waiting, search: dict[str, str]) -> None:
    with pytest.raises(InvalidInput) as refusal:
        waiting.save(**search)
    assert list(refusal.value.fields) == ["form"]


def test_nobody_touches_the_alerts_of_others(waiting: Waiting) -> None:
    [row] = waiting.save().rows
    with pytest.raises(NotFound):
        change_pace(waiting.other, row.alert_id, PaceInput(pace=ON_SITE), now=NOW, on=waiting.database)
    drop_alert(waiting.other, row.alert_id, now=NOW, on=waiting.database)
    stop_mails(waiting.other, now=NOW, on=waiting.database)
    assert [each.pace for each in waiting.read(NOW).rows] == ["chaque jour"]
    assert my_alerts(waiting.other, now=NOW, on=waiting.database).rows == []
    with pytest.raises(Denied):
        see_news(None, now=NOW, on=waiting.database)


def test_pace_and_end_of_an_alert(waiting: Waiting) -> None:
    [row] = waiting.save().rows
    changed = change_pace(waiting.learner, row.alert_id, PaceInput(pace=ON_SITE), now=NOW, on=waiting.database)
    assert ([each.pace for each in changed.rows], changed.by_mail) == (["sur le site"], False)
    waiting.post(NOW + timedelta(minutes=30))
    waiting.watch(LATER)
    for _twice in range(2):
        assert drop_alert(waiting.learner, row.alert_id, now=LATER, on=waiting.database).rows == []
    assert waiting.read(LATER).news == []


def test_the_link_of_the_mail_stops_them_once_and_opening_it_does_nothing(waiting: Waiting) -> None:
    waiting.save()
    waiting.save(WEEKLY, text="pain")
    waiting.post(NOW + timedelta(minutes=30))
    waiting.watch(LATER)
    token = re.findall(r"/lien/(\S+)", waiting.mails()[0].text)[0]
    assert look_at_link(None, token, now=LATER, on=waiting.database).state == "fresh"
    assert waiting.read(LATER).by_mail
    stop_mails_by_link(None, token, now=LATER, on=waiting.database)
    assert not waiting.read(LATER).by_mail
    with pytest.raises(LinkSpent):
        stop_mails_by_link(None, token, now=LATER, on=waiting.database)
    with pytest.raises(NotFound):
        stop_mails_by_link(None, "un jeton", now=LATER, on=waiting.database)
    waiting.post(LATER)
    waiting.watch(TOMORROW)
    assert len(waiting.mails()) == 1 and len(waiting.read(TOMORROW).news) == 2


def test_a_late_link_says_so(waiting: Waiting) -> None:
    waiting.save()
    waiting.post(NOW + timedelta(minutes=30))
    waiting.watch(LATER)
    token = re.findall(r"/lien/(\S+)", waiting.mails()[0].text)[0]
    with pytest.raises(LinkSpent):
        stop_mails_by_link(None, token, now=NOW + timedelta(days=61), on=waiting.database)


def test_the_navigation_counts_what_was_not_seen(waiting: Waiting) -> None:
    waiting.save(ON_SITE)
    assert who_am_i(waiting.learner, now=NOW, on=waiting.database).waiting == ""
    waiting.post(NOW + timedelta(minutes=30))
    waiting.watch(LATER)
    assert who_am_i(waiting.learner, now=LATER, on=waiting.database).waiting == "1"
    see_news(waiting.learner, now=LATER, on=waiting.database)
    assert who_am_i(waiting.learner, now=LATER, on=waiting.database).waiting == ""


@pytest.mark.parametrize("gone", ["enrolment", "suspension"])
def test_who_left_or_is_suspended_is_mailed_nothing(waiting: Waiting, gone: str) -> None:
    waiting.save()
    with transaction(waiting.database) as session:
        learner = session.get_one(Learner, waiting.learner.learner_id)
        if gone == "enrolment":
            learner.enrolment_ended_on = NOW.date()
        else:
            session.get_one(Person, learner.person_id).suspended_at = NOW
    waiting.post(NOW + timedelta(minutes=30))
    waiting.watch(LATER)
    assert waiting.mails() == []


def test_old_news_are_forgotten_and_alerts_go_with_the_learner(waiting: Waiting) -> None:
    waiting.save()
    waiting.post(NOW + timedelta(minutes=30), ends_on=NOW.date() + timedelta(days=90))
    waiting.watch(LATER)
    waiting.watch(LATER + timedelta(days=61))
    with transaction(waiting.database) as session:
        assert session.exec(select(AlertOffer)).all() == []
        session.delete(session.get_one(Learner, waiting.learner.learner_id))
    with reading(waiting.database) as session:
        assert session.exec(select(Alert)).all() == []


def test_the_day_of_the_mail_is_that_of_brussels(waiting: Waiting) -> None:
    before_midnight = datetime(2026, 11, 24, 22, 30, tzinfo=UTC)
    waiting.save()
    waiting.post(before_midnight - timedelta(minutes=5))
    waiting.watch(before_midnight)
    waiting.post(before_midnight + timedelta(minutes=5))
    waiting.watch(before_midnight + timedelta(minutes=20))
    assert len(waiting.mails()) == 1
    waiting.watch(before_midnight + timedelta(minutes=31))
    assert len(waiting.mails()) == 2
