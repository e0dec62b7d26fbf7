"""The file of one's own data: whole, of oneself alone, without secrets, and only after a recent proof."""

import json
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, select

from stageplus import models
from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor, Role
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.approvals import ApprovalState
from stageplus.domain.conversations import MessageConcern
from stageplus.domain.documents import DocumentKind, DocumentState
from stageplus.domain.errors import Denied, FreshFactorNeeded
from stageplus.domain.guidance import Situation
from stageplus.domain.letters import Group, MailPace
from stageplus.domain.links import LinkPurpose
from stageplus.domain.moderation import FlagReason
from stageplus.domain.offers import OfferStatus
from stageplus.domain.refusals import TooManyTries
from stageplus.models import JournalEntry, Person
from stageplus.services.journal.actions import note_deed
from stageplus.services.privacy.actions import PER_PERSON, SECTIONS, export_my_data
from tests import factories
from tests.factories import NOW, kept

LATER = NOW + timedelta(days=3)
SECRETS = ("password_hash", "token_hash", "code_hash", "subject_hash", "public_key", "credential_id", "secret")
OTHERS = "Quelqu’un-d’autre"


@pytest.fixture
def world(database: Engine) -> Engine:
    with transaction(database) as session:
        factories.minimal_reference(session)
    return database


def exported(world: Engine, actor: Actor) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(export_my_data(actor, now=NOW, on=world).content)
    return read


