"""What an operator's staff reads."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class IntroductionRow:
    """A mise en relation: whom to bring together, and what comes next."""

    introduction_id: int
    learner: str
    learner_email: str
    trade: str
    company: str
    establishment: str
    since: str
    taken_over: str
    is_open: bool


@dataclass(frozen=True)
class LearnerRow:
    """A learner of the operator; those without a place come first."""

    learner_id: int = 0
    name: str = ""
    trade: str = ""
    year: int = 0
    municipality: str = ""
    applications: str = ""
    has_place: bool = False


@dataclass(frozen=True)
class FollowedApplication:
    """An application of one's learner, without what the learner wrote."""

    title: str
    company: str
    status: str
    status_words: str
    sent: str


@dataclass(frozen=True)
class FollowedLearner:
    """One learner with their applications."""

    row: LearnerRow = field(default_factory=LearnerRow)
    email: str = ""
    applications: list[FollowedApplication] = field(default_factory=list)
