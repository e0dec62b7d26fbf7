"""The shipped reference data load, refresh and report what changed, on SQLite and PostgreSQL."""

import csv
import shutil
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from stageplus.db.engine import transaction
from stageplus.db.revisions import differences_from_models
from stageplus.models import Parameter, Sector, Trade, TradeWord
from stageplus.services.registers.actions import REFERENCE_FOLDER, import_reference


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(REFERENCE_FOLDER, tmp_path / "reference")


def test_the_migrated_database_equals_the_models(database: Engine) -> None:
    assert differences_from_models(database) == []


def test_every_row_of_every_file_is_loaded(database: Engine) -> None:
    for change in import_reference(on=database):
        with (REFERENCE_FOLDER / f"{change.table}.csv").open(encoding="utf-8", newline="") as file:
            assert change.added == len(list(csv.DictReader(file))), change
        assert change.changed == change.unchanged == 0


def test_a_second_import_changes_nothing(database: Engine) -> None:
    first = import_reference(on=database)
    second = import_reference(on=database)
    assert [change.unchanged for change in second] == [change.added for change in first]
    assert not any(change.added or change.changed for change in second)


def test_an_edited_cell_is_reported_and_stored(database: Engine, folder: Path) -> None:
    import_reference(folder, database)
    sectors = folder / "sectors.csv"
    sectors.write_text(sectors.read_text(encoding="utf-8").replace(",true", ",false", 1), encoding="utf-8")
    changes = {change.table: change for change in import_reference(folder, database)}
    assert (changes["sectors"].added, changes["sectors"].changed) == (0, 1)
    assert changes["trades"].changed == 0


def test_a_broken_cell_leaves_everything_as_it_was(database: Engine, folder: Path) -> None:
    parameters = folder / "parameters.csv"
    parameters.write_text(
        parameters.read_text(encoding="utf-8").replace("2025-02-01", "31 février", 1), encoding="utf-8"
    )
    with pytest.raises(ValueError, match="31 février"):
        import_reference(folder, database)
    with transaction(database) as session:
        assert session.exec(select(Sector)).first() is None


def test_words_empty_cells_and_amounts_are_stored_as_they_are_meant(database: Engine) -> None:
    import_reference(on=database)
    with transaction(database) as session:
        hairdressing = session.exec(select(Trade.name_f).join(TradeWord).where(TradeWord.word == "coiffure")).all()
        without_committee = session.exec(select(Trade).where(Trade.joint_committee == "")).first()
        amounts = select(Parameter).where(Parameter.name == "rmmmg_monthly_eur")
        latest = session.exec(amounts.order_by(col(Parameter.effective_from).desc())).first()
    assert "Coiffeuse" in hairdressing
    assert without_committee is None
    assert latest is not None and latest.value == "2111.89"
