"""Use cases of dispositifs: OFFA adds one, gives it other rules from a day on, ends it; nothing used is deleted."""

from datetime import date, datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.errors import AlreadyDone, InvalidInput, NotFound, NotPossible
from stageplus.models import Scheme, SchemeRule
from stageplus.services.networks.queries import names
from stageplus.services.reference.actions import fresh_code, note_change
from stageplus.services.reference.schemas import Change
from stageplus.services.registers.queries import schemes_in_force
from stageplus.services.schemes.schemas import EndInput, ReopenInput, RuleInput, SchemeInput
from stageplus.services.schemes.wording import rule_words, since_words
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels, short_date

FURTHEST = timedelta(days=3653)
RULES = ("min_age", "min_age_with_two_years", "max_age_contract", "pay_rates")


def save_scheme(actor: Actor | None, data: SchemeInput, *, now: datetime, on: Engine | None = None) -> str:
    """Add a dispositif, or give one another name and other rules from a day on, and return its code.

    Rules of today and later only: what was in force stays as it was. Raises `NotFound` for a code of nothing,
    `InvalidInput` for a name that another has, an unknown network, a day that is over, or when nothing changes.
    """
    actor = require(actor, Permission.REFERENCE_MANAGE)
    today = day_in_brussels(now)
    with transaction(on) as session:
        scheme = _held(session, data.code) if data.code else None
        check(session, data, today)
        scheme = scheme or _added(session, actor, data, now)
        renamed = _rename(session, actor, scheme, data, now)
        ruled = _rule(session, actor, scheme, data, now)
        if not renamed and not ruled:
            raise InvalidInput({"form": _("Rien n’a changé : il n’y a rien à enregistrer.")})
        return scheme.code


def drop_rule(actor: Actor | None, code: str, day: date, *, now: datetime, on: Engine | None = None) -> str:
    """Take back what a dispositif would ask from a later day on, and return its name.

    Raises `NotFound` when there is no such rule, `NotPossible` when its day has come or the dispositif has no other.
    """
    actor = require(actor, Permission.REFERENCE_MANAGE)
    with transaction(on) as session:
        scheme = _held(session, code)
        dated = {rule.effective_from: rule for rule in rules_of(session, code)}
        if day not in dated:
            raise NotFound
        if day <= day_in_brussels(now) or len(dated) == 1:
            raise NotPossible("drop", "en vigueur")
        before = f"{rule_words(dated[day], names(session))} {since_words(day)}"
        session.delete(dated[day])
        note_change(session, actor, Change("scheme_rules", code, before, _("retirée avant son entrée en vigueur")), now)
        return scheme.name


def end_scheme(actor: Actor | None, code: str, data: EndInput, *, now: datetime, on: Engine | None = None) -> str:
    """Let no offer begin in a dispositif after a day, and return its name; its offers and learners stay as they are.

    Raises `InvalidInput` when the day is over or no other dispositif would be in force on the next one.
    """
    actor = require(actor, Permission.REFERENCE_MANAGE)
    with transaction(on) as session:
        scheme = _held(session, code, all_of_them=True)
        _check_day(data.last_day, "last_day", day_in_brussels(now))
        others = [each for each, _r in schemes_in_force(session, data.last_day + timedelta(days=1)) if each != scheme]
        if not others:
            raise InvalidInput({"last_day": _("Aucun autre dispositif ne serait en vigueur le lendemain.")})
        return _end(session, actor, scheme, data.last_day, data.why, now)


def reopen_scheme(actor: Actor | None, code: str, data: ReopenInput, *, now: datetime, on: Engine | None = None) -> str:
    """Let offers begin in a dispositif again, and return its name; raises `AlreadyDone` when it has no end."""
    actor = require(actor, Permission.REFERENCE_MANAGE)
    with transaction(on) as session:
        scheme = _held(session, code)
        if scheme.last_day is None:
            raise AlreadyDone
        return _end(session, actor, scheme, None, data.why, now)


