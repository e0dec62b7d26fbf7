"""Every kind of letter, the group in which people choose its rhythm, and the hours in which none leaves (our own rule).

Whoever adds a letter adds a line to `LETTERS`: it is then in the site's list, in the choices at `/compte` and in the
daily mail.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Self

from stageplus.domain.actors import Role


class Group(StrEnum):
    """A handful of letters that people understand as one subject."""

    SAFETY = "sécurité"
    DECISIONS = "décisions"
    DIGEST = "résumé"
    ANSWERS = "réponses"
    INTERVIEWS = "entretiens"
    ALERTS = "alertes"
    APPLICATIONS = "candidatures"
    REMINDERS = "rappels"
    INTRODUCTIONS = "mises en relation"
    LEARNERS = "apprenants"
    REGISTERS = "agréments"
    CLAIMS = "demandes d’accès"
    PLACES = "places"
    COACHES = "coachs"


class MailPace(StrEnum):
    """How often somebody is mailed what belongs to a group; the site shows it in any case."""

    AT_ONCE = "tout de suite"
    DAILY = "une fois par jour"
    NEVER = "jamais"


LETTERS: Mapping[str, Group] = {
    "account": Group.SAFETY,
    "activation": Group.SAFETY,
    "claim": Group.SAFETY,
    "suspension": Group.SAFETY,
    "team": Group.SAFETY,
    "document-infected": Group.SAFETY,
    "approval": Group.DECISIONS,
    "moderation": Group.DECISIONS,
    "digest": Group.DIGEST,
    # to a learner
    "application-sent": Group.ANSWERS,
    "application-accepted": Group.ANSWERS,
    "application-refused": Group.ANSWERS,
    "application-phoned": Group.ANSWERS,
    "application-promised": Group.ANSWERS,
    "application-reconsidered": Group.ANSWERS,
    "application-moved": Group.ANSWERS,
    "application-unanswered": Group.ANSWERS,
    "application-lapsed": Group.ANSWERS,
    "application-paused": Group.ANSWERS,
    "application-restored": Group.ANSWERS,
    "taken-over": Group.ANSWERS,
    "started": Group.ANSWERS,
    "application-fell-through": Group.ANSWERS,
    "application-reopened": Group.ANSWERS,
    "message-to-learner": Group.ANSWERS,
    "interview": Group.INTERVIEWS,
    "alerts": Group.ALERTS,
    # to a company
    "application-received": Group.APPLICATIONS,
    "application-withdrawn": Group.APPLICATIONS,
    "application-handed-over": Group.APPLICATIONS,
    "message-to-company": Group.APPLICATIONS,
    "application-absent": Group.APPLICATIONS,
    "application-back": Group.APPLICATIONS,
    "application-given-back": Group.APPLICATIONS,
    "started-here": Group.APPLICATIONS,
    "application-nudged-by-staff": Group.REMINDERS,
    "application-reminder": Group.REMINDERS,
    "application-nudged": Group.REMINDERS,
    "offer-ending": Group.REMINDERS,
    "circular": Group.COACHES,
    # to an operator's staff, to OFFA
    "introduction": Group.INTRODUCTIONS,
    "activation-report": Group.LEARNERS,
    "help": Group.LEARNERS,
    "answered": Group.REGISTERS,
    "approval-disputed": Group.REGISTERS,
    "claim-to-decide": Group.CLAIMS,
    "place-to-fill": Group.PLACES,
}
"""A kind that begins with a name of the table and a dash belongs to it too: `application-reminder-2`."""

CHOICES: Mapping[Role, tuple[Group, ...]] = {
    Role.LEARNER: (Group.ANSWERS, Group.INTERVIEWS),
    Role.COMPANY: (Group.APPLICATIONS, Group.INTERVIEWS, Group.REMINDERS),
    Role.OPERATOR: (Group.INTRODUCTIONS, Group.LEARNERS, Group.REGISTERS, Group.CLAIMS, Group.PLACES),
    Role.COACH: (),
    Role.OFFA: (Group.CLAIMS,),
}
"""What somebody of each role may choose the rhythm of."""
OWN_RHYTHM = frozenset({Group.ALERTS, Group.DIGEST, Group.COACHES})
"""What has a rhythm of its own: an alert is told when its learner said at `/alertes`, the daily mail once a day, and a
company takes the messages of coaches, seldom as they are, or none."""
USUAL = MailPace.AT_ONCE


class UnknownLetter(LookupError):
    """A letter without a group: nobody could choose its rhythm, nor find it in the centre."""

    def __init__(self, kind: str) -> None:
        super().__init__(
            f"no group for the letter « {kind} »: add it to LETTERS in stageplus/domain/letters.py, in the group where "
            "whoever receives it would look for it"
        )


def letter_of(kind: str) -> str:
    """Return the name in `LETTERS` that a kind is or begins with; raises `UnknownLetter`."""
    name = kind
    while name not in LETTERS:
        name, dash, _rest = name.rpartition("-")
        if not dash:
            raise UnknownLetter(kind)
    return name


def group_of(kind: str) -> Group:
    """Return the group of a kind of letter; raises `UnknownLetter`."""
    return LETTERS[letter_of(kind)]


def letters_in(group: Group) -> list[str]:
    """List the letters of a group."""
    return [letter for letter, its_group in LETTERS.items() if its_group is group]


def may_choose(role: Role, group: Group) -> bool:
    """Say whether somebody of a role chooses how often a group is mailed; whatever is not chosen leaves at once."""
    return group in CHOICES[role]


def waits_for_morning(role: Role | None, group: Group) -> bool:
    """Say whether a letter respects the quiet hours: those to learners do, but for what their safety needs."""
    return role is Role.LEARNER and group is not Group.SAFETY


@dataclass(frozen=True)
class QuietHours:
    """The hours of the evening and the night in which learners get no mail."""

    starts: time
    ends: time

    @classmethod
    def in_force(cls, parameters: Mapping[str, str]) -> Self:
        """Read them from the dated parameters `quiet_from` and `quiet_to`, in whole hours; none without these."""
        return cls(*(time(int(parameters.get(name) or 0)) for name in ("quiet_from", "quiet_to")))

    def hold(self, here: datetime) -> bool:
        """Say whether a moment, as the clock shows it here, is quiet."""
        at = here.time()
        if self.starts <= self.ends:
            return self.starts <= at < self.ends
        return at >= self.starts or at < self.ends


def next_daily_mail(here: datetime, hour: int) -> datetime:
    """Return when the next daily mail leaves after a moment, as the clock shows both here; `hour` is a whole hour."""
    today = here.replace(hour=hour, minute=0, second=0, microsecond=0)
    return today if here < today else today + timedelta(days=1)
