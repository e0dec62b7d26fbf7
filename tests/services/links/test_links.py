"""A mailed link has one purpose, works once, ends, and does nothing by being looked at."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from stageplus.db.engine import transaction
from stageplus.domain.actors import Role
from stageplus.domain.errors import DomainError, NotFound
from stageplus.domain.refusals import LinkSpent
from stageplus.models import LinkPurpose, SingleUseLink
from stageplus.services.links.actions import issue_link, spend_link
from stageplus.services.links.queries import fresh_link, look_at_link
from stageplus.services.links.schemas import LinkView
from tests import factories
from tests.factories import NOW

HOUR = timedelta(hours=1)
RESET = LinkPurpose.RESET_PASSWORD


@pytest.fixture
def person_id(database: Engine) -> int:
    with transaction(database) as session:
        return factories.a_person(session, Role.COMPANY).id or 0


def issued(database: Engine, person_id: int, **fields: str) -> str:
    with transaction(database) as session:
        path = issue_link(session, RESET, lasts=HOUR, now=NOW, person_id=person_id, **fields)
    return path.removeprefix("/lien/")


def spent(database: Engine, token: str, purpose: LinkPurpose = RESET, after: timedelta = timedelta()) -> SingleUseLink:
    with transaction(database) as session:
        return spend_link(session, token, purpose, NOW + after)


def test_looking_says_what_it_is_and_changes_nothing(database: Engine, person_id: int) -> None:
    token = issued(database, person_id, subject="12")
    for _look in range(3):
        assert look_at_link(None, token, now=NOW, on=database) == LinkView("reset password", "fresh", "12")
    assert spent(database, token).person_id == person_id
    assert look_at_link(None, token, now=NOW, on=database).state == "used"


def test_it_works_once(database: Engine, person_id: int) -> None:
    token = issued(database, person_id)
    spent(database, token)
    with pytest.raises(LinkSpent):
        spent(database, token)


def test_it_ends(database: Engine, person_id: int) -> None:
    token = issued(database, person_id)
    assert look_at_link(None, token, now=NOW + HOUR, on=database).state == "expired"
    with pytest.raises(LinkSpent):
        spent(database, token, after=HOUR)


@pytest.mark.parametrize("token", ["", "x", "é\u202e", "' OR 1=1", "\ud800"])
def test_an_invented_token_is_no_link(database: Engine, person_id: int, token: str) -> None:
    issued(database, person_id)
    assert look_at_link(None, token, now=NOW, on=database) == LinkView()
    with pytest.raises(NotFound):
        spent(database, token)


def test_it_is_good_for_its_own_purpose_only(database: Engine, person_id: int) -> None:
    token = issued(database, person_id)
    with pytest.raises(NotFound):
        spent(database, token, LinkPurpose.INVITATION)
    with Session(database) as session:
        assert fresh_link(session, token, LinkPurpose.INVITATION, NOW) is None
        assert fresh_link(session, token, RESET, NOW) is not None


def test_a_new_one_ends_the_one_before(database: Engine, person_id: int) -> None:
    before, after = issued(database, person_id), issued(database, person_id)
    with pytest.raises(LinkSpent):
        spent(database, before)
    assert spent(database, after)


def test_the_token_is_not_kept(database: Engine, person_id: int) -> None:
    token = issued(database, person_id)
    with Session(database) as session:
        assert token not in repr(session.exec(select(SingleUseLink)).all())


def test_of_twenty_at_once_one_uses_it(database: Engine, person_id: int) -> None:
    token = issued(database, person_id)

    def attempt(_number: int) -> bool:
        try:
            spent(database, token)
        except DomainError:
            return False
        return True

    with ThreadPoolExecutor(20) as crowd:
        assert sorted(crowd.map(attempt, range(20)))[-2:] == [False, True]
