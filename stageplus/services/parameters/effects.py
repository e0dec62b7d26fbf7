"""What another value of a parameter would do, computed from the live data: counts, amounts and dates, before and after.

A parameter without an entry in `COMPUTED` has no preview: its page says what it governs instead.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlmodel import Session, col, func, select

from stageplus.domain.actors import Role
from stageplus.domain.applications import TO_ANSWER
from stageplus.domain.hours import Night
from stageplus.domain.offers import OfferStatus
from stageplus.domain.reference import SearchState
from stageplus.models import (
    Alert,
    AnswerRate,
    Application,
    Favourite,
    FruitlessSearch,
    Offer,
    Person,
    SignInSession,
)
from stageplus.services.parameters.schemas import Effect
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels, long_date, money, number

Values = Mapping[str, str]


@dataclass(frozen=True)
class Tried:
    """A parameter with every value in force, the one that is tried in its place, and when it is looked at."""

    session: Session
    name: str
    before: Values
    after: Values
    now: datetime

    @property
    def today(self) -> date:
        """Return the day in Brussels."""
        return day_in_brussels(self.now)

    def number(self, values: Values) -> float:
        """Return the value of the parameter that is tried."""
        return float(values[self.name])

    def counted(self, what: str, statement: Callable[[float], Any]) -> list[Effect]:
        """Count with both values."""
        before, after = (
            int(self.session.execute(statement(self.number(each))).scalar_one()) for each in (self.before, self.after)
        )
        return [Effect(what, number(before), number(after))]


def effects_of(tried: Tried) -> list[Effect]:
    """Say what a value would do; nothing for a parameter that no preview is computed for."""
    computed = COMPUTED.get(tried.name)
    return computed(tried) if computed else []


def is_computed(name: str) -> bool:
    """Say whether a parameter's effect is computed."""
    return name in COMPUTED


def _pay(tried: Tried) -> list[Effect]:
    def amount(values: Values, level: str) -> str:
        return money(float(values["rmmmg_monthly_eur"]) * float(values[f"pay_rate_{level}"]) / 100)

    levels = [
        Effect(
            _("Rétribution minimale, niveau {level}").format(level=level.upper()),
            amount(tried.before, level),
            amount(tried.after, level),
        )
        for level in ("a", "b", "c")
    ]
    open_ones = _offers_now(tried)
    return [*levels, Effect(_("Offres en ligne qui montrent ces montants"), open_ones, open_ones)]


def _lifetime(tried: Tried) -> list[Effect]:
    before, after = (
        long_date(tried.today + timedelta(days=tried.number(each))) for each in (tried.before, tried.after)
    )
    open_ones = _offers_now(tried)
    return [
        Effect(_("Fin proposée d’une offre publiée aujourd’hui"), before, after),
        Effect(_("Offres en ligne, dont la fin reste la même"), open_ones, open_ones),
    ]


def _ending_within(what: str) -> Callable[[Tried], list[Effect]]:
    def ending(tried: Tried) -> list[Effect]:
        return tried.counted(what, lambda days: _offers(_ends_within(tried.today, days)))

    return ending


def _renewable(tried: Tried) -> list[Effect]:
    def over(days: float) -> Any:
        since = tried.today - timedelta(days=days)
        ended = col(Offer.ends_on).between(since, tried.today - timedelta(days=1))
        return select(func.count(col(Offer.id))).where(Offer.status == OfferStatus.EXPIRED, ended)

    return tried.counted(_("Offres terminées que leur lien renouvelle encore"), over)


def _helped(tried: Tried) -> list[Effect]:
    applied = select(Application.id).where(Application.offer_id == Offer.id).exists()
    what = _("Offres en ligne sans candidature qui reçoivent des conseils")
    return tried.counted(what, lambda days: _offers(_ends_within(tried.today, days), ~applied))


def _waiting_since(what: str) -> Callable[[Tried], list[Effect]]:
    def waiting(tried: Tried) -> list[Effect]:
        def counted(days: float) -> Any:
            late = col(Application.sent_at) < tried.now - timedelta(days=days)
            live = col(Application.status).in_(sorted(TO_ANSWER))
            return select(func.count(col(Application.id))).where(live, late)

        return tried.counted(what, counted)

    return waiting


def _habits(tried: Tried) -> list[Effect]:
    counted = select(func.count(col(AnswerRate.company_id)))
    what = _("Entreprises dont le taux de réponse est montré")
    return tried.counted(what, lambda least: counted.where(AnswerRate.received >= least))


def _at_most(what: str, owner: Any) -> Callable[[Tried], list[Effect]]:
    def full(tried: Tried) -> list[Effect]:
        def counted(most: float) -> Any:
            those = select(owner).group_by(owner).having(func.count() >= most).subquery()
            return select(func.count()).select_from(those)

        return tried.counted(what, counted)

    return full


