"""What the use cases of agréments, claims and teams are called with."""

from collections.abc import Callable
from datetime import date
from typing import Any

from stageplus.domain.actors import Role
from stageplus.domain.approvals import ApprovalState
from stageplus.domain.claims import ClaimRefusal
from stageplus.domain.moderation import FlagReason
from stageplus.services.accounts.schemas import NO_VISITOR, NewPasswordInput
from stageplus.services.announcements.schemas import AnnouncementInput
from stageplus.services.approvals.schemas import ApprovalInput, ApprovalSearch, DecisionInput
from stageplus.services.circulars.schemas import CircularInput, SendInput, WantedInput
from stageplus.services.claims.schemas import ClaimInput, ContestInput, NearInput, PlaceInput, RefusalInput
from stageplus.services.journal.schemas import DeedSearch
from stageplus.services.mergers.schemas import MergeInput, PairSearch
from stageplus.services.moderation.schemas import CaseSearch, FlagInput, ModerationInput
from stageplus.services.networks.schemas import NetworkInput, OperatorInput
from stageplus.services.offers.schemas import OfferSearch
from stageplus.services.outreach.schemas import LinkInput
from stageplus.services.parameters.rules import WEIGHTS as RANKING
from stageplus.services.parameters.schemas import SampleInput, TryInput, ValueInput, WeightsInput
from stageplus.services.people.schemas import InvitationSearch, MandateInput, PeopleSearch, SuspensionInput
from stageplus.services.people.schemas import InviteInput as InvitePersonInput
from stageplus.services.people.schemas import JoinInput as ComeInInput
from stageplus.services.postings.schemas import CapInput, ExtendInput
from stageplus.services.reference.schemas import (
    SectorInput,
    SettleInput,
    StatusInput,
    TradeInput,
    TradeSearch,
    WordInput,
    WordSearch,
)
from stageplus.services.renewals.schemas import EndingInput
from stageplus.services.schemes.schemas import EndInput, ReopenInput, SchemeInput
from stageplus.services.suggestions.schemas import ChoiceSearch, SuggestionInput
from stageplus.services.teams.schemas import InviteInput, JoinInput, ScopeInput

LETTER = {"subject": "Bonjour", "words": "Publiez une offre."}
SUSPENSION = DecisionInput(state=ApprovalState.SUSPENDED, since=date(2026, 11, 20), reason="Contrôle")
RECORD = ApprovalInput.read(
    {
        "enterprise_number": "0400000185",
        "establishment_number": "2000000141",
        "company": "Maison nouvelle",
        "postal_code": "5000",
        "trade": "boulanger",
        "state": "accordé",
        "since": "2026-11-20",
    }
)
PLACE = {
    "enterprise_number": "0400000185",
    "establishment_number": "2000000141",
    "company_name": "Maison nouvelle",
    "postal_code": "5000",
    "function": "Gérante",
}
SUGGESTION = SuggestionInput(learners=[1], reason="Tout près de chez toi.")
COME_IN = ComeInInput.read({"first_name": "Ada", "last_name": "Essai", "new": "une phrase assez longue"})
CLAIM = ClaimInput.read(PLACE | {"first_name": "Ada", "last_name": "Essai", "email": "ada@demo.test"})
SCHEME = SchemeInput.read(
    {
        "name": "Alternance pour adultes",
        "min_age": "18",
        "min_age_with_two_years": "18",
        "max_age_contract": "60",
        "kinds": ["ifapme"],
        "effective_from": "2027-01-01",
        "why": "Essai",
    }
)
SCHEME_CODE = "alternance-secondaire"
OPERATOR = OperatorInput(name="Centre neuf", kind="ifapme", place="5000", email="centre@demo.test", why="Essai")
ANNOUNCEMENT = AnnouncementInput.read(
    {"spot": "bandeau", "audience": "learner", "words": "Bonne rentrée.", "starts_on": "2026-11-24"}
)
FROM_2027 = {"effective_from": date(2027, 1, 1), "why": "Essai"}
NEW_VALUE = ValueInput(value="12", **FROM_2027)
WEIGHTS = WeightsInput(typed=dict.fromkeys(RANKING, "10"), **FROM_2027)


def to_company(world: Any) -> str:
    return f"cochees={world.company}"


