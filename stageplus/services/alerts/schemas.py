"""What alerts take and what learners read of them."""

from dataclasses import dataclass, field

from stageplus.domain.alerts import AlertPace
from stageplus.services.inputs import Input
from stageplus.services.offers.schemas import OfferCard, OfferSearch


class AlertInput(OfferSearch):
    """A search to save, and how often to mail what it finds."""

    pace: AlertPace = AlertPace.DAILY


class PaceInput(Input):
    """How often to mail what an alert finds."""

    pace: AlertPace


@dataclass(frozen=True)
class AlertRow:
    """An alert in the list: `fields` are those of its search, for the address that shows it again."""

    alert_id: int
    label: str
    pace: str
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class AlertNews:
    """An open offer that an alert found; `is_new` until the learner has seen the list."""

    card: OfferCard
    is_new: bool


@dataclass(frozen=True)
class Alerts:
    """The learner's alerts and the open offers they found, the latest first; `by_mail` when any of them is mailed."""

    rows: list[AlertRow] = field(default_factory=list)
    news: list[AlertNews] = field(default_factory=list)
    by_mail: bool = False