def _evening(tried: Tried) -> list[Effect]:
    through = col(Offer.day_ends_at) <= col(Offer.day_starts_at)
    what = _("Offres en ligne que « pas de travail le soir » écarte")
    return tried.counted(what, lambda hour: _offers((col(Offer.day_ends_at) > time(int(hour))) | through))


def _night(tried: Tried) -> list[Effect]:
    begin, end = col(Offer.day_starts_at), col(Offer.day_ends_at)
    hours: Any = select(begin, end, func.count()).where(Offer.status == OfferStatus.PUBLISHED).group_by(begin, end)
    found = tried.session.execute(hours).all()
    before, after = (
        sum(count for starts, ends, count in found if Night.in_force(each).touches(starts, ends))
        for each in (tried.before, tried.after)
    )
    return [Effect(_("Offres en ligne qui touchent à la nuit"), number(before), number(after))]


def _short_weeks(tried: Tried) -> list[Effect]:
    what = _("Offres en ligne avec moins d’heures, qui restent jusqu’à leur fin")
    return tried.counted(what, lambda hours: _offers(col(Offer.weekly_hours) < hours))


def _idle(tried: Tried) -> list[Effect]:
    role = Role(tried.name.removeprefix("session_idle_minutes_"))

    def alive(minutes: float) -> Any:
        recent = col(SignInSession.last_seen_at) > tried.now - timedelta(minutes=minutes)
        return _sessions(role).where(recent)

    return tried.counted(_("Sessions ouvertes en ce moment"), alive)


def _longest(tried: Tried) -> list[Effect]:
    role = Role(tried.name.removeprefix("session_absolute_hours_"))

    def alive(hours: float) -> Any:
        return _sessions(role).where(col(SignInSession.created_at) > tried.now - timedelta(hours=hours))

    return tried.counted(_("Sessions commencées depuis moins longtemps"), alive)


def _rare_searches(tried: Tried) -> list[Effect]:
    waiting = select(func.count(col(FruitlessSearch.words))).where(FruitlessSearch.state == SearchState.WAITING)
    what = _("Recherches sans résultat montrées à OFFA")
    return tried.counted(what, lambda least: waiting.where(FruitlessSearch.times >= least))


def _old_searches(tried: Tried) -> list[Effect]:
    def kept(days: float) -> Any:
        recent = col(FruitlessSearch.last_at) >= tried.now - timedelta(days=days)
        return select(func.count(col(FruitlessSearch.words))).where(recent)

    return tried.counted(_("Recherches sans résultat gardées"), kept)


def _ends_within(today: date, days: float) -> Any:
    return col(Offer.ends_on).between(today, today + timedelta(days=days))


def _offers(*conditions: Any) -> Any:
    return select(func.count(col(Offer.id))).where(Offer.status == OfferStatus.PUBLISHED, *conditions)


def _offers_now(tried: Tried) -> str:
    return number(int(tried.session.execute(_offers()).scalar_one()))


def _sessions(role: Role) -> Any:
    theirs = select(func.count(col(SignInSession.id))).join(Person, col(SignInSession.person_id) == Person.id)
    return theirs.where(Person.role == role, col(SignInSession.ended_at).is_(None))


COMPUTED: dict[str, Callable[[Tried], list[Effect]]] = {
    "rmmmg_monthly_eur": _pay,
    "pay_rate_a": _pay,
    "pay_rate_b": _pay,
    "pay_rate_c": _pay,
    "weekly_company_hours_min": _short_weeks,
    "night_from": _night,
    "night_to": _night,
    "evening_from": _evening,
    "offer_lifetime_days": _lifetime,
    "offer_ending_soon_days": _ending_within(_("Offres en ligne signalées comme se terminant bientôt")),
    "offer_reminder_days_1": _ending_within(_("Offres en ligne à l’heure du premier rappel, ou après")),
    "offer_reminder_days_2": _ending_within(_("Offres en ligne à l’heure du dernier rappel")),
    "offer_renewal_late_days": _renewable,
    "offer_help_days": _helped,
    "answer_due_days": _waiting_since(_("Candidatures sans réponse qui seraient en retard")),
    "answer_reminder_days_1": _waiting_since(_("Candidatures à l’heure du premier rappel, ou après")),
    "answer_reminder_days_2": _waiting_since(_("Candidatures à l’heure du deuxième rappel, ou après")),
    "no_answer_after_days": _waiting_since(_("Candidatures qui seraient closes « sans réponse »")),
    "answer_habit_least": _habits,
    "favourite_offers_max": _at_most(_("Apprenants qui atteignent la limite"), col(Favourite.learner_id)),
    "alerts_max": _at_most(_("Apprenants qui atteignent la limite"), col(Alert.learner_id)),
    "fruitless_search_least": _rare_searches,
    "fruitless_search_days": _old_searches,
    **{f"session_idle_minutes_{role}": _idle for role in Role},
    **{f"session_absolute_hours_{role}": _longest for role in Role},
}
