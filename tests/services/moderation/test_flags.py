"""Flagging: one live flag per learner and offer, throttled, and a flagger whom only OFFA ever knows."""

from typing import Any

import pytest

from stageplus.db.engine import transaction
from stageplus.domain.errors import AlreadyDone, Denied, InvalidInput, NotFound, NotPossible
from stageplus.domain.offers import OfferStatus
from stageplus.domain.refusals import TooManyTries
from stageplus.models import Offer
from stageplus.services.accounts.queries import who_am_i
from stageplus.services.applications.queries import inbox
from stageplus.services.applications.schemas import InboxSearch
from stageplus.services.moderation.actions import FLAGS
from stageplus.services.moderation.queries import moderation_case, moderation_queue, my_flag
from stageplus.services.moderation.schemas import CaseSearch, FlagInput
from stageplus.services.offers.queries import offer_detail
from stageplus.services.postings.queries import my_offer, my_offers, offers_to_change, offers_to_tend
from stageplus.services.postings.schemas import PostingSearch
from tests.factories import NOW
from tests.services.moderation.conftest import SECRET, Scene


def test_a_flag_reaches_offa_with_its_reason_and_author(scene: Scene) -> None:
    offer = scene.publish().row.offer_id
    assert scene.flag(offer).sent
    (row,) = moderation_queue(scene.offa, CaseSearch(), now=NOW, on=scene.database).rows
    assert (row.offer_id, row.why, row.waits) == (offer, "Signalée par un apprenant", True)
    detail = moderation_case(scene.offa, offer, now=NOW, on=scene.database)
    assert (detail.flags[0].words, SECRET in detail.flags[0].by) == (SECRET, True)
    assert who_am_i(scene.offa, now=NOW, on=scene.database).moderated == "1"


def test_one_flag_lives_per_learner_and_offer_until_offa_has_decided(scene: Scene) -> None:
    offer = scene.publish().row.offer_id
    scene.flag(offer)
    with pytest.raises(AlreadyDone):
        scene.flag(offer)
    scene.flag(offer, scene.other_learner)
    assert my_flag(scene.learner, offer, now=NOW, on=scene.database).sent
    scene.decide(offer, "leave", "")
    assert my_flag(scene.learner, offer, now=NOW, on=scene.database).sent == ""
    scene.flag(offer)
    assert len(moderation_case(scene.offa, offer, now=NOW, on=scene.database).flags) == 3


def everything_a_company_reads(scene: Scene, offer: int) -> list[Any]:
    context: dict[str, Any] = {"now": NOW, "on": scene.database}
    return [
        my_offer(scene.member, offer, **context),
        my_offers(scene.member, PostingSearch(), **context),
        offers_to_tend(scene.member, **context),
        offers_to_change(scene.member, **context),
        inbox(scene.member, InboxSearch(), **context),
        who_am_i(scene.member, **context),
        [(mail.recipient, mail.subject, mail.text) for mail in scene.mails()],
    ]


def test_its_company_cannot_tell_that_an_offer_was_flagged(scene: Scene) -> None:
    offer = scene.publish().row.offer_id
    before = everything_a_company_reads(scene, offer)
    scene.flag(offer)
    assert everything_a_company_reads(scene, offer) == before


@pytest.mark.parametrize("decision", ["leave", "ask", "take off"])
def test_no_decision_names_the_flagger_to_the_company(scene: Scene, decision: str) -> None:
    offer = scene.publish().row.offer_id
    scene.flag(offer)
    scene.decide(offer, decision, "Dites ce qui est fourni.")
    read = repr(everything_a_company_reads(scene, offer))
    assert SECRET not in read
    assert "signal" not in read.lower()


def test_other_learners_see_nothing_of_a_flag(scene: Scene) -> None:
    offer = scene.publish().row.offer_id
    before = offer_detail(scene.other_learner, offer, now=NOW, on=scene.database)
    scene.flag(offer)
    assert offer_detail(scene.other_learner, offer, now=NOW, on=scene.database) == before
    assert my_flag(scene.other_learner, offer, now=NOW, on=scene.database).sent == ""


@pytest.mark.parametrize("who", ["member", "offa"])
def test_only_learners_flag(scene: Scene, who: str) -> None:
    with pytest.raises(Denied):
        scene.flag(scene.publish().row.offer_id, getattr(scene, who))


def test_what_was_never_published_or_has_ended_is_not_flagged(scene: Scene) -> None:
    offer = scene.publish().row.offer_id
    with pytest.raises(NotFound):
        scene.flag(999_999)
    with transaction(scene.database) as session:
        session.get_one(Offer, offer).status = OfferStatus.CLOSED
    with pytest.raises(NotPossible):
        scene.flag(offer)
    with transaction(scene.database) as session:
        session.get_one(Offer, offer).published_at = None
    with pytest.raises(NotFound):
        scene.flag(offer)
    assert scene.case(offer) is None


def test_flags_are_throttled(scene: Scene) -> None:
    for _number in range(FLAGS.times):
        with pytest.raises(NotFound):
            scene.flag(999_999)
    with pytest.raises(TooManyTries):
        scene.flag(999_999)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "reason"),
        ({"reason": ""}, "reason"),
        ({"reason": "envie"}, "reason"),
        ({"reason": "autre", "words": " \u200b"}, "words"),
        ({"reason": "autre", "words": "x" * 501}, "words"),
    ],
)
def test_a_flag_says_why(typed: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        FlagInput.read(typed)
    assert list(refused.value.fields) == [field]
