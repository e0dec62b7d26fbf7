"""The reference data in one line each, as its history shows them."""

from stageplus.domain.titles import both_genders
from stageplus.models import Sector, Trade, TradeWord
from stageplus.services.reference.schemas import KIND_WORDS
from stageplus.texts import _


def trade_line(trade: Trade, sector: Sector) -> str:
    """Say a trade's names, sector and age rule."""
    ages = _("sans limite d’âge") if trade.no_age_limit else ""
    return " · ".join(filter(None, [both_genders(trade.name_f, trade.name_m), sector.name, ages]))


def word_line(word: TradeWord, trade: Trade) -> str:
    """Say a word and what it means."""
    kind = KIND_WORDS.get(word.kind, word.kind)
    return f"« {word.word} » ({kind}) : {both_genders(trade.name_f, trade.name_m)}"


def sector_line(sector: Sector) -> str:
    """Say a sector, its fund and whether it has coaches."""
    coach = _("avec coachs") if sector.has_coach else _("sans coach")
    return " · ".join(filter(None, [sector.name, sector.fund, coach]))