def everything_of(session: Session, person: Person, learner: models.Learner) -> None:
    """Make a row in every table that leads to a person, as if one had played every part."""
    me, mine, email, at = person.id or 0, learner.id or 0, person.email, NOW
    soon = {"created_at": at, "expires_at": LATER}
    house = factories.an_establishment(session)
    operator = session.get_one(models.Operator, learner.operator_id)
    offer = factories.an_offer(session, house)
    by_me = {"role": Role.OFFA, "person_id": me, "at": at}
    factories.a_session(session, me, f"cookie-{me}", company_id=house.company_id)
    enrolment = factories.an_enrolment(session, operator, learner_id=mine, email=email, activated_at=at)
    factories.an_activation_code(session, enrolment, issued_by=me, email=email, used_at=at)
    roster = {"operator_id": operator.id, "file_name": "liste.xlsx", "person_id": me, "read_at": at}
    roster_import = kept(session, models.RosterImport(state=models.ImportState.DONE, imported_at=at, **roster))
    application = factories.an_application(session, offer, learner, status=ApplicationStatus.ACCEPTED)
    factories.an_interview(session, application, starts_at=at, place="Rue du Pain", status=ApplicationStatus.ACCEPTED)
    factories.a_draft(session, factories.an_offer(session, house), learner)
    factories.a_document(session, application)
    other = factories.an_application(session, offer, factories.a_learner(session))
    approval = factories.an_approval(session, house)
    alert = factories.an_alert(session, learner, text="pain", radius=15)
    claimed = factories.a_claimant(session, house, person_id=me, email=email, decided_by=me, decided_at=at)
    factories.an_offer(session, house, status=OfferStatus.DRAFT, published_at=None, claim_id=claimed.claim_id)
    factories.a_case(session, offer)
    invited = models.CompanyInvitation(company_id=house.company_id, email=email, invited_by=me, **soon)
    staff = models.StaffInvitation(email=email, role=Role.COACH, invited_by=me, sent_at=at, expires_at=LATER)
    kept(session, invited)
    kept(session, staff)
    kept(session, models.CompanyMember(person_id=me, company_id=house.company_id, everywhere=False))
    written = {"subject": "Bonjour", "text": "", "html": "", "created_at": at, "next_try_at": at, "sent_at": at}
    change = {"enrolment_id": enrolment.id, "import_id": roster_import.id, "kind": models.ChangeKind.CHANGED}
    applied = {"step": "accept", "status": ApplicationStatus.ACCEPTED, **by_me}
    noted = {"state": ApprovalState.GRANTED, "since": date(2026, 1, 1), "effect": ApprovalState.GRANTED}
    spoken = {"company_id": house.company_id, "sector_code": "soins"}
    rows = (
        models.TotpSecret(person_id=me, secret=f"secret-totp-{me}", created_at=at, confirmed_at=at),
        models.Passkey(
            person_id=me, credential_id=f"secret-id-{me}", public_key=f"secret-cle-{me}", name="Clé", created_at=at
        ),
        models.RecoveryCode(person_id=me, code_hash=f"secret-code-{me}"),
        models.LinkedIdentity(person_id=me, issuer="https://id.test", subject_hash=f"secret-sub-{me}", created_at=at),
        models.SingleUseLink(purpose=LinkPurpose.RESET_PASSWORD, token_hash=f"secret-lien-{me}", person_id=me, **soon),
        models.OutboxMessage(key=f"k{me}", kind="x", recipient=email, **written),
        models.Notice(person_id=me, key=f"k{me}", letter="account", bundle="b", subject="Bonjour", at=at),
        models.MailChoice(person_id=me, of_group=Group.INTERVIEWS, pace=MailPace.DAILY),
        models.ApplicationChange(application_id=application.id or 0, **applied),
        models.ApplicationChange(application_id=other.id or 0, **applied),
        models.Introduction(
            application_id=application.id or 0,
            operator_id=operator.id or 0,
            created_at=at,
            taken_over_by=me,
            settled_by=me,
        ),
        models.OutsidePlace(learner_id=mine, person_id=me, by_staff=True, noted_at=at, company_name="Ailleurs"),
        models.LearnerNote(learner_id=mine, operator_id=operator.id or 0, person_id=me, words="Vu lundi.", at=at),
        models.LearnerAssignment(learner_id=mine, operator_id=operator.id or 0, person_id=me, assigned_by=me, at=at),
        models.FollowUp(learner_id=mine, situation=Situation.SEARCHING, changed_at=at, changed_by=me),
        models.StaffNudge(application_id=application.id or 0, person_id=me, at=at),
        models.Consultation(
            learner_id=mine, application_id=application.id, person_id=me, role=Role.COMPANY, day=at.date(), at=at
        ),
        models.Favourite(learner_id=mine, offer_id=offer.id or 0, kept_at=at),
        models.AlertOffer(learner_id=mine, offer_id=offer.id or 0, alert_id=alert.id or 0, found_at=at),
        models.HelpRequest(learner_id=mine, search="luthier · Arlon, à 25 km", asked_at=at, shown_until=LATER),
        models.Suggestion(
            learner_id=mine,
            offer_id=offer.id or 0,
            operator_id=operator.id or 0,
            person_id=me,
            reason="Tout près.",
            suggested_at=at,
        ),
        models.OfferFlag(offer_id=offer.id or 0, learner_id=mine, reason=FlagReason.FEES, words="Cher", at=at),
        models.OfferSight(offer_id=offer.id or 0, learner_id=mine, day=at.date()),
        models.EnrolmentReport(enrolment_id=enrolment.id or 0, kind=models.ReportKind.MOVED, at=at, settled_by=me),
        models.RosterChange(**change, before='{"year": 1}'),
        models.HandOver(application_id=application.id or 0, person_id=me, at=at),
        models.CalendarFeed(person_id=me, company_id=house.company_id, token_hash=f"feed-{me}", created_at=at),
        models.MemberEstablishment(person_id=me, company_id=house.company_id, establishment_id=house.id or 0),
        models.InvitationEstablishment(invitation_id=invited.id or 0, establishment_id=house.id or 0),
        models.InvitedSector(invitation_id=staff.id or 0, sector_code="soins"),
        models.OperatorMember(person_id=me, operator_id=operator.id or 0),
        models.CoachMandate(person_id=me, sector_code="soins"),
        models.CompanyContact(kind="appel", on_day=at.date(), words="Vu.", person_id=me, at=at, **spoken),
        factories.a_circular(session, Actor(me, Role.COACH), sector_code="soins"),
        models.SavedView(person_id=me, of_list="offres", name="Lundi", query="sans=oui", kept_at=at),
        models.CompanyFollowUp(due_on=at.date(), changed_at=at, changed_by=me, **spoken),
        models.OfferChange(offer_id=offer.id or 0, step="publish", status=OfferStatus.PUBLISHED, **by_me),
        models.ModerationStep(offer_id=offer.id or 0, step="leave", **by_me),
        models.ReferenceChange(kind="trades", key="boulanger", after="Boulangère / Boulanger", by_id=me, at=at),
        models.ApprovalChange(approval_id=approval.id or 0, **noted, **by_me),
        models.ApprovalImport(state=models.ImportState.READ, **(roster | {"operator_id": operator.id})),
    )
    session.add_all(rows)
    actor = Actor(me, Role.OFFA)
    factories.an_announcement(session, by_id=me)
    factories.a_coach_link(session, actor)
    talk_of(session, learner, application, other)
    note_deed(session, "factor.reset", by=Actor(stranger(session).id or 0, Role.OFFA), to=me, now=at, detail="Perdu")
    note_deed(session, "people.suspended", by=actor, to=None, now=at, detail=OTHERS)
    session.flush()


def talk_of(session: Session, learner: models.Learner, mine: models.Application, other: models.Application) -> None:
    """Let somebody write as a learner and for a company, report, and decide as OFFA."""
    me = learner.person_id
    said = factories.a_message(session, mine, Actor(me, Role.LEARNER), "Bonjour, c’est moi.")
    factories.a_message(session, other, Actor(me, Role.COMPANY), "Bonjour à vous.")
    factories.a_report(session, said, learner, words="Essai")
    decided = {"decision": "hide", "person_id": me, "at": NOW, "words": "Restez poli."}
    kept(session, models.MessageDecision(message_id=said.id or 0, **decided))


