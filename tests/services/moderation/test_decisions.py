"""What brings an offer to OFFA by its words, and what OFFA decides: left, changed, off line, back."""

import pytest
from sqlmodel import select

from stageplus.db.engine import reading, transaction
from stageplus.domain.approvals import ApprovalState
from stageplus.domain.errors import InvalidInput, NotFound, NotPossible
from stageplus.domain.moderation import Standing
from stageplus.domain.offers import OfferStatus
from stageplus.domain.refusals import TakenOffLine
from stageplus.models import Approval, JournalEntry, Offer, OfferChange
from stageplus.services.journal.queries import deeds
from stageplus.services.journal.schemas import DeedSearch
from stageplus.services.moderation.queries import moderation_case, moderation_queue
from stageplus.services.moderation.schemas import CaseSearch, ModerationInput
from stageplus.services.offers.actions import halt_offers, restore_offers
from stageplus.services.postings.actions import renew_offer, resume_offer, save_draft, suspend_offer
from stageplus.services.postings.queries import my_offer, offers_to_change
from tests import factories
from tests.factories import NOW
from tests.services.moderation.conftest import Scene

SELECTS = "Nous cherchons un jeune homme motivé."


def test_harmless_words_bring_nothing(scene: Scene) -> None:
    published = scene.publish(tasks="Une jeune équipe, la maîtrise du français. Présentation soignée.")
    assert not published.examined
    assert scene.case(published.row.offer_id) is None


def test_words_that_select_do_not_stop_publication_and_bring_it_to_offa(scene: Scene) -> None:
    published = scene.publish(tasks=SELECTS)
    offer = published.row.offer_id
    assert (published.examined, scene.offer(offer).status) == (True, OfferStatus.PUBLISHED)
    detail = moderation_case(scene.offa, offer, now=NOW, on=scene.database)
    marked = [piece.words for text in detail.texts for piece in text.pieces if piece.noticed]
    assert "jeune homme" in " ".join(marked)
    assert "".join(piece.words for piece in detail.texts[0].pieces) == SELECTS
    assert detail.history[0].title == "Publiée avec des mots à examiner"
    assert detail.decisions == ["ask", "leave", "take off"]
    assert "jeune homme" in detail.suggested


def test_a_draft_goes_to_nobody(scene: Scene) -> None:
    kept = save_draft(scene.member, scene.typed(tasks=SELECTS), now=NOW, on=scene.database)
    assert [remark.field for remark in kept.detail.remarks] == ["tasks"]
    assert scene.case(kept.detail.row.offer_id) is None


def test_what_offa_left_is_not_brought_again_but_new_words_are(scene: Scene) -> None:
    offer = scene.publish(tasks=SELECTS).row.offer_id
    scene.decide(offer, "leave", "")
    assert not scene.edit(offer, tasks=f"{SELECTS} Pétrir.").examined
    assert scene.edit(offer, tasks=SELECTS, risks="Voile interdit.").examined
    case = scene.case(offer)
    assert case is not None
    assert case.waiting_since == NOW


def test_leaving_without_a_word_writes_to_nobody(scene: Scene) -> None:
    offer = scene.publish(tasks=SELECTS).row.offer_id
    scene.decide(offer, "leave", "")
    assert scene.mails() == []
    assert moderation_queue(scene.offa, CaseSearch(), now=NOW, on=scene.database).rows == []
    assert len(moderation_queue(scene.offa, CaseSearch(group="tout"), now=NOW, on=scene.database).rows) == 1


def test_a_change_is_asked_seen_made_and_looked_at_again(scene: Scene) -> None:
    offer = scene.publish(tasks=SELECTS).row.offer_id
    scene.decide(offer, "ask", "Écrivez « une personne motivée ».")
    (mail,) = scene.mails()
    assert "une personne motivée" in mail.text
    (asked,) = offers_to_change(scene.member, now=NOW, on=scene.database)
    assert (asked.row.offer_id, asked.notice.words) == (offer, "Écrivez « une personne motivée ».")
    assert my_offer(scene.member, offer, now=NOW, on=scene.database).notice.title
    assert scene.offer(offer).status is OfferStatus.PUBLISHED
    scene.edit(offer, tasks="Nous cherchons une personne motivée.")
    (row,) = moderation_queue(scene.offa, CaseSearch(), now=NOW, on=scene.database).rows
    assert row.why == "Modifiée par l’entreprise"
    scene.decide(offer, "leave", "Merci.")
    assert offers_to_change(scene.member, now=NOW, on=scene.database) == []


