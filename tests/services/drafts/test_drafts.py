"""A draft is kept as it was typed, for its learner alone, until it is sent."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import fields, replace
from datetime import timedelta

import pytest
from sqlmodel import select

from stageplus.db.engine import reading, transaction
from stageplus.domain.documents import DocumentState
from stageplus.domain.errors import NotFound
from stageplus.domain.offers import OfferStatus
from stageplus.domain.private_words import PrivateMatter
from stageplus.domain.refusals import AlreadyApplied, OfferClosed, TooManyThisWeek
from stageplus.models import Application, ApplicationDraft, Document, Offer, Parameter
from stageplus.services.applications.actions import send_application, withdraw_application
from stageplus.services.applications.queries import inbox_detail
from stageplus.services.applications.schemas import ApplicationInput, InboxDetail
from stageplus.services.drafts.actions import forget_drafts, save_draft
from stageplus.services.drafts.advice import HINT_WORDS, MATTER_WORDS
from stageplus.services.drafts.queries import my_draft, my_drafts
from stageplus.services.drafts.schemas import Draft, DraftInput
from stageplus.services.offers.queries import offer_detail
from tests import factories
from tests.factories import NOW
from tests.services.applications.conftest import Cast

TYPED = DraftInput(motivation="J’aime le pain.", experience="Deux jours.", journey="Bus 12.", phone="04")
LONG = "Je suis motivée et ponctuelle, et j’aime travailler en équipe avec tout le monde."


def save(cast: Cast, data: DraftInput = TYPED, offer: int = 0) -> Draft:
    return save_draft(cast.learner, offer or cast.offer, data, now=NOW, on=cast.database)


def read(cast: Cast) -> Draft:
    return my_draft(cast.learner, cast.offer, now=NOW, on=cast.database)


def send(cast: Cast, offer: int = 0, number: int = 0, text: str = "J’aime le pain.", **options: timedelta) -> int:
    words = ApplicationInput(form_key=f"{number:032x}", motivation=text)
    at = NOW + options.get("after", timedelta())
    return send_application(cast.learner, offer or cast.offer, words, now=at, on=cast.database).application_id


def offers(cast: Cast, count: int, **fields: object) -> list[int]:
    with transaction(cast.database) as session:
        return [factories.an_offer(session, **fields).id or 0 for _ in range(count)]


def test_what_was_typed_is_there_again_as_it_was_typed(cast: Cast) -> None:
    assert read(cast).saved == ""
    save(cast)
    kept = read(cast)
    assert (kept.motivation, kept.experience, kept.journey, kept.phone) == tuple(TYPED.model_dump().values())
    assert kept.saved == "enregistré à 10 h"
    tomorrow = my_draft(cast.learner, cast.offer, now=NOW + timedelta(days=1), on=cast.database)
    assert tomorrow.saved == "enregistré le 24 nov. 2026"


def test_it_is_its_learners_own(cast: Cast) -> None:
    save(cast)
    theirs = my_draft(cast.other_learner, cast.offer, now=NOW, on=cast.database)
    assert replace(theirs, most=0) == Draft()
    assert my_drafts(cast.other_learner, now=NOW, on=cast.database) == []
    [card] = my_drafts(cast.learner, now=NOW, on=cast.database)
    assert (card.offer_id, card.title) == (cast.offer, "Boulangère / Boulanger (H/F/X)")


def test_an_empty_draft_is_none(cast: Cast) -> None:
    save(cast)
    assert save(cast, DraftInput()).saved == ""
    assert my_drafts(cast.learner, now=NOW, on=cast.database) == []


def test_what_would_not_be_sent_is_kept_all_the_same(cast: Cast) -> None:
    assert save(cast, DraftInput(motivation="é" * 9_000, phone="pas un numéro")).phone == "pas un numéro"


@pytest.mark.parametrize("status", [OfferStatus.DRAFT, None])
def test_an_offer_that_was_never_published_has_no_drafts(cast: Cast, status: OfferStatus | None) -> None:
    named = offers(cast, 1, status=status, published_at=None)[0] if status else 999
    with pytest.raises(NotFound):
        save(cast, offer=named)
    with pytest.raises(NotFound):
        my_draft(cast.learner, named, now=NOW, on=cast.database)


def test_it_goes_when_it_is_sent_and_a_late_saving_brings_nothing_back(cast: Cast) -> None:
    save(cast)
    application_id = send(cast)
    assert my_drafts(cast.learner, now=NOW, on=cast.database) == []
    with pytest.raises(AlreadyApplied):
        save(cast)
    withdraw_application(cast.learner, application_id, now=NOW, on=cast.database)
    assert save(cast).motivation == "J’aime le pain."


def test_a_refused_sending_leaves_it(cast: Cast) -> None:
    save(cast)
    with transaction(cast.database) as session:
        session.get_one(Offer, cast.offer).status = OfferStatus.CLOSED
    with pytest.raises(OfferClosed):
        send(cast)
    assert read(cast).motivation == "J’aime le pain."


def test_savings_and_a_sending_at_once_leave_no_draft_behind(cast: Cast) -> None:
    def act(number: int) -> None:
        with suppress(AlreadyApplied):
            send(cast) if number == 5 else save(cast, DraftInput(motivation=f"{number}"))

    with ThreadPoolExecutor(10) as threads:
        list(threads.map(act, range(10)))
    with reading(cast.database) as session:
        assert session.exec(select(ApplicationDraft)).all() == []
        assert len(session.exec(select(Application)).all()) == 1


def test_it_is_forgotten_after_the_days_in_force(cast: Cast) -> None:
    save(cast)
    assert forget_drafts(now=NOW + timedelta(days=60), on=cast.database) == 0
    assert forget_drafts(now=NOW + timedelta(days=61), on=cast.database) == 1


def test_what_is_too_private_is_named_and_kept(cast: Cast) -> None:
    advice = save(cast, DraftInput(motivation="J’habite rue Haute 3.", experience="Je suis diabétique.")).advice
    assert advice.private == [MATTER_WORDS[PrivateMatter.ADDRESS], MATTER_WORDS[PrivateMatter.HEALTH]]
    assert advice.matters == "ADDRESS HEALTH"
    assert save(cast).advice.private == []


def test_every_matter_and_hint_has_its_sentence() -> None:
    assert set(MATTER_WORDS) == set(PrivateMatter) and len(HINT_WORDS) == 3


def test_the_same_text_sent_often_gets_a_kind_hint_and_leaves_all_the_same(cast: Cast) -> None:
    first, second, third = offers(cast, 3)
    send(cast, first, 1, LONG)
    assert save(cast, DraftInput(motivation=LONG), third).advice.hints == []
    send(cast, second, 2, LONG)
    hints = save(cast, DraftInput(motivation=LONG), third).advice.hints
    assert len(hints) == 1 and "presque ce texte" in hints[0]
    assert send(cast, third, 3, LONG)


def test_old_applications_give_no_hints(cast: Cast) -> None:
    for number, offer in enumerate(offers(cast, 3)):
        send(cast, offer, number, LONG, after=-timedelta(days=31))
    assert save(cast, DraftInput(motivation=LONG)).advice.hints == []


def test_one_trade_alone_gets_a_hint(cast: Cast) -> None:
    for number, offer in enumerate(offers(cast, 3)):
        send(cast, offer, number, f"Texte {number} pour cette maison.")
    assert ["même métier" in hint for hint in save(cast).advice.hints] == [True]


def most(cast: Cast, value: str) -> None:
    with transaction(cast.database) as session:
        session.exec(select(Parameter).where(Parameter.name == "applications_week_max")).one().value = value


def test_beyond_the_weeks_number_it_waits_with_its_text(cast: Cast) -> None:
    most(cast, "2")
    first, second = offers(cast, 2)
    send(cast, first, 1)
    withdraw_application(cast.learner, send(cast, second, 2, after=timedelta(days=1)), now=NOW, on=cast.database)
    save(cast)
    with pytest.raises(TooManyThisWeek) as refusal:
        send(cast, after=timedelta(days=2))
    assert (refusal.value.most, refusal.value.again) == (2, NOW + timedelta(days=7))
    assert read(cast).motivation == "J’aime le pain."
    assert send(cast, after=timedelta(days=7))


def test_of_ten_at_once_no_more_leave_than_one_may(cast: Cast) -> None:
    most(cast, "3")

    def act(each: tuple[int, int]) -> bool:
        try:
            return bool(send(cast, each[1], each[0]))
        except TooManyThisWeek:
            return False

    with ThreadPoolExecutor(5) as threads:
        assert sum(threads.map(act, enumerate(offers(cast, 10)))) == 3


def test_the_preview_is_exactly_what_the_company_gets(cast: Cast) -> None:
    """Every field of the learner's in the company's page is in the preview, with the same words."""
    with transaction(cast.database) as session:
        learner = session.get_one(factories.Learner, cast.learner.learner_id)
        offer = session.get_one(Offer, cast.offer)
        factories.a_document_of_draft(session, offer, learner)
    typed = DraftInput(motivation="J’aime le pain.", experience="Un stage.", journey="Bus 12.", phone="0470 12 34 56")
    draft = save(cast, typed)
    shown = [each.value for each in offer_detail(cast.learner, cast.offer, now=NOW, on=cast.database).shown]
    words = ApplicationInput.read({"form_key": "b" * 32} | typed.model_dump())
    sent = send_application(cast.learner, cast.offer, words, now=NOW, on=cast.database).application_id
    got = inbox_detail(cast.company, sent, now=NOW, on=cast.database)
    of_the_learner = {got.row.person, got.email, got.operator, got.trade, got.year, got.municipality}
    assert got.days == "lundi, mardi, mercredi et jeudi", "said shorter in the preview"
    assert {each.casefold() for each in of_the_learner | {"du lundi au jeudi"}} == {each.casefold() for each in shown}
    assert (got.motivation, got.experience, got.journey) == (draft.motivation, draft.experience, draft.journey)
    assert got.cv.words == draft.cv.words != ""
    assert got.phone == "+32470123456"
    ours = {"row", "timeline", "next_steps", "days_fit", "interview"} | {
        name for name in NAMES if name.startswith("can_")
    }
    ours |= {name for name in NAMES if name.endswith("_words")}
    learners = {"email", "phone", "operator", "trade", "year", "days", "municipality", "motivation", "experience"}
    assert NAMES - ours == learners | {"journey", "cv"}, "a new field about the learner belongs in the preview too"


NAMES = {each.name for each in fields(InboxDetail)}


def test_an_infected_cv_is_not_in_the_preview_of_what_is_sent(cast: Cast) -> None:
    with transaction(cast.database) as session:
        learner = session.get_one(factories.Learner, cast.learner.learner_id)
        offer = session.get_one(Offer, cast.offer)
        factories.a_document_of_draft(session, offer, learner, state=DocumentState.INFECTED)
    assert read(cast).cv.infected
    send(cast)
    with reading(cast.database) as session:
        assert session.exec(select(Document)).all() == []
