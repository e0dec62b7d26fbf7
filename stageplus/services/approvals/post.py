"""What is told of agréments, gathered until everything is recorded: a file of thousands writes to each person once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, col, select

from stageplus.models import Offer, OperatorMember, Person
from stageplus.services.applications.actions import tell_of_pause, tell_of_return
from stageplus.services.approvals import letters
from stageplus.services.approvals.letters import News
from stageplus.texts import _

NO_APPROVAL = _("l’accord qui lui permet de former est en attente")


@dataclass
class Post:
    """News for companies, by person; for other operators, by operator; and the offers paused and brought back."""

    companies: dict[int, tuple[Person, list[News]]] = field(default_factory=dict)
    operators: dict[int, list[News]] = field(default_factory=lambda: defaultdict(list))
    paused: list[Offer] = field(default_factory=list)
    restored: list[Offer] = field(default_factory=list)
    cause: str = ""

    def to_company(self, people: Iterable[Person], news: News) -> None:
        """Keep what became of an agrément for a company's people."""
        self.cause = self.cause or str(news.change.id)
        for person in people:
            self.companies.setdefault(person.id or 0, (person, []))[1].append(news)

    def to_operators(self, operators: Sequence[int], news: News) -> None:
        """Keep a disagreement for the staff of other operators."""
        for operator_id in operators:
            self.operators[operator_id].append(news)


@contextmanager
def one_mail_each(session: Session, now: datetime) -> Iterator[Post]:
    """Gather what is told, and write it at the end: one mail to each person, in the transaction of what it tells."""
    post = Post()
    yield post
    for person, news in post.companies.values():
        letters.to_company(session, person, news, now)
    _tell_operators(session, post, now)
    tell_of_pause(session, post.paused, post.cause, now, why=NO_APPROVAL)
    tell_of_return(session, post.restored, post.cause, now)


def _tell_operators(session: Session, post: Post, now: datetime) -> None:
    theirs: dict[int, tuple[Person, list[News]]] = {}
    staff = select(Person, OperatorMember.operator_id).join(OperatorMember)
    staff = staff.where(col(OperatorMember.operator_id).in_(sorted(post.operators))).order_by(col(Person.id))
    for person, operator_id in session.exec(staff) if post.operators else ():
        theirs.setdefault(person.id or 0, (person, []))[1].extend(post.operators[operator_id])
    for person, news in theirs.values():
        letters.to_other_operator(session, person, news, now)
