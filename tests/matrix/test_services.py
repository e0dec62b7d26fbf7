"""Every cell of the table, on the services themselves."""

from collections.abc import Callable
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest
from sqlalchemy import Engine

from stageplus.domain.actors import Actor, Role
from stageplus.domain.alerts import AlertPace
from stageplus.domain.applications import RefusalReason
from stageplus.domain.coaching import ViewList
from stageplus.domain.conversations import MessageConcern
from stageplus.domain.errors import Denied, DomainError, NotFound
from stageplus.domain.guidance import Situation
from stageplus.domain.introductions import FailureReason
from stageplus.domain.letters import Group, MailPace
from stageplus.domain.offers import ClosingReason
from stageplus.services.accounts.schemas import NO_VISITOR, EmailInput, NameInput, NewPasswordInput, PasswordInput
from stageplus.services.activation.schemas import ChosenInput, CodeInput, ReportInput, StartInput
from stageplus.services.alerts.schemas import AlertInput, PaceInput
from stageplus.services.answers.schemas import HandOverInput, MoveInput, PromiseInput, SeveralRefusalInput
from stageplus.services.applications.schemas import ApplicationInput, InboxSearch, RefusalInput
from stageplus.services.caseload.schemas import SeveralInput
from stageplus.services.coaching.schemas import CompanySearch, FollowedSearch
from stageplus.services.company_contacts.schemas import ContactInput, PlanInput
from stageplus.services.conversations.schemas import MessageInput, NumberInput
from stageplus.services.drafts.schemas import DraftInput
from stageplus.services.enrolment.schemas import ConfirmInput, CorrectionInput, EnrolmentSearch
from stageplus.services.factors.schemas import PasskeyInput, PasskeyNameInput, Proof, ResetInput, TotpInput
from stageplus.services.federation.schemas import Answer
from stageplus.services.followup.schemas import FailureInput, FirstDayInput, IntroductionSearch, LearnerSearch
from stageplus.services.guidance.schemas import FollowUpInput, NoteInput
from stageplus.services.interviews.schemas import CancelInput, InterviewInput, TimesInput
from stageplus.services.message_reports.schemas import MessageDecisionInput, MessageReportInput, ReportSearch
from stageplus.services.notices.schemas import ChoiceInput
from stageplus.services.offers.schemas import OfferSearch
from stageplus.services.placements.schemas import FarewellInput, OutsidePlaceInput, WithdrawalInput
from stageplus.services.postings.schemas import ClosingInput, PostingSearch
from stageplus.services.saved_views.schemas import ViewInput
from stageplus.services.statistics.schemas import FiguresSearch, MonthSearch
from stageplus.services.territories.schemas import TerritorySearch
from tests.factories import NOW
from tests.house.test_use_cases import first_argument, opens_the_database, use_cases
from tests.matrix import registers
from tests.matrix.conftest import SECRET, World
from tests.matrix.table import TABLE, WHO, expected

ELSEWHERE = OutsidePlaceInput(company_name="Ailleurs", starts_on=date(2026, 12, 1))
INTERVIEW = InterviewInput.read({"day": "2026-12-01", "at": "14:30", "place": "À l’atelier"})
OTHER_TIMES = TimesInput.read({"day": "2026-12-03", "at": "10:00", "why": "Un imprévu"})
REFUSAL = RefusalInput(reason=RefusalReason.OTHER_PROFILE, words="Merci pour votre candidature.")
SEVERAL = SeveralRefusalInput.read({"ids": ["1"], "reason_for_all": "autre profil", "words_for_all": "Merci à vous."})
START = StartInput.read({"code": "AAAAAAAAA", "email": "ada@exemple.test"})
CORRECTION = CorrectionInput.read({"first_name": "Ada", "last_name": "Essai"})
NUMBER = NumberInput(form_key="b" * 32, number="0470123456")
NAME = NameInput.read({"first_name": "Ada", "last_name": "Essai"})
PASSWORDS = PasswordInput.read({"old": "une phrase assez longue", "new": "une autre phrase assez longue"})


