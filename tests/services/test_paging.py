"""Pages of long lists: the right rows, the true total, and no statement more than needed."""

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from stageplus.db.engine import reading, transaction
from stageplus.models import Basin
from stageplus.services.paging import cut_words, page_of
from tests.matrix.test_statements import counted

ALL = [f"b{number:02}" for number in range(7)]


@pytest.fixture
def basins(database: Engine) -> Engine:
    with transaction(database) as session:
        session.add_all(Basin(code=code, name=code) for code in ALL)
    return database


@pytest.mark.parametrize(
    ("wanted", "page", "codes"),
    [(1, 1, ALL[:3]), (2, 2, ALL[3:6]), (3, 3, ALL[6:]), (99, 3, ALL[6:])],
)
def test_each_page_has_its_rows_and_one_too_far_is_the_last(
    basins: Engine, wanted: int, page: int, codes: list[str]
) -> None:
    with reading(basins) as session:
        found = page_of(session, select(Basin.code).order_by(col(Basin.code)), wanted, 3)
    assert (found.ids, found.page, found.pages, found.total) == (codes, page, 3, 7)


@pytest.mark.parametrize(("size", "statements"), [(10, 1), (7, 2), (3, 2)])
def test_a_list_that_is_not_full_is_not_counted(basins: Engine, size: int, statements: int) -> None:
    with counted(basins) as said, reading(basins) as session:
        assert page_of(session, select(Basin.code).order_by(col(Basin.code)), 1, size).total == 7
    assert len(said) == statements


def test_an_empty_list_has_one_empty_page(database: Engine) -> None:
    with reading(database) as session:
        found = page_of(session, select(Basin.code).order_by(col(Basin.code)), 5)
    assert (found.ids, found.page, found.pages, found.total) == ([], 1, 1, 0)


@pytest.mark.parametrize(
    ("total", "words"),
    [(0, ""), (300, ""), (301, "Les 300 premières lignes sur 301"), (5_000, "Les 300 premières lignes sur 5 000")],
)
def test_a_list_that_is_cut_says_so(total: int, words: str) -> None:
    assert " ".join(cut_words(300, total).split()) == words