ARGUMENTS: dict[str, Callable[[Any], tuple[Any, ...]]] = {
    "announcements.preview_announcement": lambda world: (ANNOUNCEMENT,),
    "announcements.save_announcement": lambda world: (ANNOUNCEMENT,),
    "announcements.withdraw_announcement": lambda world: (world.announcement,),
    "approvals.approval_detail": lambda world: (world.approval,),
    "approvals.approvals": lambda world: (ApprovalSearch(),),
    "approvals.change_approval": lambda world: (world.approval, 0, SUSPENSION),
    "approvals.record_approval": lambda world: (RECORD,),
    "approvals.settle_approval": lambda world: (world.approval, SUSPENSION),
    "approvals.approval_file": lambda world: (world.approvals_read,),
    "approvals.approval_file_problems": lambda world: (world.approvals_read,),
    "approvals.hand_in_approvals": lambda world: (0, "liste.csv", b"Nom"),
    "approvals.import_approvals": lambda world: (world.approvals_read,),
    "approvals.undo_approvals": lambda world: (world.approvals_done,),
    "mergers.merge_companies": lambda world: (
        MergeInput(keep_id=world.company, gone_id=world.other_company, why="Essai"),
    ),
    "mergers.merger_desk": lambda world: (PairSearch(),),
    "moderation.decide_case": lambda world: (world.offer, ModerationInput(decision="ask", words="Changez ce mot.")),
    "moderation.flag_offer": lambda world: (world.untouched, FlagInput(reason=FlagReason.GONE)),
    "moderation.moderation_case": lambda world: (world.offer,),
    "moderation.moderation_queue": lambda world: (CaseSearch(),),
    "moderation.my_flag": lambda world: (world.offer,),
    "offers.also_at": lambda world: (world.offer,),
    "postings.extend_offer": lambda world: (world.offer, ExtendInput(establishments=[1])),
    "postings.extension_of": lambda world: (world.offer,),
    "postings.copy_offer": lambda world: (world.offer,),
    "postings.poster_of": lambda world: (world.offer,),
    "postings.preview_offer": lambda world: (world.draft,),
    "postings.words_noticed": lambda world: ({"tasks": "Pétrir."},),
    "circulars.choose_circulars": lambda world: (WantedInput(wanted=False),),
    "circulars.circular_desk": lambda world: (to_company(world),),
    "circulars.preview_circular": lambda world: (CircularInput(query=to_company(world), **LETTER),),
    "circulars.send_circular": lambda world: (SendInput(query=to_company(world), form_key="c" * 32, **LETTER),),
    "circulars.stop_by_link": lambda world: ("un jeton",),
    "claims.accept_claim": lambda world: (world.claim,),
    "claims.claim_another": lambda world: (PlaceInput.read(PLACE),),
    "claims.claim_detail": lambda world: (world.claim,),
    "claims.confirm_claim": lambda world: ("un jeton", NewPasswordInput.read({"new": "une phrase assez longue"})),
    "claims.contest_claim": lambda world: (world.claim, ContestInput(words="Pourtant si.")),
    "claims.make_claim": lambda world: (NO_VISITOR, CLAIM),
    "claims.operators_near": lambda world: (NearInput(place="5000"),),
    "claims.refuse_claim": lambda world: (world.claim, RefusalInput(reason=ClaimRefusal.OTHER)),
    "journal.deeds": lambda world: (DeedSearch(),),
    "outreach.end_link": lambda world: (world.coach_link,),
    "outreach.leaflet_of": lambda world: (world.coach_link,),
    "outreach.make_link": lambda world: (LinkInput(name="Essai"),),
    "outreach.note_opening": lambda world: (NO_VISITOR, "a" * 12),
    "parameters.add_value": lambda world: ("alerts_max", NEW_VALUE),
    "parameters.parameter_detail": lambda world: ("alerts_max",),
    "parameters.remove_value": lambda world: ("alerts_max", date(2027, 1, 1)),
    "parameters.save_weights": lambda world: (WEIGHTS,),
    "parameters.try_value": lambda world: ("alerts_max", TryInput(value="12")),
    "parameters.try_weights": lambda world: (WEIGHTS.typed, SampleInput(text="pain", place="Namur")),
    "people.accept_invitation": lambda world: ("un jeton", COME_IN),
    "people.invitations": lambda world: (InvitationSearch(),),
    "people.invite_person": lambda world: (InvitePersonInput(email="bea@demo.test", role=Role.OFFA),),
    "people.look_at_invitation": lambda world: ("un jeton",),
    "people.change_mandate": lambda world: (world.learner_person, MandateInput()),
    "people.people": lambda world: (PeopleSearch(),),
    "people.person_detail": lambda world: (world.learner_person,),
    "people.restore_person": lambda world: (world.learner_person,),
    "people.suspend_person": lambda world: (world.learner_person, SuspensionInput(reason="Essai")),
    "people.renew_invitation": lambda world: (world.staff_invitation,),
    "people.withdraw_invitation": lambda world: (world.staff_invitation,),
    "figures.note_seen": lambda world: (world.offer,),
    "figures.offer_figures": lambda world: (world.offer,),
    "figures.tell_operators": lambda world: (world.offer,),
    "postings.cap_applications": lambda world: (world.offer, CapInput(most=1)),
    "postings.hold_applications": lambda world: (world.offer,),
    "postings.take_applications": lambda world: (world.offer,),
    "offers.note_fruitless_search": lambda world: (OfferSearch(text="luthier"),),
    "reference.add_word": lambda world: (WordInput(word="miche", trade="boulanger"),),
    "reference.remove_word": lambda world: ("boulanger", "pain"),
    "reference.save_sector": lambda world: (SectorInput(name="Nouveau", why="Essai"),),
    "reference.save_trade": lambda world: (
        TradeInput(name_f="Luthière", name_m="Luthier", sector="soins", why="Essai"),
    ),
    "reference.set_trade_status": lambda world: ("boulanger", StatusInput(status="archivé", why="Essai")),
    "reference.settle_search": lambda world: (SettleInput(words="luthier"),),
    "reference.trade_detail": lambda world: ("boulanger",),
    "reference.trades": lambda world: (TradeSearch(),),
    "reference.word_desk": lambda world: (WordSearch(),),
    "renewals.close_by_link": lambda world: ("un jeton", EndingInput.read({"reason": "autre"})),
    "renewals.look_at_ending": lambda world: ("un jeton",),
    "renewals.renew_by_link": lambda world: ("un jeton",),
    "schemes.drop_rule": lambda world: (SCHEME_CODE, date(2027, 1, 1)),
    "schemes.end_scheme": lambda world: (SCHEME_CODE, EndInput(last_day=date(2027, 1, 1), why="Essai")),
    "schemes.preview_scheme": lambda world: (SCHEME,),
    "schemes.reopen_scheme": lambda world: (SCHEME_CODE, ReopenInput(why="Essai")),
    "networks.save_network": lambda world: (NetworkInput(name="Haute école", words="Haute école", why="Essai"),),
    "networks.save_operator": lambda world: (OPERATOR,),
    "schemes.save_scheme": lambda world: (SCHEME,),
    "schemes.scheme_detail": lambda world: (SCHEME_CODE,),
    "suggestions.hide_suggestion": lambda world: (world.untouched,),
    "suggestions.learners_to_choose": lambda world: (world.untouched, ChoiceSearch()),
    "suggestions.offer_to_suggest": lambda world: (world.untouched,),
    "suggestions.offers_to_suggest": lambda world: (OfferSearch(),),
    "suggestions.suggest_offer": lambda world: (
        world.untouched,
        SUGGESTION.model_copy(update={"learners": [world.learner]}),
    ),
    "teams.accept_invitation": lambda world: ("un jeton", JoinInput()),
    "teams.change_member": lambda world: (world.colleague, ScopeInput(everywhere=True)),
    "teams.hand_over": lambda world: (world.colleague,),
    "teams.invite_member": lambda world: (InviteInput(email="ada@demo.test", everywhere=True),),
    "teams.look_at_invitation": lambda world: ("un jeton",),
    "teams.remove_member": lambda world: (world.colleague,),
    "teams.switch_company": lambda world: ("un jeton", world.company),
    "teams.team_member": lambda world: (world.colleague,),
    "teams.withdraw_invitation": lambda world: (world.invitation,),
}