def typed_offer(world: World) -> dict[str, Any]:
    return {
        "form_key": "f" * 32,
        "place": world.place,
        "places": "1",
        "starts_from": "2027-01-04",
        "starts_until": "2027-02-26",
        "years": ["0"],
        "language": "français",
        "days": ["0", "1", "2"],
        "day_starts_at": "08:00",
        "day_ends_at": "16:30",
        "weekly_hours": "24",
        "tasks": "Pétrir et cuire.",
        "tutor_first_name": "Sacha",
        "tutor_function": "Cheffe d’atelier",
    }


def application() -> ApplicationInput:
    return ApplicationInput.read({"form_key": "e" * 32, "motivation": "J’aime le pain."})


ARGUMENTS: dict[str, Callable[[World], tuple[Any, ...]]] = {
    **registers.ARGUMENTS,
    "accounts.ask_for_reset": lambda world: (NO_VISITOR, EmailInput(email="personne@demo.test")),
    "accounts.ask_for_email_change": lambda world: (EmailInput(email="nouvelle@demo.test"),),
    "accounts.change_password": lambda world: ("", PASSWORDS),
    "accounts.confirm_email_change": lambda world: ("un jeton",),
    "accounts.end_other_sessions": lambda world: ("",),
    "accounts.end_session": lambda world: ("", world.session),
    "accounts.my_sessions": lambda world: ("",),
    "accounts.rename": lambda world: (NAME,),
    "accounts.reset_password": lambda world: ("un jeton", NewPasswordInput(new="une autre phrase assez longue")),
    "activation.attach_enrolment": lambda world: (NO_VISITOR, CodeInput(code=world.code)),
    "activation.finish_activation": lambda world: (NO_VISITOR, "un jeton", "une phrase assez longue"),
    "activation.look_at_activation": lambda world: ("un jeton",),
    "activation.look_at_code": lambda world: (NO_VISITOR, CodeInput(code=world.code)),
    "activation.print_codes": lambda world: (ChosenInput(ids=(world.enrolment,)),),
    "activation.report_enrolment": lambda world: (NO_VISITOR, ReportInput(code=world.code, what="ailleurs")),
    "activation.send_codes": lambda world: (ChosenInput(everybody=True),),
    "activation.start_activation": lambda world: (NO_VISITOR, START.model_copy(update={"code": world.code})),
    "alerts.change_pace": lambda world: (world.alert, PaceInput(pace=AlertPace.WEEKLY)),
    "alerts.drop_alert": lambda world: (world.alert,),
    "alerts.save_alert": lambda world: (AlertInput(text="boulanger"),),
    "alerts.stop_mails_by_link": lambda world: ("un jeton",),
    "answers.answer_by_phone": lambda world: (world.application,),
    "answers.hand_over_application": lambda world: (world.application, HandOverInput(colleague=world.colleague)),
    "answers.move_application": lambda world: (world.application, MoveInput(offer=world.annex)),
    "answers.promise_answers": lambda world: (PromiseInput(ids=(world.application,), before=date(2026, 12, 1)),),
    "answers.reconsider_refusal": lambda world: (world.application,),
    "answers.refuse_several": lambda world: (SEVERAL.model_copy(update={"ids": (world.application,)}),),
    "answers.take_back_answer": lambda world: ("une clé",),
    "answers.ways_on": lambda world: (world.application,),
    "replies.look_at_reply": lambda world: ("un jeton",),
    "replies.promise_by_link": lambda world: ("un jeton",),
    "silences.nudge_company": lambda world: (world.application,),
    "asking.ask_for_help": lambda world: (OfferSearch(text="luthier"),),
    "applications.accept_application": lambda world: (world.application,),
    "applications.inbox_detail": lambda world: (world.application,),
    "applications.my_application": lambda world: (world.application,),
    "interviews.cancel_interview": lambda world: (world.meeting, CancelInput(why="Un imprévu")),
    "interviews.followed_calendar": lambda world: ("un jeton",),
    "interviews.interview_file": lambda world: (world.meeting,),
    "interviews.offer_other_times": lambda world: (world.meeting, OTHER_TIMES),
    "interviews.take_slot": lambda world: (world.meeting, 1),
    "applications.propose_interview": lambda world: (world.application, INTERVIEW),
    "applications.refuse_application": lambda world: (world.application, REFUSAL),
    "applications.see_application": lambda world: (world.application,),
    "applications.send_application": lambda world: (world.untouched, application()),
    "applications.withdraw_application": lambda world: (world.application,),
    "consultations.my_consultations": lambda world: (world.application,),
    "applications.open_cv": lambda world: (world.application,),
    "documents.add_document": lambda world: (world.untouched, b""),
    "documents.draft_file": lambda world: (world.untouched,),
    "documents.drop_document": lambda world: (world.untouched,),
    "drafts.my_draft": lambda world: (world.untouched,),
    "drafts.save_draft": lambda world: (world.untouched, DraftInput(motivation="J’aime le pain.")),
    "conversations.conversation": lambda world: (world.application,),
    "conversations.hide_from_operator": lambda world: (world.application,),
    "conversations.mark_read": lambda world: (world.application, world.message),
    "conversations.send_message": lambda world: (world.application, MessageInput(form_key="a" * 32, text="Bonjour")),
    "conversations.share_number": lambda world: (world.application, NUMBER),
    "conversations.show_to_operator": lambda world: (world.application,),
    "conversations.shown_conversations": lambda world: (world.learner,),
    "message_reports.decide_report": lambda world: (world.message, MessageDecisionInput(decision="leave")),
    "message_reports.report_message": lambda world: (world.message, MessageReportInput(concern=MessageConcern.INSULT)),
    "message_reports.reported_message": lambda world: (world.message,),
    "message_reports.reported_messages": lambda world: (ReportSearch(),),
    "factors.access_of_learner": lambda world: (world.learner,),
    "factors.confirm_totp": lambda world: ("un jeton", TotpInput(pending="x", code="123456")),
    "factors.passkey_to_prove": lambda world: ("un jeton",),
    "factors.passkey_to_register": lambda world: ("un jeton",),
    "factors.passkey_to_sign_in": lambda world: ("un jeton",),
    "factors.prove_by_code": lambda world: ("un jeton", Proof("faux")),
    "factors.prove_by_passkey": lambda world: ("un jeton", Proof("faux")),
    "factors.prove_by_password": lambda world: ("un jeton", Proof("faux")),
    "enrolment.correct_enrolment": lambda world: (world.enrolment, CORRECTION),
    "enrolment.drop_import": lambda world: (world.file,),
    "enrolment.end_enrolment": lambda world: (world.enrolment,),
    "enrolment.enrolment_detail": lambda world: (world.enrolment,),
    "enrolment.hand_in_roster": lambda world: ("liste.csv", b"Nom;Matricule"),
    "enrolment.import_preview": lambda world: (world.file,),
    "enrolment.import_problems": lambda world: (world.file,),
    "enrolment.import_roster": lambda world: (world.file, ConfirmInput(all_absent=True)),
    "enrolment.my_enrolments": lambda world: (EnrolmentSearch(),),
    "enrolment.resume_enrolment": lambda world: (world.ended,),
    "enrolment.settle_reports": lambda world: (world.enrolment,),
    "enrolment.undo_import": lambda world: (world.imported,),
    "favourites.keep_offer": lambda world: (world.untouched,),
    "favourites.let_offer_go": lambda world: (world.untouched,),
    "federation.leave_to_link": lambda world: ("un jeton", NO_VISITOR),
    "federation.leave_to_sign_in": lambda world: ("un jeton", NO_VISITOR, ""),
    "federation.link_identity": lambda world: ("un jeton", Answer("un état", "un code"), NO_VISITOR),
    "factors.prove_by_totp": lambda world: ("un jeton", Proof("faux")),
    "factors.register_passkey": lambda world: ("un jeton", PasskeyInput(name="Clé", preuve="{}")),
    "factors.remove_passkey": lambda world: ("un jeton", world.passkey),
    "factors.remove_totp": lambda world: ("un jeton",),
    "factors.rename_passkey": lambda world: (world.passkey, PasskeyNameInput(name="Clé")),
    "factors.reset_factor": lambda world: (world.learner_person, ResetInput(reason="Téléphone perdu")),
    "caseload.follow_several": lambda world: (SeveralInput(learners=(world.learner,), staff="personne"),),
    "extracts.extract_learners": lambda world: (LearnerSearch(),),
    "termly.term_report": lambda world: ("2026-T4",),
    "followup.followed_learner": lambda world: (world.learner,),
    "followup.introductions": lambda world: (IntroductionSearch(),),
    "followup.my_learners": lambda world: (LearnerSearch(),),
    "followup.confirm_start": lambda world: (world.introduction, FirstDayInput(day=NOW.date())),
    "followup.fail_introduction": lambda world: (world.introduction, FailureInput(reason=FailureReason.OTHER)),
    "followup.take_over": lambda world: (world.introduction,),
    "notices.choose_mail": lambda world: (ChoiceInput(group=Group.ANSWERS, pace=MailPace.DAILY),),
    "notices.read_all_notices": lambda world: (world.notice,),
    "notices.read_notice": lambda world: (world.notice,),
    "followup.open_learner": lambda world: (world.learner,),
    "guidance.erase_note": lambda world: (world.learner, world.note),
    "guidance.guidance": lambda world: (world.learner,),
    "guidance.nudge_company": lambda world: (world.learner, world.application),
    "guidance.plan_contact": lambda world: (world.learner, FollowUpInput(situation=Situation.ON_HOLD)),
    "guidance.write_note": lambda world: (world.learner, NoteInput(words="Vu lundi.")),
    "links.look_at_link": lambda world: ("un jeton",),
    "offers.offer_detail": lambda world: (world.offer,),
    "offers.offers_map": lambda world: (OfferSearch.read({}),),
    "offers.open_offers": lambda world: (OfferSearch.read({}),),
    "offers.similar_offers": lambda world: (world.offer,),
    "applications.inbox": lambda world: (InboxSearch(),),
    "placements.find_elsewhere": lambda world: (FarewellInput(words="Merci."),),
    "placements.forget_place": lambda world: (world.learner,),
    "placements.record_place": lambda world: (world.learner, ELSEWHERE),
    "placements.withdraw_others": lambda world: (WithdrawalInput(applications=(world.application,), words="Merci."),),
    "postings.close_offer": lambda world: (world.offer, ClosingInput(reason=ClosingReason.OTHER)),
    "postings.discard_draft": lambda world: (world.draft,),
    "postings.edit_offer": lambda world: (world.offer, typed_offer(world) | {"places": "2"}),
    "postings.my_offers": lambda world: (PostingSearch(),),
    "postings.my_offer": lambda world: (world.offer,),
    "postings.publish_offer": lambda world: (typed_offer(world),),
    "postings.renew_offer": lambda world: (world.offer,),
    "postings.resume_offer": lambda world: (world.suspended,),
    "postings.save_draft": lambda world: (typed_offer(world),),
    "postings.suspend_offer": lambda world: (world.offer,),
    "territories.territory": lambda world: (TerritorySearch(),),
    "statistics.followed_figures": lambda world: (FiguresSearch(),),
    "statistics.open_data": lambda world: ("mois",),
    "statistics.open_figures": lambda world: (MonthSearch(),),
    "coaching.companies_file": lambda world: (CompanySearch(), "csv"),
    "coaching.companies_of_my_sectors": lambda world: (CompanySearch(),),
    "coaching.company_sheet": lambda world: (world.company,),
    "coaching.offers_file": lambda world: (FollowedSearch(), "xlsx"),
    "coaching.offers_of_my_sectors": lambda world: (FollowedSearch(),),
    "saved_views.drop_view": lambda world: (world.view,),
    "saved_views.my_views": lambda world: (ViewList.OFFERS,),
    "saved_views.save_view": lambda world: (ViewInput(view_name="Lundi", of_list=ViewList.OFFERS),),
    "company_contacts.contact_book": lambda world: (world.company,),
    "company_contacts.erase_contact": lambda world: (world.company, world.contact),
    "company_contacts.note_contact": lambda world: (world.company, ContactInput(kind="appel", words="Rappelle.")),
    "company_contacts.plan_follow_up": lambda world: (world.company, PlanInput(next_on=date(2026, 12, 1))),
}


