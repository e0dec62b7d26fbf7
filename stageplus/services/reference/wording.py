"""The reference data in one line each, as its history shows them."""

from stageplus.domain.titles import both_genders
from stageplus.models import Scheme, Sector, Trade, TradeWord
from stageplus.services.reference.schemas import KIND_WORDS, OPERATOR_WORDS
from stageplus.texts import _
from stageplus.texts.formats import short_date


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


def kinds_words(scheme: Scheme) -> str:
    """Name the networks of operators of a scheme."""
    return ", ".join(OPERATOR_WORDS.get(kind, kind) for kind in scheme.operator_kinds.split("|"))


def ages_words(scheme: Scheme) -> str:
    """Say the ages of a scheme, in years."""
    return _("dès {least} ans ({two} avec deux années de secondaire), contrat avant {most} ans").format(
        least=scheme.min_age, two=scheme.min_age_with_two_years, most=scheme.max_age_contract
    )


def scheme_line(scheme: Scheme) -> str:
    """Say a scheme whole."""
    since = _("à partir du {day}").format(day=short_date(scheme.effective_from))
    return " · ".join([scheme.name, ages_words(scheme), kinds_words(scheme), since])
