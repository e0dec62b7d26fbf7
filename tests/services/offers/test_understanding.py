"""One box understands trades, places and words of offers, on both databases alike."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, delete, select

from stageplus.db.engine import transaction
from stageplus.db.words import pieces_of, remember_words, words_like
from stageplus.models import Learner, Offer, OfferWord, TradeWord, WordPiece
from stageplus.services.offers.actions import refresh_words
from stageplus.services.offers.lexicon import Lexicon, lexicon
from stageplus.services.offers.queries import new_offers_for
from stageplus.services.offers.schemas import OfferSearch
from stageplus.services.offers.understanding import filters_of, searcher_of, understand
from stageplus.services.offers.words import errors_allowed
from tests import factories
from tests.factories import NOW

TASKS = "Pétrir la pâte, préparer les viennoiseries et le levain."


@pytest.fixture
def session(database: Engine) -> Iterator[Session]:
    with transaction(database) as opened:
        factories.minimal_reference(opened)
        opened.add(TradeWord(trade_code="coiffeur", word="forêt de perruques", kind="everyday"))
        factories.a_learner(opened)
        offer = factories.an_offer(opened, tasks=TASKS)
        refresh_words(opened, offer)
        yield opened


def asked(session: Session, text: str, **fields: Any) -> Any:
    learner = session.exec(select(Learner)).one()
    searcher = searcher_of(session, learner.id, NOW.date())
    known, search = lexicon(session), OfferSearch.read({"text": text, **fields})
    return understand(session, known, search, filters_of(known, search, searcher, NOW.date()))


@pytest.mark.parametrize(
    ("text", "trades", "place", "words"),
    [
        ("mecano namur", ["mecanicien"], "Namur", ()),
        ("coifeuse", ["coiffeur"], "", ()),
        ("Koiffeuse 4000 Liège", ["coiffeur"], "Liège", ()),
        ("boulangerie 4000 liege", ["boulanger"], "Liège", ()),
        ("stage de boulangère à Fosses la ville", ["boulanger"], "Fosses-la-Ville", ()),
        ("je cherche un patron boulanger près de mons", ["boulanger"], "Mons", ()),
        ("boulanger namurr", ["boulanger"], "Namur", ()),
        ("1000", [], "Bruxelles", ()),
        ("levain", [], "", ("levain",)),
        ("levian", [], "", ("levain",)),
        ("viennois", [], "", ("viennoiserie",)),
        ("boulanger levin", ["boulanger"], "", ("levain",)),
        ("licorne", [], "", ("licorne",)),
        ("travail", [], "", ("travail",)),
        ("mon boulanger", ["boulanger"], "", ()),
        ("16 ans", [], "", ("16", "ans")),
        ('"pain" NEAR -gateau*', ["boulanger", "patissier"], "", ("near",)),
    ],
)
def test_words_become_trades_places_or_words_of_offers(
    session: Session, text: str, trades: list[str], place: str, words: tuple[str, ...]
) -> None:
    request = asked(session, text)
    assert sorted(request.wanted.trades) == trades
    assert (request.center.name if request.center else "") == place
    assert request.wanted.words in (words, tuple(sorted(words)))


def test_what_was_guessed_is_said(session: Session) -> None:
    assert asked(session, "boulanger").words == ""
    assert asked(session, "boulamger").words == "Compris\u00a0: Boulangère / Boulanger."
    assert asked(session, "boulanger namur").words == "Compris\u00a0: Boulangère / Boulanger, près de Namur."
    assert asked(session, "levian").words.startswith("Aucune offre n’a ces mots exactement")


def test_the_place_field_wins_over_a_place_in_the_words(session: Session) -> None:
    request = asked(session, "boulanger liège", place="Namur")
    assert (request.center.name, request.elsewhere, request.wanted.words) == ("Namur", "Liège", ())
    assert asked(session, "boulanger namur", place="5000").elsewhere == ""
    assert asked(session, "boulanger", place="Nulle-part") is None


def test_a_name_that_is_a_trade_s_word_too_is_a_place_after_a_or_beside_another_trade(session: Session) -> None:
    from stageplus.models import PlaceName

    session.add(PlaceName(name="Forêt", municipality_ins="62063"))
    session.flush()
    known = Lexicon(session)
    places = {text: known.read(text).place for text in ("forêt", "coiffeur forêt", "coiffeur à forêt", "pain forêt")}
    assert places == {"forêt": "", "coiffeur forêt": "", "coiffeur à forêt": "62063", "pain forêt": "62063"}


def test_the_trade_typed_in_whole_fits_best(session: Session) -> None:
    session.add(TradeWord(trade_code="patissier", word="gateau de boulanger", kind="everyday"))
    session.flush()
    known = Lexicon(session)
    trades = known.understand(known.read("boulanger")).trades
    assert trades["boulanger"] == 1
    assert trades.get("patissier", 0) < 1


def test_words_of_offers_are_found_by_what_is_nearly_written_so(session: Session) -> None:
    remember_words(session, ["levain", "levain", "2027", "sec"])
    like = words_like(session, ["levian", "sec", "2027", "viennoiserie", "xyzzy"], errors_allowed)
    assert like["levian"] == ["levain"]
    assert like["viennoiserie"][0] == "viennoiserie"
    assert not {"sec", "2027", "xyzzy"} & set(like)


def test_a_word_that_no_open_offer_has_any_more_is_not_proposed(session: Session) -> None:
    session.exec(delete(OfferWord))
    assert session.exec(select(WordPiece)).first() is not None
    assert words_like(session, ["levain", "levian"], errors_allowed) == {}


def test_short_words_and_numbers_have_no_pieces() -> None:
    assert pieces_of("sec") == pieces_of("12345") == []
    assert pieces_of("four") == ["  f", " fo", "fou", "our", "ur "]


def test_new_offers_of_a_saved_search(session: Session) -> None:
    learner, old = session.exec(select(Learner)).one(), session.exec(select(Offer)).one()
    old.published_at = NOW - timedelta(days=9)
    new = factories.an_offer(session, published_at=NOW - timedelta(hours=2))
    factories.an_offer(session, trade_code="coiffeur", published_at=NOW - timedelta(hours=1))
    search = OfferSearch.read({"text": "boulangère namur"})

    def found(since: timedelta, **fields: str) -> list[int]:
        saved = search.model_copy(update=fields)
        return [card.offer_id for card in new_offers_for(session, learner, saved, NOW - since, NOW)]

    assert found(timedelta(hours=3)) == [new.id]
    assert found(timedelta(days=400)) == [new.id, old.id]
    assert found(timedelta(hours=1)) == []
    assert found(timedelta(days=1), place="Mons") == found(timedelta(days=1), place="Nulle-part") == []
    factories.an_application(session, new, learner)
    assert found(timedelta(hours=3)) == []