OF_STAFF: dict[str, Callable[[World], tuple[Any, ...]]] = {
    "saved_views.drop_view": lambda world: (world.staff_view,),
    "saved_views.my_views": lambda world: (ViewList.LEARNERS,),
    "saved_views.save_view": lambda world: (ViewInput(view_name="Lundi", of_list=ViewList.LEARNERS),),
}
"""What an operator's staff gives, where it differs from what a coach does."""


def perform(use_case: str, world: World, actor: Actor | None, engine: Engine) -> object:
    area, name = use_case.split(".")
    doors = [f"stageplus.services.{area}.{door}" for door in ("queries", "actions")]
    modules = [import_module(door) for door in doors if find_spec(door)]
    act = next(getattr(module, name) for module in modules if hasattr(module, name))
    of_staff = OF_STAFF if actor and actor.role is Role.OPERATOR else {}
    arguments = (of_staff.get(use_case) or ARGUMENTS.get(use_case, lambda world: ()))(world)
    return act(actor, *arguments, now=NOW, on=engine)


def outcome(use_case: str, world: World, who: str, engine: Engine) -> tuple[str, object]:
    try:
        return "A", perform(use_case, world, world.actors[who], engine)
    except Denied:
        return "D", None
    except NotFound:
        return "N", None
    except DomainError:  # it was let in, and read what it was given
        return "A", None


