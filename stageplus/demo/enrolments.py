"""The enrolments of the demonstration: those behind the accounts, and some that wait with a code to try."""

from datetime import date, timedelta

from sqlmodel import col, select

from stageplus.demo import words
from stageplus.demo.cast import IFAPME_DAYS, Cast
from stageplus.models import (
    ActivationCode,
    CodeChannel,
    Enrolment,
    EnrolmentReport,
    EnrolmentState,
    Implantation,
    Learner,
    Operator,
    Person,
    ReportKind,
)
from stageplus.services.activation.codes import digest_of
from stageplus.services.activation.queries import DEMO_CODES

WAITING_WITHOUT_CODE = 6


def enrol_everybody(cast: Cast, operators: list[Operator]) -> None:
    """Give every account its enrolment, and the first operator some people who have no account yet."""
    first = operators[0]
    places = [cast.kept(Implantation(operator_id=first.id or 0, name=name)) for name in ("Namur", "Dinant")]
    accounts = cast.session.exec(select(Learner, Person).join(Person).order_by(col(Learner.id))).all()
    for number, (learner, person) in enumerate(accounts):
        if learner.operator_id == first.id:
            learner.implantation_id = places[number % 4 == 3].id
        _of_account(cast, learner, person)
    waiting = [_waiting(cast, first, places, number) for number in range(len(DEMO_CODES) + WAITING_WITHOUT_CODE)]
    for enrolment, code in zip(waiting, DEMO_CODES, strict=False):
        _give_code(cast, enrolment, code)
    report = EnrolmentReport(enrolment_id=waiting[-1].id or 0, kind=ReportKind.NOT_ME, at=cast.now - timedelta(days=2))
    cast.kept(report)


def _of_account(cast: Cast, learner: Learner, person: Person) -> None:
    number = cast.next()
    cast.kept(
        Enrolment(
            operator_id=learner.operator_id,
            implantation_id=learner.implantation_id,
            reference=learner.operator_reference,
            first_name=person.first_name,
            last_name=person.last_name,
            birth_date=date(learner.birth_year, 1 + number % 12, 1 + number % 28),
            email=person.email,
            postal_code=learner.postal_code,
            municipality_ins=learner.municipality_ins,
            trade_code=learner.trade_code,
            year=learner.year,
            company_days=learner.company_days,
            state=EnrolmentState.ACTIVE,
            learner_id=learner.id,
            activated_at=cast.now - timedelta(days=40),
            created_at=cast.now - timedelta(days=50),
            updated_at=cast.now - timedelta(days=50),
        )
    )


def _waiting(cast: Cast, operator: Operator, places: list[Implantation], number: int) -> Enrolment:
    town = cast.town("Namur")
    first_name = words.FIRST_NAMES[(number * 7 + 3) % len(words.FIRST_NAMES)]
    made: Enrolment = cast.kept(
        Enrolment(
            operator_id=operator.id or 0,
            implantation_id=places[number % 3 == 2].id,
            reference=f"DEMO-A{number + 1}",
            first_name=first_name,
            last_name=words.LAST_NAMES[(number * 5 + 1) % len(words.LAST_NAMES)],
            birth_date=date(cast.now.year - 16 - number % 4, 1 + number % 12, 10 + number),
            email=f"attente{number + 1}@demo.test" if number % 2 == 0 else "",
            postal_code="5000",
            municipality_ins=town.ins,
            trade_code=words.TRADES[number % len(words.TRADES)][0],
            year=1,
            company_days=IFAPME_DAYS,
            state=EnrolmentState.ACTIVE,
            created_at=cast.now - timedelta(days=5),
            updated_at=cast.now - timedelta(days=5),
        )
    )
    return made


def _give_code(cast: Cast, enrolment: Enrolment, code: str) -> None:
    cast.kept(
        ActivationCode(
            enrolment_id=enrolment.id or 0,
            code_hash=digest_of(code),
            channel=CodeChannel.PRINTED,
            issued_at=cast.now - timedelta(days=3),
            expires_at=cast.now + timedelta(days=57),
        )
    )