def check(session: Session, data: RuleInput, today: date) -> None:
    """Refuse a name that another dispositif has, a network of nothing, and a day that is over or far away."""
    same = select(Scheme).where(Scheme.name == data.name, Scheme.code != data.code)
    wrong = {"name": _("Un autre dispositif porte déjà ce nom.")} if session.exec(same).first() else {}
    if not set(data.kinds) <= set(names(session)):
        wrong["kinds"] = _("Un choix de la liste est attendu ici.")
    if wrong:
        raise InvalidInput(wrong)
    if data.code:
        _check_day(data.effective_from, "effective_from", today)
    elif abs(data.effective_from - today) > FURTHEST:
        raise InvalidInput({"effective_from": _("Cette date est trop lointaine : dix ans au plus.")})


def rule_of(data: RuleInput, code: str) -> SchemeRule:
    """Return the rule that was typed; it is not saved."""
    values = data.model_dump(include={"effective_from", *RULES})
    return SchemeRule(scheme_code=code, operator_kinds="|".join(sorted(set(data.kinds))), **values)


def rules_of(session: Session, code: str) -> list[SchemeRule]:
    """List the rules of a dispositif, the oldest first."""
    wanted = select(SchemeRule).where(SchemeRule.scheme_code == code).order_by(col(SchemeRule.effective_from))
    return list(session.exec(wanted).all())


def _held(session: Session, code: str, *, all_of_them: bool = False) -> Scheme:
    """Load a dispositif for a change that nobody else makes meanwhile; with all others where they depend on it."""
    wanted = select(Scheme).order_by(Scheme.code).with_for_update()
    known = {each.code: each for each in session.exec(wanted if all_of_them else wanted.where(Scheme.code == code))}
    if code not in known:
        raise NotFound
    return known[code]


def _added(session: Session, actor: Actor, data: SchemeInput, now: datetime) -> Scheme:
    scheme = Scheme(code=fresh_code(session, Scheme, data.name), name=data.name)
    session.add(scheme)
    session.flush()
    note_change(session, actor, Change("schemes", scheme.code, "", scheme.name, data.why), now)
    return scheme


def _rename(session: Session, actor: Actor, scheme: Scheme, data: SchemeInput, now: datetime) -> bool:
    if scheme.name == data.name:
        return False
    change = Change("schemes", scheme.code, scheme.name, data.name, data.why)
    scheme.name = data.name
    session.add(scheme)
    note_change(session, actor, change, now)
    return True


def _rule(session: Session, actor: Actor, scheme: Scheme, data: SchemeInput, now: datetime) -> bool:
    typed, known = rule_of(data, scheme.code), rules_of(session, scheme.code)
    before = next((rule for rule in reversed(known) if rule.effective_from <= typed.effective_from), None)
    if before and _asked(before) == _asked(typed):
        return False
    networks = names(session)
    words = rule_words(before, networks) if before else ""
    session.merge(typed)
    session.flush()
    after = f"{rule_words(typed, networks)} {since_words(typed.effective_from)}"
    note_change(session, actor, Change("scheme_rules", scheme.code, words, after, data.why), now)
    return True


def _asked(rule: SchemeRule) -> list[object]:
    """Return what a rule asks, whatever the order in which its networks were named."""
    return [*(getattr(rule, name) for name in RULES), set(rule.operator_kinds.split("|"))]


def _end(session: Session, actor: Actor, scheme: Scheme, day: date | None, why: str, now: datetime) -> str:
    before, after = (_ends(each) for each in (scheme.last_day, day))
    if before == after:
        raise AlreadyDone
    scheme.last_day = day
    session.add(scheme)
    session.flush()
    note_change(session, actor, Change("schemes", scheme.code, before, after, why), now)
    return scheme.name


def _ends(day: date | None) -> str:
    return _("se ferme le {day}").format(day=short_date(day)) if day else _("ouvert")


def _check_day(day: date, field: str, today: date) -> None:
    if day < today:
        raise InvalidInput({field: _("Cette date est passée : choisissez aujourd’hui ou plus tard.")})
    if day > today + FURTHEST:
        raise InvalidInput({field: _("Cette date est trop lointaine : dix ans au plus.")})
