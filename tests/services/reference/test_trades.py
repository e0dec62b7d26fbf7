"""OFFA changes trades, words and sectors: what it writes counts at once, is kept and told."""

import pytest
from sqlmodel import select

from stageplus.db.engine import reading
from stageplus.domain.errors import AlreadyDone, InvalidInput, NotFound
from stageplus.models import JournalEntry, Offer, Trade
from stageplus.services.approvals.queries import approval_form
from stageplus.services.reference.actions import (
    add_word,
    remove_word,
    save_sector,
    save_trade,
    set_trade_status,
)
from stageplus.services.reference.queries import sectors, trade_detail, trades, word_desk
from stageplus.services.reference.schemas import (
    SectorInput,
    StatusInput,
    TradeInput,
    TradeSearch,
    WordInput,
    WordSearch,
)
from tests.factories import NOW
from tests.services.reference.conftest import Desk

ARCHIVED = StatusInput(status="archivé", why="Plus de formation")


def test_the_list_finds_trades_by_name_word_sector_and_scheme(desk: Desk) -> None:
    def found(**search: str) -> list[str]:
        return [row.code for row in trades(desk.offa, TradeSearch(**search), now=NOW, on=desk.database).rows]  # type: ignore[arg-type]

    assert found() == ["boulanger", "coiffeur", "mecanicien", "patissier"]
    assert found(text="BOULANGÈRE") == found(text="pain") == ["boulanger"]
    assert found(sector="alimentation") == ["boulanger", "patissier"]
    assert found(scheme="alternance-secondaire") == ["boulanger"]
    assert found(status="archivé") == []
    [bakery, *_rest] = trades(desk.offa, TradeSearch(), now=NOW, on=desk.database).rows
    assert (bakery.name, bakery.offers, bakery.words) == ("Boulangère / Boulanger", "1", "2")


def test_a_changed_name_is_in_the_history_with_who_and_why(desk: Desk) -> None:
    data = TradeInput(
        code="boulanger", name_f="Boulangère artisane", name_m="Boulanger artisan", sector="soins", why="Décret"
    )
    assert save_trade(desk.offa, data, now=NOW, on=desk.database) == "boulanger"
    detail = trade_detail(desk.offa, "boulanger", now=NOW, on=desk.database)
    [line] = detail.history
    assert (line.before, line.after, line.why) == (
        "Boulangère / Boulanger · Alimentation",
        "Boulangère artisane / Boulanger artisan · Soins",
        "Décret",
    )
    assert line.by
    with reading(desk.database) as session:
        [entry] = session.exec(select(JournalEntry).where(JournalEntry.action == "reference.trades")).all()
    assert entry.actor_id == desk.offa.person_id


def test_nothing_is_saved_twice_or_under_another_trades_name(desk: Desk) -> None:
    same = TradeInput(code="boulanger", name_f="Boulangère", name_m="Boulanger", sector="alimentation", why="Rien")
    with pytest.raises(InvalidInput, match="form"):
        save_trade(desk.offa, same, now=NOW, on=desk.database)
    with pytest.raises(InvalidInput, match="name_f"):
        save_trade(desk.offa, same.model_copy(update={"code": "coiffeur"}), now=NOW, on=desk.database)
    with pytest.raises(InvalidInput, match="sector"):
        save_trade(desk.offa, same.model_copy(update={"sector": "mer"}), now=NOW, on=desk.database)
    with pytest.raises(NotFound):
        save_trade(desk.offa, same.model_copy(update={"code": "x", "name_f": "Y"}), now=NOW, on=desk.database)


def test_a_new_trade_gets_a_code_of_its_own(desk: Desk) -> None:
    data = TradeInput(name_f="Boulangère bio", name_m="Boulanger", sector="alimentation", why="Demandé")
    assert save_trade(desk.offa, data, now=NOW, on=desk.database) == "boulanger-2"
    assert trade_detail(desk.offa, "boulanger-2", now=NOW, on=desk.database).row.status == "validé"


def test_an_archived_trade_is_proposed_no_more_and_loses_nothing(desk: Desk) -> None:
    set_trade_status(desk.offa, "boulanger", ARCHIVED, now=NOW, on=desk.database)
    proposed = [code for code, _name in approval_form(desk.offa, now=NOW, on=desk.database).trades]
    assert "boulanger" not in proposed and "patissier" in proposed
    assert desk.found("boulanger").total == 1
    with reading(desk.database) as session:
        assert session.get_one(Offer, desk.offer).trade_code == session.get_one(Trade, "boulanger").code
    with pytest.raises(AlreadyDone):
        set_trade_status(desk.offa, "boulanger", ARCHIVED, now=NOW, on=desk.database)
    set_trade_status(desk.offa, "boulanger", StatusInput(status="validé", why="Retour"), now=NOW, on=desk.database)
    assert "boulanger" in [code for code, _name in approval_form(desk.offa, now=NOW, on=desk.database).trades]


def test_a_word_leads_to_its_trade_at_once_and_no_more_when_it_is_removed(desk: Desk) -> None:
    assert desk.found("zizoulette").widened
    data = WordInput(word="Zizoulette", trade="Boulangère / Boulanger")
    assert add_word(desk.offa, data, now=NOW, on=desk.database) == "Boulangère / Boulanger"
    assert not desk.found("zizoulettes").widened
    with pytest.raises(InvalidInput, match="word"):
        add_word(desk.offa, data, now=NOW, on=desk.database)
    with pytest.raises(InvalidInput, match="trade"):
        add_word(desk.offa, data.model_copy(update={"trade": "luthier"}), now=NOW, on=desk.database)
    assert remove_word(desk.offa, "boulanger", "zizoulette", now=NOW, on=desk.database) == "zizoulette"
    assert desk.found("zizoulette").widened
    with pytest.raises(NotFound):
        remove_word(desk.offa, "boulanger", "zizoulette", now=NOW, on=desk.database)
    history = trade_detail(desk.offa, "boulanger", now=NOW, on=desk.database).history
    assert [bool(line.after) for line in history] == [False, True]


def test_words_are_found_with_the_trade_they_mean(desk: Desk) -> None:
    found = word_desk(desk.offa, WordSearch(text="GATEAU"), now=NOW, on=desk.database)
    assert [(row.word, row.trade) for row in found.words] == [("gateau", "patissier")]


def test_a_sector_changes_with_its_history(desk: Desk) -> None:
    save_sector(desk.offa, SectorInput(name="Bois", has_coach=True, why="Nouveau"), now=NOW, on=desk.database)
    save_sector(desk.offa, SectorInput(code="bois", name="Bois et forêt", why="Nom"), now=NOW, on=desk.database)
    page = sectors(desk.offa, now=NOW, on=desk.database)
    assert [(row.name, row.has_coach) for row in page.rows if row.code == "bois"] == [("Bois et forêt", False)]
    assert page.history[0].before == "Bois · avec coachs"
    with pytest.raises(InvalidInput, match="name"):
        save_sector(desk.offa, SectorInput(name="Soins", why="Double"), now=NOW, on=desk.database)
