"""The list of a company's applications: what waits first, in pages, by offer and by state."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from stageplus.db.engine import transaction
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.errors import InvalidInput
from stageplus.models import Application, Offer
from stageplus.services.applications.inbox import PAGE_SIZE
from stageplus.services.applications.queries import inbox
from stageplus.services.applications.schemas import InboxPage, InboxRow, InboxSearch
from tests import factories
from tests.factories import NOW
from tests.services.applications.conftest import Cast

S = ApplicationStatus


def apply(cast: Cast, status: ApplicationStatus, days_ago: int = 0, offer: int = 0, **fields: Any) -> int:
    at = NOW - timedelta(days=days_ago)
    fields = {
        "status": status,
        "sent_at": at,
        "changed_at": at,
        "answer_due_on": (at + timedelta(days=7)).date(),
    } | fields
    with transaction(cast.database) as session:
        wanted = session.get_one(Offer, offer or cast.offer)
        made: Application = factories.an_application(session, wanted, factories.a_learner(session), **fields)
        return made.id or 0


def shown(cast: Cast, **asked: Any) -> InboxPage:
    return inbox(cast.company, InboxSearch.read(asked), now=NOW, on=cast.database)


def ids(rows: list[InboxRow]) -> list[int]:
    return [row.application_id for row in rows]


def test_what_waits_longest_comes_first_then_the_latest_answers(cast: Cast) -> None:
    accepted_before, accepted_now = apply(cast, S.ACCEPTED, 3), apply(cast, S.ACCEPTED, 1)
    sent_now, in_contact, late = apply(cast, S.SENT, 0), apply(cast, S.IN_CONTACT, 2), apply(cast, S.UNANSWERED, 40)
    seen_before = apply(cast, S.SEEN, 5)
    page = shown(cast)
    assert ids(page.rows) == [seen_before, sent_now, late, in_contact, accepted_now, accepted_before]
    assert (page.to_answer, page.total) == (3, 6)


def test_pages_hold_everything_once_and_a_page_too_far_is_the_last(cast: Cast) -> None:
    made = {apply(cast, S.SENT, number % 9) for number in range(PAGE_SIZE + 3)}
    first, second, beyond = (shown(cast, page=number) for number in (1, 2, 99))
    assert (first.pages, len(first.rows), len(second.rows)) == (2, PAGE_SIZE, 3)
    assert {*ids(first.rows), *ids(second.rows)} == made
    assert (beyond.page, beyond.rows) == (2, second.rows)


def test_one_state_or_one_offer_is_listed(cast: Cast) -> None:
    with transaction(cast.database) as session:
        mine = session.get_one(Offer, cast.offer)
        other = factories.an_offer(session, company_id=mine.company_id, establishment_id=mine.establishment_id).id or 0
    waiting, refused = apply(cast, S.SEEN), apply(cast, S.REFUSED)
    elsewhere = apply(cast, S.SEEN, offer=other)
    assert ids(shown(cast, group="terminees").rows) == [refused]
    assert ids(shown(cast, offer=other).rows) == [elsewhere]
    assert ids(shown(cast, offer=cast.offer, group="a-repondre").rows) == [waiting]
    assert [value for value, _label in shown(cast, offer=cast.offer).offers] == [str(cast.offer), str(other)]
    assert [label.split("(")[-1] for _value, label in shown(cast).offers] == ["1 candidature)", "2 candidatures)"]


@pytest.mark.parametrize("status", [S.DRAFT, S.WITHDRAWN])
def test_a_withdrawn_person_is_in_no_list_and_no_count(cast: Cast, status: ApplicationStatus) -> None:
    apply(cast, status)
    page = shown(cast)
    assert (page.rows, page.offers, page.total, page.to_answer) == ([], [], 0, 0)


def test_the_offer_of_another_company_lists_nothing(cast: Cast) -> None:
    apply(cast, S.SENT)
    page = inbox(cast.other_company, InboxSearch(offer=cast.offer), now=NOW, on=cast.database)
    assert (page.rows, page.offers, page.total) == ([], [], 0)


def test_a_late_answer_is_marked_and_an_interview_is_told(cast: Cast) -> None:
    late = apply(cast, S.SEEN, 8)
    due_today = apply(cast, S.SEEN, 7)
    talk = apply(cast, S.IN_CONTACT, 3)
    with transaction(cast.database) as session:
        factories.an_interview(session, session.get_one(Application, talk), starts_at=NOW + timedelta(days=1))
    rows = {row.application_id: row for row in shown(cast).rows}
    assert (rows[late].urgent, rows[due_today].urgent, rows[talk].urgent) == (True, False, False)
    assert rows[due_today].waiting_words == "À répondre pour le 24 nov. 2026"
    assert rows[talk].waiting_words == "Entretien mercredi 25 novembre 2026 à 10\u00a0h"


def test_ten_times_as_many_applications_need_no_more_statements(cast: Cast) -> None:
    said: list[str] = []
    event.listen(cast.database, "before_cursor_execute", lambda *args: said.append(args[2]))
    apply(cast, S.SENT)
    said.clear()
    shown(cast)
    few = len(said)
    for _turn in range(10):
        apply(cast, S.SENT)
    said.clear()
    assert len(shown(cast).rows) == 11
    assert len(said) == few < 8
    assert not any("motivation" in statement for statement in said)


@pytest.mark.parametrize(
    "asked", [{"page": "0"}, {"page": "x"}, {"group": "tout"}, {"offer": "-1"}, {"offer": "10" * 9}]
)
def test_what_is_no_choice_is_refused(asked: dict[str, str]) -> None:
    with pytest.raises(InvalidInput):
        InboxSearch.read(asked)
