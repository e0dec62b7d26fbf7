"""What large invented worlds are made of: trades and towns of which a few hold most, and the words of offers."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from sqlmodel import Session, col, select

from stageplus.models import Municipality, Trade
from stageplus.services.offers.words import SILENT, words_of

COMMON_WORDS = ("équipe", "clients", "atelier", "travail", "matériel", "préparer", "nettoyer", "apprendre", "magasin")
RARE_WORDS = tuple(
    word
    for line in (
        "levain viennoiserie glaçage brushing mèche balayage carrosserie freins vidange embrayage tuyau chaudière",
        "cimaise plinthe enduit coffrage ferraillage gabarit soudure fraisage tournage affûtage taille semis haie",
        "réassort vitrine caisse inventaire bouquet tresse dressage cuisson découpe désossage salaison filet tableau",
        "câblage domotique routeur sauvegarde armature couture ourlet cuir selle fer ruche miel affinage caillé",
    )
    for word in line.split()
)


@dataclass(frozen=True)
class Ground:
    """The trades, and the municipalities of the basins, each with how often it comes: a few hold most of the offers."""

    trades: list[Trade]
    towns: list[Municipality]
    trade_weights: list[float]
    town_weights: list[float]


def common_ground(session: Session, chance: Random, first: tuple[list[str], list[str]] = ([], [])) -> Ground:
    """Read them in an order of chance; `first` names trades and towns that come most often."""
    trades = list(session.exec(select(Trade).order_by(col(Trade.code))))
    towns = [town for town in session.exec(select(Municipality).order_by(col(Municipality.ins))) if town.basin_code]
    chance.shuffle(trades)
    chance.shuffle(towns)
    ranks = [{name: rank for rank, name in enumerate(names)} for names in first]
    trades.sort(key=lambda trade: ranks[0].get(trade.code, len(ranks[0])))
    towns.sort(key=lambda town: ranks[1].get(town.name, len(ranks[1])))
    return Ground(trades, towns, few_hold_most(len(trades)), few_hold_most(len(towns)))


def few_hold_most(count: int) -> list[float]:
    """Return weights for so many things, the first the heaviest."""
    return [1 / rank**0.8 for rank in range(1, count + 1)]


def tasks_of(chance: Random) -> str:
    """Write what one does on a place."""
    return " ".join([*chance.sample(COMMON_WORDS, 4), *chance.sample(RARE_WORDS, 5)])


def word_rows(offer_id: int, municipality_ins: str, text: str) -> Iterator[dict[str, Any]]:
    """Return the rows by which search finds an offer, one for each word of a text."""
    found = sorted(set(words_of(text)) - SILENT)
    return ({"word": word, "municipality_ins": municipality_ins, "offer_id": offer_id} for word in found)
