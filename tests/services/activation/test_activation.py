"""A code opens one account once, to whoever confirms their own address; everybody else learns nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Role
from stageplus.domain.errors import AlreadyDone, Denied, DomainError, InvalidInput, NotFound
from stageplus.domain.refusals import LinkSpent, NotEnrolled, TooManyTries
from stageplus.models import (
    ActivationCode,
    Application,
    Enrolment,
    EnrolmentReport,
    Learner,
    Person,
    ReportKind,
    SingleUseLink,
)
from stageplus.services.accounts.actions import sign_in
from stageplus.services.accounts.queries import who_am_i
from stageplus.services.accounts.schemas import Credentials, Visitor
from stageplus.services.activation.actions import attach_enrolment, print_codes, report_enrolment, send_codes
from stageplus.services.activation.queries import look_at_activation
from stageplus.services.activation.schemas import Activated, ChosenInput, CodeInput, ReportInput, StartInput
from stageplus.services.applications.actions import send_application
from stageplus.services.applications.schemas import ApplicationInput
from stageplus.services.enrolment.actions import correct_enrolment, end_enrolment, resume_enrolment, settle_reports
from stageplus.services.enrolment.queries import open_reports
from stageplus.services.enrolment.schemas import CorrectionInput
from tests import factories
from tests.factories import NOW
from tests.services.activation.conftest import PASSWORD, VISITOR, Desk

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
UNKNOWN = "AAAAAAAAA"
APPLICATION = ApplicationInput.read({"form_key": "e" * 32, "motivation": "J’aime le pain."})


def refusal_of(act: Any, *given: Any, **named: Any) -> str:
    with pytest.raises(InvalidInput) as refused:
        act(*given, **named)
    return refused.value.fields["code"]


def printed(desk: Desk, now: Any = NOW, by: Actor | None = None, **chosen: Any) -> list[Any]:
    data = ChosenInput.read(chosen or {"ids": [str(desk.enrolment_id)]})
    return print_codes(by or desk.staff, data, now=now, on=desk.database)


def reports(desk: Desk, what: str) -> None:
    typed = ReportInput.read({"code": desk.code, "what": what})
    report_enrolment(None, VISITOR, typed, now=NOW, on=desk.database)


def test_a_code_then_an_address_then_a_password_open_an_account(desk: Desk) -> None:
    assert desk.looks().name == "Ada Essai"
    token = desk.starts("Ada@Exemple.test".lower())
    assert look_at_activation(None, token, now=NOW, on=desk.database).email == "ada@exemple.test"
    done = desk.finishes(token)
    assert done.email == "ada@exemple.test"
    assert done.token
    assert sign_in(Credentials("ada@exemple.test", PASSWORD), NOW, on=desk.database).role is Role.LEARNER
    with Session(desk.database) as session:
        learner, person = session.exec(select(Learner, Person).join(Person)).one()
    assert (person.first_name, learner.operator_reference, learner.birth_year) == ("Ada", "A1", 2009)
    assert desk.enrolment().learner_id == learner.id
    assert "Bienvenue" in desk.mails("ada@exemple.test")[-1].subject


@pytest.mark.parametrize("typed", ["{}", " {} ", "{}."])
def test_a_code_may_be_typed_anyhow(desk: Desk, typed: str) -> None:
    code = desk.code.lower()
    assert desk.looks(typed.format(f"{code[:3]}-{code[3:6]} {code[6:]}")).operator == "IFAPME d’essai"


def test_looking_and_starting_use_nothing_up(desk: Desk) -> None:
    for _time in range(3):
        desk.looks()
        desk.starts()
    assert desk.enrolment().learner_id is None
    assert desk.looks().name


def test_unknown_used_replaced_and_expired_codes_are_answered_alike(desk: Desk) -> None:
    unknown = refusal_of(desk.looks, UNKNOWN)
    assert refusal_of(desk.looks, now=NOW + 30 * DAY) == unknown
    printed(desk)
    assert refusal_of(desk.looks) == unknown
    desk.code = printed(desk)[0].code
    desk.finishes(desk.starts())
    assert refusal_of(desk.looks) == unknown
    assert "connecte-toi" in unknown


def test_a_slip_of_the_pen_is_seen_without_looking(desk: Desk) -> None:
    slipped = ("C" if desk.code[0] == "A" else "A") + desk.code[1:]
    assert "petite faute" in refusal_of(desk.looks, slipped)


@pytest.mark.parametrize("typed", ["0400000147", "BE 0400.000.147", "2.000.000.094"])
def test_a_company_number_is_shown_the_other_door(typed: str) -> None:
    assert "numéro d’entreprise" in refusal_of(CodeInput.read, {"code": typed})


def test_the_code_is_not_kept(desk: Desk) -> None:
    code = printed(desk)[0].code
    assert code not in repr(printed(desk))
    with Session(desk.database) as session:
        rows = session.exec(select(ActivationCode)).all()
    assert code.replace("-", "") not in repr(rows)


def test_a_code_is_given_to_who_has_no_account_only(desk: Desk) -> None:
    desk.finishes(desk.starts())
    assert printed(desk) == []


def test_everybody_means_who_has_no_valid_code(desk: Desk) -> None:
    with transaction(desk.database) as session:
        operator = session.get(factories.Operator, desk.staff.operator_id)
        factories.an_enrolment(session, operator, reference="A2")
        factories.an_enrolment(session, operator, reference="A3", state="terminée", ended_on=NOW.date())
    assert [slip.reference for slip in printed(desk, everybody="oui")] == ["A2"]
    assert [slip.reference for slip in printed(desk, everybody="oui", now=NOW + 61 * DAY)] == ["A1", "A2"]


def test_another_operator_gives_no_code_here(desk: Desk) -> None:
    with transaction(desk.database) as session:
        stranger = factories.a_staff_member(session, factories.an_operator(session).id or 0)
    assert printed(desk, by=stranger) == []
    assert desk.looks().name


def test_a_code_is_mailed_where_there_is_an_address(desk: Desk) -> None:
    with transaction(desk.database) as session:
        operator = session.get(factories.Operator, desk.staff.operator_id)
        other = factories.an_enrolment(session, operator)
    chosen = ChosenInput(ids=(desk.enrolment_id, other.id or 0))
    result = send_codes(desk.staff, chosen, now=NOW, on=desk.database)
    assert (result.sent, result.without_address) == (1, 1)
    mailed = desk.last("ada@exemple.test").partition("?code=")[2].split()[0]
    assert desk.looks(mailed).name == "Ada Essai"


def test_the_link_goes_on_from_another_device_days_later(desk: Desk) -> None:
    token = desk.starts()
    assert desk.finishes(token, now=NOW + 71 * HOUR).token


@pytest.mark.parametrize("after", [73 * HOUR, 40 * DAY])
def test_the_link_ends(desk: Desk, after: timedelta) -> None:
    token = desk.starts()
    with pytest.raises(LinkSpent):
        desk.finishes(token, now=NOW + after)


def test_a_new_start_ends_the_link_before(desk: Desk) -> None:
    first, second = desk.starts("faux@exemple.test"), desk.starts()
    with pytest.raises(LinkSpent):
        desk.finishes(first)
    assert desk.finishes(second).email == "ada@exemple.test"


def test_a_new_code_ends_the_link_of_the_one_before(desk: Desk) -> None:
    token = desk.starts()
    printed(desk)
    with pytest.raises(LinkSpent):
        desk.finishes(token)


def test_a_weak_password_leaves_everything_as_it_was(desk: Desk) -> None:
    token = desk.starts()
    with pytest.raises(InvalidInput):
        desk.finishes(token, "court")
    assert desk.finishes(token).token


@pytest.mark.parametrize("token", ["", "x", "é\u202e", "' OR 1=1"])
def test_an_invented_link_opens_nothing(desk: Desk, token: str) -> None:
    with pytest.raises(NotFound):
        desk.finishes(token)
    assert look_at_activation(None, token, now=NOW, on=desk.database).name == ""


def test_of_twenty_at_once_one_opens_the_account(desk: Desk) -> None:
    token = desk.starts()

    def attempt(_number: int) -> bool:
        try:
            return bool(desk.finishes(token).token)
        except DomainError:
            return False

    with ThreadPoolExecutor(20) as crowd:
        assert sorted(crowd.map(attempt, range(20)))[-2:] == [False, True]
    with Session(desk.database) as session:
        assert len(session.exec(select(Learner)).all()) == 1


def test_of_twenty_learners_with_one_code_one_attaches_it(desk: Desk) -> None:
    with transaction(desk.database) as session:
        crowd_of = [factories.actor_of_learner(factories.a_learner(session)) for _number in range(20)]

    def attempt(actor: Actor) -> bool:
        try:
            return bool(attach_enrolment(actor, VISITOR, CodeInput(code=desk.code), now=NOW, on=desk.database).name)
        except DomainError:
            return False

    with ThreadPoolExecutor(20) as crowd:
        assert sorted(crowd.map(attempt, crowd_of))[-2:] == [False, True]


def test_an_address_with_an_account_is_answered_alike_and_its_owner_is_told(desk: Desk) -> None:
    with transaction(desk.database) as session:
        factories.a_person(session, Role.COMPANY, email="patron@exemple.test")
    assert desk.starts("patron@exemple.test") == ""
    assert "autre adresse" in desk.last("patron@exemple.test")
    with Session(desk.database) as session:
        assert session.exec(select(SingleUseLink)).one().used_at is None


def test_a_learner_who_changes_operator_keeps_account_and_history(desk: Desk) -> None:
    with transaction(desk.database) as session:
        before, learner = factories.an_enrolled_learner(session, first_name="Ada", last_name="Essai")
        offer = factories.an_offer(session)
        factories.an_application(session, offer, learner)
        person = session.get_one(Person, learner.person_id)
        old_staff = factories.a_staff_member(session, before.operator_id)
    token = desk.starts(person.email)
    assert look_at_activation(None, token, now=NOW, on=desk.database).is_known
    assert desk.finishes(token, "") == Activated(person.email)
    with Session(desk.database) as session:
        moved = session.get_one(Learner, learner.id)
        assert (moved.operator_id, moved.operator_reference) == (desk.staff.operator_id, "A1")
        assert session.exec(select(Application)).one().learner_id == learner.id
    assert [row.reference for row in open_reports(old_staff, now=NOW, on=desk.database)] == [before.reference]
    # The operator before ends its own enrolment: the learner goes on applying.
    end_enrolment(old_staff, before.id or 0, now=NOW, on=desk.database)
    actor = factories.actor_of_learner(learner)
    with transaction(desk.database) as session:
        other = factories.an_offer(session)
    assert send_application(actor, other.id or 0, APPLICATION, now=NOW, on=desk.database).application_id


def test_whoever_is_signed_in_attaches_a_new_enrolment_at_once(desk: Desk) -> None:
    with transaction(desk.database) as session:
        learner = factories.a_learner(session)
        company = factories.a_member(session, factories.a_company(session).id or 0)
    typed = CodeInput(code=desk.code)
    with pytest.raises(Denied):
        attach_enrolment(company, VISITOR, typed, now=NOW, on=desk.database)
    attach_enrolment(factories.actor_of_learner(learner), VISITOR, typed, now=NOW, on=desk.database)
    assert desk.enrolment().learner_id == learner.id


def test_an_ended_enrolment_closes_the_right_to_apply_and_not_the_account(desk: Desk) -> None:
    desk.finishes(desk.starts())
    with transaction(desk.database) as session:
        learner = session.exec(select(Learner)).one()
        offer = factories.an_offer(session)
    actor = factories.actor_of_learner(learner)
    end_enrolment(desk.staff, desk.enrolment_id, now=NOW, on=desk.database)
    with pytest.raises(NotEnrolled):
        send_application(actor, offer.id or 0, APPLICATION, now=NOW, on=desk.database)
    assert sign_in(Credentials("ada@exemple.test", PASSWORD), NOW, on=desk.database).token
    with pytest.raises(AlreadyDone):
        end_enrolment(desk.staff, desk.enrolment_id, now=NOW, on=desk.database)
    resume_enrolment(desk.staff, desk.enrolment_id, now=NOW, on=desk.database)
    assert send_application(actor, offer.id or 0, APPLICATION, now=NOW, on=desk.database).application_id


def test_the_code_of_an_ended_enrolment_opens_nothing(desk: Desk) -> None:
    token = desk.starts()
    end_enrolment(desk.staff, desk.enrolment_id, now=NOW, on=desk.database)
    assert refusal_of(desk.looks)
    with pytest.raises(LinkSpent):
        desk.finishes(token)


def test_not_me_ends_the_code_and_tells_the_staff(desk: Desk) -> None:
    token = desk.starts()
    reports(desk, "pas-moi")
    assert refusal_of(desk.looks)
    with pytest.raises(LinkSpent):
        desk.finishes(token)
    (row,) = open_reports(desk.staff, now=NOW, on=desk.database)
    assert "Ce n’est pas moi" in row.words
    with Session(desk.database) as session:
        staff = session.get_one(Person, desk.staff.person_id).email
    assert "A1" in desk.last(staff) and "Ada" not in desk.last(staff)


def test_moved_tells_the_staff_once_and_leaves_the_code(desk: Desk) -> None:
    for _time in range(3):
        reports(desk, "ailleurs")
    assert desk.looks().name
    with Session(desk.database) as session:
        assert [each.kind for each in session.exec(select(EnrolmentReport))] == [ReportKind.MOVED]


def test_a_correction_settles_the_report_and_the_next_code_shows_it(desk: Desk) -> None:
    reports(desk, "pas-moi")
    corrected = CorrectionInput.read({"first_name": "Zoé", "last_name": "Essai", "email": ""})
    correct_enrolment(desk.staff, desk.enrolment_id, corrected, now=NOW, on=desk.database)
    assert open_reports(desk.staff, now=NOW, on=desk.database) == []
    assert desk.looks(printed(desk)[0].code).name == "Zoé Essai"


def test_what_was_reported_is_counted_until_it_is_settled(desk: Desk) -> None:
    def reported() -> str:
        return who_am_i(desk.staff, now=NOW, on=desk.database).reported

    with transaction(desk.database) as session:
        other = factories.an_enrolment(session)
        session.add(EnrolmentReport(enrolment_id=other.id or 0, kind=ReportKind.MOVED, at=NOW))
    assert reported() == ""
    reports(desk, "ailleurs")
    assert reported() == "1"
    settle_reports(desk.staff, desk.enrolment_id, now=NOW, on=desk.database)
    assert reported() == ""


def test_the_issuer_is_told_and_nobody_else(desk: Desk) -> None:
    with transaction(desk.database) as session:
        colleague = factories.a_staff_member(session, desk.staff.operator_id or 0)
        emails = {each.id: each.email for each in session.exec(select(Person))}
    desk.code = printed(desk, by=colleague)[0].code
    reports(desk, "ailleurs")
    assert [mail.recipient for mail in desk.mails()] == [emails[colleague.person_id]]


def test_wrong_codes_are_slowed_down_by_address_and_right_ones_never(desk: Desk) -> None:
    for _time in range(20):
        assert "ne marche pas" in refusal_of(desk.looks, UNKNOWN)
    for code in (UNKNOWN, desk.code):
        with pytest.raises(TooManyTries):
            desk.looks(code)
    assert desk.looks(visitor=Visitor("192.0.2.8")).name
    for _time in range(60):
        desk.looks(visitor=Visitor("192.0.2.8"))


def test_one_code_sends_few_mails(desk: Desk) -> None:
    for number in range(5):
        desk.starts(f"ada{number}@exemple.test")
    with pytest.raises(TooManyTries):
        desk.starts("encore@exemple.test")
    assert len(desk.mails()) == 5


@pytest.mark.parametrize("email", ["", "ada", "ada@", "a@b", "a b@c.d", "ada@exemple.test\nBcc: x@y.z"])
def test_an_address_that_is_none_is_refused(desk: Desk, email: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        StartInput.read({"code": desk.code, "email": email})
    assert "email" in refused.value.fields


def test_an_enrolment_keeps_one_code(desk: Desk) -> None:
    printed(desk)
    printed(desk)
    with Session(desk.database) as session:
        assert len(session.exec(select(ActivationCode)).all()) == 1
        assert session.get_one(Enrolment, desk.enrolment_id).learner_id is None
