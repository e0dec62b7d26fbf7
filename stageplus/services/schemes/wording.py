"""Dispositifs in words: their ages, networks, pay and how they stand."""

from collections.abc import Mapping
from datetime import date

from stageplus.models import Scheme, SchemeRule
from stageplus.services.schemes.schemas import RuleRow
from stageplus.texts import _
from stageplus.texts.formats import long_date, number, short_date


def kinds_words(rule: SchemeRule, networks: Mapping[str, str]) -> str:
    """Name the networks that run a dispositif."""
    return ", ".join(networks.get(kind, kind) for kind in rule.operator_kinds.split("|"))


def ages_words(rule: SchemeRule) -> str:
    """Say the ages of a dispositif, in years."""
    if rule.min_age == rule.min_age_with_two_years:
        words = _("dès {least} ans, contrat avant {most} ans")
        return words.format(least=rule.min_age, most=rule.max_age_contract)
    return _("dès {least} ans ({two} avec deux années de secondaire), contrat avant {most} ans").format(
        least=rule.min_age, two=rule.min_age_with_two_years, most=rule.max_age_contract
    )


def pay_words(rule: SchemeRule) -> str:
    """Say which shares of the minimum income count as the minimum rétribution."""
    if not rule.pay_rates:
        return _("rétribution du contrat d’alternance")
    rates = " · ".join(number(float(rate)) for rate in rule.pay_rates.split("|"))
    return _("rétribution : {rates} % du revenu minimum").format(rates=rates)


def rule_words(rule: SchemeRule, networks: Mapping[str, str]) -> str:
    """Say a whole rule."""
    return " · ".join([ages_words(rule), kinds_words(rule, networks), pay_words(rule)])


def since_words(day: date) -> str:
    """Say from which day on something counts."""
    return _("dès le {day}").format(day=short_date(day))


def standing_of(scheme: Scheme, rule: SchemeRule, today: date) -> tuple[str, str]:
    """Say how a dispositif stands, and in which tone."""
    if scheme.last_day is not None and scheme.last_day < today:
        return _("Fermé depuis le {day}").format(day=short_date(scheme.last_day)), "neutral"
    if scheme.last_day is not None:
        return _("Se ferme le {day}").format(day=short_date(scheme.last_day)), "warning"
    if rule.effective_from > today:
        return _("S’ouvre le {day}").format(day=short_date(rule.effective_from)), "warning"
    return _("En vigueur"), "success"


def rule_row(rule: SchemeRule, current: SchemeRule, networks: Mapping[str, str], today: date) -> RuleRow:
    """Build the line of one rule; the one that is alone cannot be taken back."""
    later = rule.effective_from > today
    standing, tone = (_("Prévue"), "warning") if later else (_("Remplacée"), "neutral")
    if rule is current and not later:
        standing, tone = _("En vigueur"), "success"
    return RuleRow(
        words=rule_words(rule, networks),
        since=long_date(rule.effective_from),
        standing=standing,
        tone=tone,
        day=rule.effective_from.isoformat() if later and rule is not current else "",
    )
