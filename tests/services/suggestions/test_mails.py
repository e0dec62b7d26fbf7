"""Suggestions are told on the site at once, and by mail together with the alerts, once a day at most."""

from datetime import timedelta

from sqlmodel import select

from stageplus.db.engine import reading, transaction
from stageplus.domain.alerts import AlertPace
from stageplus.models import Establishment, Learner, Offer, Person, Suggestion
from stageplus.services.suggestions.actions import hide_suggestion, see_suggestions
from tests import factories
from tests.factories import NOW
from tests.services.suggestions.conftest import WHY, School

SOON, TOMORROW = NOW + timedelta(minutes=20), NOW + timedelta(days=1)


def more_offers(school: School, count: int) -> list[int]:
    with transaction(school.database) as session:
        house = session.exec(select(Establishment)).first()
        return [factories.an_offer(session, house).id or 0 for _number in range(count)]


def test_ten_suggestions_are_one_mail_that_says_who_and_why(school: School) -> None:
    school.suggest(school.baker)
    with transaction(school.database) as session:
        learner = session.get_one(Learner, school.baker)
        for _number in range(9):
            factories.a_suggestion(session, factories.an_offer(session), learner, school.staff)
    assert school.mails(NOW + timedelta(minutes=5)) == []
    [mail] = school.mails(SOON)
    assert mail.subject == "10 places suggérées pour toi"
    assert "Suggérée par" in mail.text and WHY in mail.text and "/offres" in mail.text
    assert "Suggérée par" in mail.html and WHY in mail.html
    assert "Ne plus recevoir" not in mail.text
    assert len(school.mails(SOON)) == 1


def test_a_second_one_waits_for_the_next_day(school: School) -> None:
    school.suggest(school.baker)
    assert len(school.mails(SOON)) == 1
    with transaction(school.database) as session:
        learner = session.get_one(Learner, school.baker)
        factories.a_suggestion(session, factories.an_offer(session), learner, school.staff, suggested_at=SOON)
    assert len(school.mails(NOW + timedelta(hours=8))) == 1
    first, second = school.mails(TOMORROW)
    assert (first.subject, second.subject) == ("Une place suggérée pour toi",) * 2


def test_alerts_and_suggestions_share_the_days_mail(school: School) -> None:
    with transaction(school.database) as session:
        learner = session.get_one(Learner, school.baker)
        factories.an_alert(session, learner, AlertPace.DAILY, text="boulanger", place="Namur")
    more_offers(school, 2)
    with transaction(school.database) as session:
        for offer in session.exec(select(Offer)):
            offer.published_at = NOW + timedelta(minutes=1)
    school.suggest(school.baker, at=NOW + timedelta(minutes=1))
    [mail] = school.mails(TOMORROW)
    assert mail.subject == "Une place suggérée pour toi"
    assert mail.text.count("Boulanger") == 3
    assert "Et tes alertes ont trouvé" in mail.text and "Ne plus recevoir ces e-mails" in mail.text
    assert len(school.mails(TOMORROW + timedelta(hours=2))) == 1


def test_what_was_seen_put_away_or_has_closed_is_not_mailed(school: School) -> None:
    school.suggest(school.baker, school.other, school.far)
    see_suggestions(school.actor_of(school.baker), now=NOW, on=school.database)
    hide_suggestion(school.actor_of(school.other), school.offer, now=NOW, on=school.database)
    school.change(intake_paused=True)
    assert school.mails(SOON) == []
    school.change(intake_paused=False)
    [mail] = school.mails(SOON)
    with reading(school.database) as session:
        person = session.get_one(Person, session.get_one(Learner, school.far).person_id)
    assert mail.recipient == person.email


def test_who_is_suspended_has_left_or_is_elsewhere_gets_no_mail(school: School) -> None:
    school.suggest(school.baker, school.other, school.far)
    with transaction(school.database) as session:
        session.get_one(Person, session.get_one(Learner, school.baker).person_id).suspended_at = NOW
        session.get_one(Learner, school.other).enrolment_ended_on = NOW.date()
        session.get_one(Learner, school.far).operator_id = session.get_one(Learner, school.stranger_learner).operator_id
    assert school.mails(SOON) == []


def test_old_ones_are_erased(school: School) -> None:
    school.suggest(school.baker)
    school.mails(NOW + timedelta(days=91))
    with reading(school.database) as session:
        assert session.exec(select(Suggestion)).all() == []