def stranger(session: Session) -> Person:
    return factories.a_person(session, Role.OFFA, last_name=OTHERS)


@pytest.fixture
def full(world: Engine) -> tuple[Engine, Actor]:
    with transaction(world) as session:
        learner = factories.a_learner(session, phone="0470 00 00 00")
        everything_of(session, session.get_one(Person, learner.person_id), learner)
        actor = factories.actor_of_learner(learner)
    return world, actor


def test_an_interview_is_with_its_application(full: tuple[Engine, Actor]) -> None:
    [application] = exported(*full)["candidatures"]["contenu"]
    [interview] = application["entretien"]
    assert (interview["lieu"], interview["etat"]) == ("Rue du Pain", "fixé")
    assert [slot["propose_par"] for slot in interview["moments_proposes"]] == ["Entreprise formatrice"]


def test_every_section_is_filled_for_whoever_played_every_part(full: tuple[Engine, Actor]) -> None:
    world, actor = full
    file = exported(world, actor)
    assert list(file) == ["a_propos", *SECTIONS]
    assert file["a_propos"]["sans_contenu"] == []
    assert all(part["explication"] and part["contenu"] for name, part in file.items() if name != "a_propos")


def test_what_lies_behind_another_row_is_there_too(full: tuple[Engine, Actor]) -> None:
    world, actor = full
    file = {name: part.get("contenu") for name, part in exported(world, actor).items()}
    (enrolment,), (application,), (alert,) = file["inscriptions"], file["candidatures"], file["alertes"]
    assert [len(enrolment[each]) for each in ("codes_d_activation", "signalements", "listes_de_l_operateur")] == [1] * 3
    assert [len(application[each]) for each in ("etapes", "mise_en_relation", "relances_par_l_operateur")] == [1] * 3
    assert (alert["recherche"]["text"], len(alert["offres_trouvees"])) == ("pain", 1)
    assert [len(file[each][0]["etablissements"]) for each in ("equipes", "invitations_d_entreprises")] == [1, 1]
    assert file["invitations_de_l_offa"][0]["secteurs"] == [{"secteur": "Soins"}]
    assert len(file["gestes_pour_d_autres"]) == 15
    assert [row["contenu"] for row in file["fichiers_remis"]] == ["liste d’apprenants", "agréments"]
    assert len(file["travail_sur_les_candidatures"]) == 1
    assert [row["mots"] for row in file["conversations"][0]["messages"]] == ["Bonjour, c’est moi."]
    assert [row["mots"] for row in file["messages_ecrits"]] == ["Bonjour à vous."]
    assert len(file["conversations"][0]["lecture"]) == 2


def test_a_learner_s_own_cvs_lie_beside_the_list_that_names_them(full: tuple[Engine, Actor]) -> None:
    world, actor = full
    with transaction(world) as session:
        learner = session.get_one(models.Learner, actor.learner_id)
        factories.a_document_of_draft(session, factories.an_offer(session), learner, b"draft", kind=DocumentKind.JPG)
        for state, kept_content in ((DocumentState.WAITING, b"unknown"), (DocumentState.INFECTED, b"")):
            factories.a_document_of_draft(session, factories.an_offer(session), learner, kept_content, state=state)
        other = factories.a_learner(session)
        factories.a_document_of_draft(session, factories.an_offer(session), other, b"of another")
    file = export_my_data(actor, now=NOW, on=world)
    listed = [row["fichier"] for row in json.loads(file.content)["cv"]["contenu"]]
    assert sorted(listed) == ["", "", *sorted(file.beside)]
    name, media_type, content = file.whole()
    assert (name, media_type) == ("stageplus-mes-donnees-2026-11-24.zip", "application/zip")
    with ZipFile(BytesIO(content)) as archive:
        assert archive.read("stageplus-mes-donnees-2026-11-24.json").decode() == file.content
        opened = {each: archive.read(each) for each in archive.namelist() if each.startswith("cv/")}
    assert sorted(opened.values()) == [b"%PDF-", b"draft"]
    assert [each.rpartition(".")[2] for each in sorted(opened, key=opened.__getitem__)] == ["pdf", "jpg"]


def test_whoever_has_no_cv_gets_the_list_alone(world: Engine) -> None:
    with transaction(world) as session:
        actor = factories.an_offa_member(session)
    file = export_my_data(actor, now=NOW, on=world)
    assert file.whole() == (file.name, "application/json; charset=utf-8", file.content.encode())
    assert file.name.endswith(".json")