def test_what_offa_takes_off_line_only_offa_puts_back(scene: Scene) -> None:
    offer = scene.publish(tasks=SELECTS).row.offer_id
    with transaction(scene.database) as session:
        factories.an_application(session, session.get_one(Offer, offer), factories.a_learner(session))
    scene.decide(offer, "take off", "Ces mots excluent des personnes.")
    assert scene.offer(offer).status is OfferStatus.SUSPENDED
    assert {mail.kind for mail in scene.mails()} > {"moderation"}, "whoever applied is told"
    detail = my_offer(scene.member, offer, now=NOW, on=scene.database)
    assert (detail.notice.taken_off, {"resume", "renew"} & set(detail.steps)) == (True, set())
    for step in (resume_offer, renew_offer):
        with pytest.raises(TakenOffLine):
            step(scene.member, offer, now=NOW, on=scene.database)
    scene.edit(offer, tasks="Pétrir.")
    assert moderation_case(scene.offa, offer, now=NOW, on=scene.database).decisions == ["lift", "take off"]
    scene.decide(offer, "lift", "")
    assert scene.offer(offer).status is OfferStatus.PUBLISHED


def test_what_its_company_paused_stays_paused(scene: Scene) -> None:
    offer = scene.publish(tasks=SELECTS).row.offer_id
    suspend_offer(scene.member, offer, now=NOW, on=scene.database)
    scene.decide(offer, "take off")
    scene.decide(offer, "lift", "")
    assert scene.offer(offer).status is OfferStatus.SUSPENDED
    assert resume_offer(scene.member, offer, now=NOW, on=scene.database).row.status == "publiée"


def approval_becomes(scene: Scene, state: ApprovalState) -> None:
    with transaction(scene.database) as session:
        session.exec(select(Approval)).one().state = state
        session.flush()
        act = restore_offers if state is ApprovalState.GRANTED else halt_offers
        act(session, scene.offa, Offer.status == Offer.status, "Agrément", NOW)


def test_an_agrement_that_comes_back_does_not_put_back_what_offa_took_off(scene: Scene) -> None:
    offer = scene.publish(tasks=SELECTS).row.offer_id
    approval_becomes(scene, ApprovalState.SUSPENDED)
    scene.decide(offer, "take off")
    approval_becomes(scene, ApprovalState.GRANTED)
    assert scene.offer(offer).status is OfferStatus.SUSPENDED
    scene.decide(offer, "lift", "")
    assert scene.offer(offer).status is OfferStatus.PUBLISHED


def test_what_lost_its_agrement_meanwhile_waits_for_it(scene: Scene) -> None:
    offer = scene.publish(tasks=SELECTS).row.offer_id
    scene.decide(offer, "take off")
    approval_becomes(scene, ApprovalState.SUSPENDED)
    scene.decide(offer, "lift", "")
    assert scene.offer(offer).status is OfferStatus.SUSPENDED
    approval_becomes(scene, ApprovalState.GRANTED)
    assert scene.offer(offer).status is OfferStatus.PUBLISHED


def test_two_colleagues_decide_once(scene: Scene) -> None:
    offer = scene.publish(tasks=SELECTS).row.offer_id
    scene.decide(offer, "take off")
    with pytest.raises(NotPossible):
        scene.decide(offer, "leave", "")
    with pytest.raises(NotFound):
        scene.decide(999_999, "leave", "")


@pytest.mark.parametrize("decision", ["ask", "take off"])
def test_what_changes_something_says_why(decision: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        ModerationInput.read({"decision": decision, "words": "  "})
    assert list(refused.value.fields) == ["words"]


def test_everything_is_in_the_journal(scene: Scene) -> None:
    offer = scene.publish(tasks=SELECTS).row.offer_id
    scene.flag(offer)
    scene.decide(offer, "ask")
    scene.edit(offer, tasks="Pétrir.")
    scene.decide(offer, "take off")
    scene.decide(offer, "lift", "")
    with reading(scene.database) as session:
        noted = [entry.action for entry in session.exec(select(JournalEntry).order_by(JournalEntry.id))]  # type: ignore[arg-type]
        steps = [change.step for change in session.exec(select(OfferChange))]
    assert noted == [f"moderation.{deed}" for deed in ("worded", "flagged", "asked", "changed", "taken-off", "lifted")]
    assert steps == ["publish", "edit", "withhold", "give back"]
    rows = deeds(scene.offa, DeedSearch(), now=NOW, on=scene.database).rows
    assert all(row.what != "Autre geste" for row in rows)
    assert "jeune homme" in rows[-1].detail


def test_decided_cases_leave_the_queue_by_what_was_decided(scene: Scene) -> None:
    offer = scene.publish(tasks=SELECTS).row.offer_id
    scene.decide(offer, "take off")
    found = {
        group: len(moderation_queue(scene.offa, CaseSearch(group=group), now=NOW, on=scene.database).rows)
        for group in ("", "demandes", "hors-ligne", "tout")
    }
    assert found == {"": 0, "demandes": 0, "hors-ligne": 1, "tout": 1}
    case = scene.case(offer)
    assert case is not None
    assert case.standing is Standing.TAKEN_OFF