def test_every_use_case_is_in_the_table() -> None:
    found = {name for name, node in use_cases().items() if opens_the_database(node) and first_argument(node) == "actor"}
    assert set(TABLE) == found, "add the use case to tests/matrix/table.py, one letter for each of WHO"


def test_every_line_has_a_letter_for_each_column() -> None:
    assert {name: len(line.split()) for name, line in TABLE.items()} == dict.fromkeys(TABLE, len(WHO))


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("use_case", TABLE)
def test_cell(use_case: str, who: str, world: World, copy: Engine) -> None:
    wanted = expected(use_case, who)
    got, shown = outcome(use_case, world, who, copy)
    assert got == wanted.replace("E", "A")
    if wanted == "E":
        assert SECRET not in repr(shown)


@pytest.mark.parametrize(
    "use_case",
    [
        "followup.my_learners",
        "enrolment.my_enrolments",
        "applications.inbox",
        "coaching.companies_of_my_sectors",
        "coaching.company_sheet",
        "coaching.my_desk",
        "coaching.offers_of_my_sectors",
        "company_contacts.contact_book",
        "circulars.my_circular_choice",
        "circulars.preview_circular",
        "saved_views.my_views",
        "conversations.conversation",
        "conversations.my_conversations",
        "conversations.shown_conversations",
        "message_reports.reported_message",
        "interviews.agenda",
        "postings.my_offers",
        "suggestions.learners_to_choose",
    ],
)
def test_the_secret_is_there_for_whom_it_concerns(use_case: str, world: World, copy: Engine) -> None:
    who = WHO[expected_columns(use_case)[0]]
    assert SECRET in repr(outcome(use_case, world, who, copy)[1])


def expected_columns(use_case: str) -> list[int]:
    return [column for column, letter in enumerate(TABLE[use_case].split()) if letter == "A"]