def test_what_offa_hid_of_the_other_side_and_who_reported_stay_out(full: tuple[Engine, Actor]) -> None:
    world, actor = full
    with transaction(world) as session:
        application = session.exec(select(models.Application).where(models.Application.learner_id == actor.learner_id))
        by = Actor(stranger(session).id or 0, Role.COMPANY)
        said = factories.a_message(session, application.one(), by, "Propos cachés", hidden_at=NOW)
        mine = session.exec(select(models.Message).where(models.Message.person_id == actor.person_id)).first()
        told = models.MessageReport(
            message_id=mine.id if mine else 0,
            person_id=by.person_id,
            reason=MessageConcern.INSULT,
            words=OTHERS,
            at=NOW,
        )
        session.add(told)
        assert said.id
    content = export_my_data(actor, now=NOW, on=world).content
    assert "Propos cachés" not in content
    assert OTHERS not in content


def test_values_are_read_by_people_and_programs(full: tuple[Engine, Actor]) -> None:
    world, actor = full
    file = exported(world, actor)
    assert file["compte"]["contenu"][0]["compte_ouvert_le"] == "2026-11-24T10:00:00+01:00"
    assert file["formation"]["contenu"][0]["jours_en_entreprise"] == "lundi, mardi, mercredi et jeudi"
    assert file["compte"]["contenu"][0]["profil"] == "Apprenant"


def test_no_secret_is_given(full: tuple[Engine, Actor]) -> None:
    world, actor = full
    content = export_my_data(actor, now=NOW, on=world).content
    kept_secrets = []
    with reading(world) as session:
        for table in SQLModel.metadata.sorted_tables:
            for column in table.columns:
                if column.name in SECRETS or column.name == "form_key":
                    kept_secrets += [value for (value,) in session.execute(select(column))]
    assert len(kept_secrets) > len(SECRETS)
    assert [secret for secret in kept_secrets if secret in content] == []


def test_nothing_of_others_is_given(full: tuple[Engine, Actor]) -> None:
    world, actor = full
    with transaction(world) as session:
        other = factories.a_learner(session)
        person = session.get_one(Person, other.person_id)
        person.first_name = person.last_name = OTHERS
        everything_of(session, person, other)
        theirs = person.email
    content = export_my_data(actor, now=NOW, on=world).content
    assert OTHERS not in content
    assert theirs not in content


def test_who_did_something_is_a_role(full: tuple[Engine, Actor]) -> None:
    world, actor = full
    (reset,) = exported(world, actor)["gestes_au_sujet_du_compte"]["contenu"]
    assert (reset["par"], reset["precision"]) == ("l’OFFA", "Perdu")
    (step,) = exported(world, actor)["candidatures"]["contenu"][0]["etapes"]
    assert step["par"] == "OFFA"


def test_each_file_is_written_in_the_journal(full: tuple[Engine, Actor]) -> None:
    world, actor = full
    exported(world, actor)
    deeds = exported(world, actor)["gestes_au_sujet_du_compte"]["contenu"]
    assert (deeds[-1]["geste"], deeds[-1]["par"]) == ("Données personnelles téléchargées", "la personne elle-même")
    with reading(world) as session:
        rows = session.exec(select(JournalEntry).where(JournalEntry.action == "data.exported")).all()
    assert [(row.actor_id, row.subject_id) for row in rows] == [(actor.person_id, actor.person_id)] * 2


def test_an_old_proof_gives_no_file_and_writes_nothing(world: Engine) -> None:
    with transaction(world) as session:
        actor = factories.an_offa_member(session)
    for proved_at in (None, NOW - timedelta(minutes=10)):
        with pytest.raises(FreshFactorNeeded):
            export_my_data(replace(actor, proved_at=proved_at), now=NOW, on=world)
    with pytest.raises(Denied):
        export_my_data(None, now=NOW, on=world)
    with reading(world) as session:
        assert session.exec(select(JournalEntry)).all() == []


def test_whoever_did_little_reads_which_parts_hold_nothing(world: Engine) -> None:
    with transaction(world) as session:
        actor = factories.an_offa_member(session)
    file = exported(world, actor)
    assert list(file) == ["a_propos", "compte"]
    assert len(file["a_propos"]["sans_contenu"]) == len(SECTIONS) - 1


def test_files_are_counted(world: Engine) -> None:
    with transaction(world) as session:
        actor = factories.an_offa_member(session)
    for _time in range(PER_PERSON.times):
        export_my_data(actor, now=NOW, on=world)
    with pytest.raises(TooManyTries):
        export_my_data(actor, now=NOW, on=world)


def test_the_columns_that_sections_name_are_of_their_tables() -> None:
    known = {f"{t.name}.{c.name}" for t in SQLModel.metadata.sorted_tables for c in t.columns}
    assert {each for section in SECTIONS.values() for each in section.columns} <= known
