"""What OFFA reads of dispositifs: what they ask now and later, and what a change would do."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.errors import NotFound
from stageplus.domain.offers import OfferStatus
from stageplus.models import Offer, Scheme, SchemeRule
from stageplus.services.networks.queries import names
from stageplus.services.reference.queries import changes_of
from stageplus.services.schemes.actions import check, rule_of, rules_of
from stageplus.services.schemes.effects import effects_of
from stageplus.services.schemes.schemas import (
    RuleInput,
    SchemeDetail,
    SchemePage,
    SchemePreview,
    SchemeRow,
)
from stageplus.services.schemes.wording import (
    ages_words,
    kinds_words,
    pay_words,
    rule_row,
    rule_words,
    since_words,
    standing_of,
)
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels, number, offers_counted


def schemes(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> SchemePage:
    """List all dispositifs with what they ask and their open offers, and what OFFA changed in them."""
    actor = require(actor, Permission.REFERENCE_MANAGE)
    today = day_in_brussels(now)
    with reading(on) as session:
        networks = names(session)
        found = session.exec(select(Scheme).order_by(Scheme.name)).all()
        online, dated = _online(session), defaultdict(list)
        for rule in session.exec(select(SchemeRule).order_by(col(SchemeRule.effective_from))):
            dated[rule.scheme_code].append(rule)
        return SchemePage(
            rows=[_row(each, dated[each.code], online.get(each.code, 0), networks, today) for each in found],
            networks=list(networks.items()),
            earliest=today.isoformat(),
            history=changes_of(session, "schemes", "scheme_rules"),
        )


def scheme_detail(actor: Actor | None, code: str, *, now: datetime, on: Engine | None = None) -> SchemeDetail:
    """Show a dispositif with its rules past, present and planned; raises `NotFound` for a code of nothing."""
    actor = require(actor, Permission.REFERENCE_MANAGE)
    today = day_in_brussels(now)
    with reading(on) as session:
        scheme = session.get(Scheme, code)
        if scheme is None:
            raise NotFound
        networks, dated = names(session), rules_of(session, code)
        current, last = _current(dated, today), dated[-1]
        return SchemeDetail(
            row=_row(scheme, dated, _online(session).get(code, 0), networks, today),
            min_age=str(last.min_age),
            min_age_with_two_years=str(last.min_age_with_two_years),
            max_age_contract=str(last.max_age_contract),
            kinds=last.operator_kinds.split("|"),
            pay_rates=last.pay_rates.replace("|", " ").replace(".", ","),
            earliest=max(today, last.effective_from).isoformat(),
            last_day=scheme.last_day.isoformat() if scheme.last_day else "",
            depends=offers_counted(_ever(session, code)),
            rules=[rule_row(each, current, networks, today) for each in reversed(dated)],
            networks=list(networks.items()),
            history=changes_of(session, "schemes", "scheme_rules", keys=[code]),
        )


def preview_scheme(actor: Actor | None, data: RuleInput, *, now: datetime, on: Engine | None = None) -> SchemePreview:
    """Say what a dispositif with these rules would do on the data of this moment; nothing is saved.

    Raises `InvalidInput` for what `save_scheme` would refuse.
    """
    actor = require(actor, Permission.REFERENCE_MANAGE)
    today = day_in_brussels(now)
    with reading(on) as session:
        check(session, data, today)
        dated = rules_of(session, data.code)
        before, after = _current(dated, today) if dated else None, rule_of(data, data.code)
        words = f"{data.name} · {rule_words(after, names(session))} {since_words(after.effective_from)}"
        return SchemePreview(words, effects_of(session, before, after, today))


def _current(dated: Sequence[SchemeRule], today: date) -> SchemeRule:
    return next((each for each in reversed(dated) if each.effective_from <= today), dated[0])


def _row(
    scheme: Scheme, dated: Sequence[SchemeRule], online: int, networks: Mapping[str, str], today: date
) -> SchemeRow:
    rule = _current(dated, today)
    standing, tone = standing_of(scheme, rule, today)
    later = [each for each in dated if each.effective_from > today and each is not rule]
    return SchemeRow(
        code=scheme.code,
        name=scheme.name,
        ages=ages_words(rule),
        kinds_words=kinds_words(rule, networks),
        pay_words=pay_words(rule),
        standing=standing,
        tone=tone,
        planned=_("d’autres règles {days}").format(days=", ".join(since_words(each.effective_from) for each in later))
        if later
        else "",
        offers=number(online),
    )


def _online(session: Session) -> dict[str, int]:
    """Count the published offers of each dispositif."""
    counted: Any = select(Offer.scheme_code, func.count()).where(Offer.status == OfferStatus.PUBLISHED)
    found = session.execute(counted.group_by(Offer.scheme_code))
    return {code: count for code, count in found}  # noqa: C416 — rows are no pairs for the types


def _ever(session: Session, code: str) -> int:
    return session.exec(select(func.count(col(Offer.id))).where(Offer.scheme_code == code)).one()
