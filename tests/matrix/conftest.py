"""One small world, made once and copied for each cell of the table."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from stageplus.config import settings
from stageplus.db.engine import open_engine, transaction
from stageplus.db.revisions import migrate
from stageplus.domain.actors import Actor, Role
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.offers import OfferStatus
from stageplus.domain.reference import SearchState
from stageplus.models import (
    AlertOffer,
    ApprovalImport,
    CompanyContact,
    CompanyFollowUp,
    CompanyInvitation,
    Consultation,
    EnrolmentReport,
    EnrolmentState,
    Favourite,
    FruitlessSearch,
    Implantation,
    ImportState,
    Introduction,
    LearnerNote,
    Parameter,
    Passkey,
    ReportKind,
    RosterImport,
    SavedView,
    StaffInvitation,
)
from stageplus.services.federation.provider import provider
from tests import factories

SECRET = "Zibeline"
"""What only the people concerned may read: it is in each name and text of theirs."""


@dataclass(frozen=True)
class World:
    """Who acts, and the objects they act on."""

    actors: dict[str, Actor | None]
    offer: int
    suspended: int
    untouched: int
    draft: int
    application: int
    introduction: int
    learner: int
    learner_person: int
    passkey: int
    place: str
    enrolment: int
    ended: int
    file: int
    imported: int
    approval: int
    session: int
    claim: int
    code: str
    company: int
    colleague: int
    invitation: int
    staff_invitation: int
    approvals_read: int
    approvals_done: int
    alert: int
    annex: int
    notice: int
    note: int
    message: int
    meeting: int
    contact: int
    view: int
    staff_view: int
    announcement: int
    coach_link: int
    other_company: int


@pytest.fixture(autouse=True, scope="module")
def _a_provider_that_is_down() -> Iterator[None]:
    """Turn the option of an identity provider on, so that its use cases get as far as asking it."""
    with pytest.MonkeyPatch.context() as patched:
        for name in ("CLIENT_ID", "CLIENT_SECRET", "NAME"):
            patched.setenv(f"STAGEPLUS_OIDC_{name}", "x")
        patched.setenv("STAGEPLUS_OIDC_ISSUER", "http://127.0.0.1:9")
        settings.cache_clear()
        provider.cache_clear()
        yield
    settings.cache_clear()
    provider.cache_clear()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, World]:
    """Fill the world once per worker."""
    path = tmp_path_factory.mktemp("matrix") / "world.db"
    engine = open_engine(f"sqlite:///{path}")
    migrate(engine)
    world = _filled(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path, world


@pytest.fixture
def world(template: tuple[Path, World]) -> World:
    """Give the people and identifiers of the world."""
    return template[1]


@pytest.fixture
def copy(template: tuple[Path, World], tmp_path: Path) -> Iterator[Engine]:
    """Give a database of this test alone."""
    path = shutil.copy(template[0], tmp_path / "copy.db")
    engine = open_engine(f"sqlite:///{path}")
    yield engine
    engine.dispose()


def _filled(engine: Engine) -> World:
    with transaction(engine) as session:
        factories.minimal_reference(session)
        operator, other = factories.an_operator(session), factories.an_operator(session)
        person = factories.a_person(session, Role.LEARNER, first_name=SECRET)
        learner = factories.a_learner(session, operator, person_id=person.id, postal_code="5070")
        passkey = factories.kept(
            session,
            Passkey(person_id=person.id, credential_id="YQ", public_key="YQ", name=SECRET, created_at=factories.NOW),
        )
        stranger = factories.a_learner(session, other)
        company = factories.a_company(session, name=SECRET)
        house = factories.an_establishment(session, company, name=SECRET)
        approval = factories.an_approval(session, house, operator_id=operator.id)
        other_company = factories.a_company(session)
        for each in (company, other_company):
            factories.a_member(session, each.id or 0, is_admin=True)
        annex = factories.an_establishment(session, company)
        colleague = factories.a_member(session, company.id or 0, house.id)
        days = {"created_at": factories.NOW, "expires_at": factories.NOW + timedelta(days=14)}
        invitation = factories.kept(session, CompanyInvitation(company_id=company.id, email="bea@demo.test", **days))
        asked = {"sent_at": factories.NOW, "expires_at": factories.NOW + timedelta(days=7)}
        awaited = factories.kept(session, StaffInvitation(email=f"{SECRET}@demo.test", role=Role.OFFA, **asked))
        mine = {"operator_id": operator.id, "file_name": SECRET, "read_at": factories.NOW}
        read = factories.kept(session, ApprovalImport(**mine, state=ImportState.READ))
        done = factories.kept(session, ApprovalImport(**mine, state=ImportState.DONE, imported_at=factories.NOW))
        claimant = factories.a_claimant(session, house, company_name=SECRET)
        offer = factories.an_offer(session, house, places=2)
        suspended = factories.an_offer(session, house, status=OfferStatus.SUSPENDED)
        factories.a_case(session, offer, learner, words=SECRET)
        untouched = factories.an_offer(session, house)
        draft = factories.an_offer(session, house, status=OfferStatus.DRAFT, published_at=None)
        application = factories.an_application(session, offer, learner, motivation=SECRET)
        factories.a_document(session, application)
        factories.a_draft(session, untouched, learner, motivation=SECRET)
        factories.a_document_of_draft(session, untouched, learner)
        alert = factories.an_alert(session, learner, text=SECRET)
        found = {"learner_id": learner.id or 0, "offer_id": untouched.id or 0, "alert_id": alert.id or 0}
        session.add(AlertOffer(**found, found_at=factories.NOW))
        session.add(Favourite(learner_id=learner.id or 0, offer_id=suspended.id or 0, kept_at=factories.NOW))
        message = factories.a_message(session, application, colleague, words=SECRET)
        factories.a_report(session, message, learner, words=SECRET)
        factories.shown(session, application, operator)
        accepted = factories.an_application(session, suspended, learner, status=ApplicationStatus.ACCEPTED)
        meeting = factories.an_application(session, factories.an_offer(session, house), learner, motivation=SECRET)
        factories.an_interview(session, meeting, starts_at=factories.NOW + timedelta(days=7), place=SECRET)
        introduction = factories.kept(
            session,
            Introduction(application_id=accepted.id or 0, operator_id=operator.id or 0, created_at=factories.NOW),
        )
        enrolment = factories.an_enrolment(session, operator, first_name=SECRET)
        ended = factories.an_enrolment(session, operator, state=EnrolmentState.ENDED, ended_on=factories.NOW.date())
        reported = EnrolmentReport(enrolment_id=enrolment.id, kind=ReportKind.MOVED, at=factories.NOW)
        factories.kept(session, reported)
        handed_in = {"operator_id": operator.id, "file_name": SECRET, "read_at": factories.NOW}
        code = factories.an_activation_code(session, enrolment)
        file = factories.kept(session, RosterImport(state=ImportState.READ, **handed_in))
        done = RosterImport(state=ImportState.DONE, imported_at=factories.NOW, **handed_in)
        imported = factories.kept(session, done)
        elsewhere = factories.kept(session, Implantation(operator_id=operator.id, name="Dinant"))
        staff = factories.a_staff_member(session, operator.id or 0)
        factories.a_suggestion(session, draft, learner, staff, reason=SECRET)
        factories.a_suggestion(session, suspended, learner, staff, reason=SECRET)
        planned = {"effective_from": date(2027, 1, 1), "value": "11", "unit": "", "source": "test"}
        factories.kept(session, Parameter(name="alerts_max", **planned))
        factories.a_scheme_rule(session, effective_from=date(2027, 1, 1))
        searched = {"first_at": factories.NOW, "last_at": factories.NOW, "state": SearchState.WAITING}
        factories.kept(session, FruitlessSearch(words="luthier", times=3, **searched))
        note = factories.kept(
            session,
            LearnerNote(
                learner_id=learner.id,
                operator_id=operator.id,
                person_id=staff.person_id,
                words=SECRET,
                at=factories.NOW,
            ),
        )
        seen = {"role": Role.COMPANY, "company_id": company.id, "day": factories.NOW.date(), "at": factories.NOW}
        session.add(Consultation(learner_id=learner.id or 0, application_id=application.id, **seen))
        actors = {
            "learner": factories.actor_of_learner(learner),
            "other learner": factories.actor_of_learner(stranger),
            "company": factories.a_member(session, company.id or 0, is_admin=True),
            "other company": factories.a_member(session, other_company.id or 0, is_admin=True),
            "operator": staff,
            "other operator": factories.a_staff_member(session, other.id or 0),
            "coach": factories.a_coach(session, "alimentation"),
            "other coach": factories.a_coach(session, "soins"),
            "offa": factories.an_offa_member(session),
            "anonymous": None,
            "member elsewhere": factories.a_member(session, company.id or 0, annex.id),
            "staff elsewhere": factories.a_staff_member(session, operator.id or 0, elsewhere.id),
        }
        told = {"company_id": company.id or 0, "sector_code": "alimentation"}
        by_coach = {"person_id": actors["coach"].person_id, "at": factories.NOW}
        contact = factories.kept(
            session, CompanyContact(kind="appel", on_day=factories.NOW.date(), words=SECRET, **told, **by_coach)
        )
        mine = {"person_id": actors["coach"].person_id, "kept_at": factories.NOW}
        view = factories.kept(session, SavedView(of_list="offres", name=SECRET, query="sans=oui", **mine))
        staff = {"person_id": actors["operator"].person_id, "kept_at": factories.NOW}
        staff_view = factories.kept(session, SavedView(of_list="apprenants", name=SECRET, query="place=sans", **staff))
        session.add(CompanyFollowUp(due_on=factories.NOW.date(), changed_at=factories.NOW, **told))
        notice = factories.a_notice(session, learner.person_id, words=SECRET)
        return World(
            actors,
            offer.id or 0,
            suspended.id or 0,
            untouched.id or 0,
            draft.id or 0,
            application.id or 0,
            introduction.id,
            learner.id or 0,
            learner.person_id,
            passkey.id or 0,
            f"{house.id}:boulanger",
            enrolment.id or 0,
            ended.id or 0,
            file.id or 0,
            imported.id or 0,
            approval.id or 0,
            factories.a_session(session, learner.person_id).id or 0,
            claimant.claim_id or 0,
            code,
            company.id or 0,
            colleague.person_id,
            invitation.id or 0,
            awaited.id or 0,
            read.id or 0,
            done.id or 0,
            alert.id or 0,
            factories.an_offer(session, annex).id or 0,
            notice.id,
            note.id or 0,
            message.id or 0,
            meeting.id or 0,
            contact.id or 0,
            view.id or 0,
            staff_view.id or 0,
            factories.an_announcement(session).id or 0,
            factories.a_coach_link(session, actors["coach"], name=SECRET).id or 0,
            other_company.id or 0,
        )
