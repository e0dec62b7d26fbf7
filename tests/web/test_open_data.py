"""Open data have addresses that stay, for anybody, without a cookie."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.testclient import TestClient

from stageplus.db import engine as databases
from stageplus.services.statistics.schemas import DICTIONARY, SETS
from stageplus.web.open_data import OPEN_DATA_ROUTES


@pytest.fixture
def client(sqlite_database: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr(databases, "engine", lambda: sqlite_database)
    with TestClient(Starlette(routes=OPEN_DATA_ROUTES)) as opened:
        yield opened


@pytest.mark.parametrize("name", [*SETS, DICTIONARY])
def test_anybody_reads_a_data_set(client: TestClient, name: str) -> None:
    answer = client.get(f"/donnees/v1/{name}.csv")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    assert answer.headers["content-disposition"] == f'attachment; filename="stageplus-v1-{name}.csv"'
    assert answer.headers["cache-control"] == "public, max-age=3600"
    assert "set-cookie" not in answer.headers
    assert answer.text.startswith(("mois,code,nom,", "colonne,type,definition"))


@pytest.mark.parametrize("name", ["personnes", "..%2Fmois", "MOIS", "x" * 300])
def test_anything_else_is_not_there(client: TestClient, name: str) -> None:
    assert client.get(f"/donnees/v1/{name}.csv").status_code == 404


def test_it_is_only_for_reading(client: TestClient) -> None:
    assert client.post("/donnees/v1/mois.csv").status_code == 405
