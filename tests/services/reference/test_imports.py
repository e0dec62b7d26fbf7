"""What OFFA changed survives an import of the shipped files, and every process sees a change soon."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor
from stageplus.models import ReferenceChange, Trade, TradeWord
from stageplus.services.offers import lexicon as lexicons
from stageplus.services.offers.lexicon import lexicon
from stageplus.services.reference.actions import add_word, remove_word, save_trade
from stageplus.services.reference.schemas import TradeInput, WordInput
from stageplus.services.registers.actions import REFERENCE_FOLDER, import_reference
from tests import factories
from tests.factories import NOW
from tests.services.reference.conftest import Desk


@pytest.fixture
def offa(database: Engine) -> Actor:
    import_reference(on=database)
    with transaction(database) as session:
        return factories.an_offa_member(session)


def test_an_import_leaves_what_offa_changed_added_and_removed(offa: Actor, database: Engine, tmp_path: Path) -> None:
    names = TradeInput(code="macon", name_f="Bâtisseuse", name_m="Bâtisseur", sector="construction", why="Décret")
    save_trade(offa, names, now=NOW, on=database)
    remove_word(offa, "macon", "gros œuvre", now=NOW, on=database)
    add_word(offa, WordInput(word="briqueteur", trade="macon"), now=NOW, on=database)
    folder = shutil.copytree(REFERENCE_FOLDER, tmp_path / "reference")
    trades = folder / "trades.csv"
    trades.write_text(trades.read_text().replace("Carreleur,Carreleuse", "Poseur de carrelage,Poseuse de carrelage"))
    made = {each.table: each for each in import_reference(folder, database)}
    assert (made["trades"].kept, made["trades"].changed, made["trades"].added) == (1, 1, 0)
    assert (made["trade_words"].kept, made["trade_words"].added) == (1, 0)
    with transaction(database) as session:
        assert session.get_one(Trade, "macon").name_f == "Bâtisseuse"
        assert session.get_one(Trade, "carreleur").name_f == "Poseuse de carrelage"
        assert session.get(TradeWord, ("macon", "gros œuvre")) is None
        assert session.get(TradeWord, ("macon", "briqueteur")) is not None
        told = session.exec(select(ReferenceChange.key).where(ReferenceChange.kind == "import")).all()
    assert len(told) == 2, "both imports changed something, and every process is told"


def test_another_process_reads_anew_within_seconds(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr(lexicons, "monotonic", lambda: clock[0])
    with transaction(desk.database) as session:
        known = lexicon(session)
    with transaction(desk.database) as session:  # what another process writes, which tells this one nothing
        session.add(TradeWord(trade_code="boulanger", word="miche", kind="everyday"))
        session.add(ReferenceChange(kind="trade_words", key="boulanger|miche", at=NOW))
    with transaction(desk.database) as session:
        assert lexicon(session) is known
        clock[0] += lexicons.SECONDS_BETWEEN_LOOKS
        assert lexicon(session) is not known
        anew = lexicon(session)
        clock[0] += lexicons.SECONDS_BETWEEN_LOOKS
        assert lexicon(session) is anew, "nothing changed since"
    assert not desk.found("miche").widened
