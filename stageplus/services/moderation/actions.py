"""Use cases of moderation: an offer comes to OFFA by its words or by a flag; OFFA leaves it, asks, takes it off."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select, update

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.errors import AlreadyDone, NotFound, NotPossible
from stageplus.domain.moderation import MODERATION, Standing
from stageplus.domain.offers import OfferStatus
from stageplus.models import ModerationCase, ModerationStep, Offer, OfferFlag
from stageplus.services.applications.actions import tell_of_pause, tell_of_return
from stageplus.services.journal.actions import note_deed
from stageplus.services.moderation import letters
from stageplus.services.moderation.queries import case_in, title_of
from stageplus.services.moderation.schemas import CaseDetail, FlagInput, ModerationInput, MyFlag, Remark
from stageplus.services.moderation.wording import flag_sentence, remarks_sentence
from stageplus.services.notifications.live import tell
from stageplus.services.offers.actions import give_back_offer, withhold_offer
from stageplus.services.throttle import Limit, throttle
from stageplus.texts import _
from stageplus.texts.formats import moment_words

FLAGS = Limit("offer flags", 10, 60)
FLAGGED_WHILE = (OfferStatus.PUBLISHED, OfferStatus.SUSPENDED)
QUEUE = "moderation"
"""The topic that open pages of moderation listen to."""
_DEEDS = {
    "wording": "moderation.worded",
    "change": "moderation.changed",
    "flag": "moderation.flagged",
    "leave": "moderation.left",
    "ask": "moderation.asked",
    "take off": "moderation.taken-off",
    "lift": "moderation.lifted",
}


def flag_offer(
    actor: Actor | None, offer_id: int, data: FlagInput, *, now: datetime, on: Engine | None = None
) -> MyFlag:
    """Flag an offer that learners can read, for OFFA alone: its company and other learners never learn of it.

    One flag of a learner lives on an offer until OFFA has decided, another raises `AlreadyDone`; a few an hour, more
    raise `TooManyTries`. Raises `NotFound` for what was never published, `NotPossible` for what has ended.
    """
    actor = require(actor, Permission.OFFER_FLAG)
    throttle().admit(FLAGS, str(actor.person_id))
    flag = OfferFlag(offer_id=offer_id, learner_id=actor.learner_id, reason=data.reason, words=data.words, at=now)
    try:
        with transaction(on) as session:
            offer = session.get(Offer, offer_id)
            if offer is None or offer.published_at is None:
                raise NotFound
            if offer.status not in FLAGGED_WHILE:
                raise NotPossible("flag", offer.status)
            session.add(flag)
            session.flush()
            _comes(session, actor, offer, "flag", flag_sentence(data), now)
    except IntegrityError:
        raise AlreadyDone from None
    return MyFlag(moment_words(now))


def examine_words(
    session: Session, actor: Actor, offer: Offer, before: Sequence[Remark], after: Sequence[Remark], now: datetime
) -> bool:
    """Bring an offer to moderation for words that select, and say whether; part of the transaction that writes them.

    Words that stood there already, and that OFFA has left, bring nothing; a change that OFFA asked for always does.
    """
    known = {(each.field, each.words) for each in before}
    fresh = [each for each in after if each.examined and (each.field, each.words) not in known]
    case = session.get(ModerationCase, offer.id)
    awaited = case is not None and case.standing is not Standing.ONLINE
    if not fresh and not awaited:
        return False
    step = "wording" if fresh else "change"
    _comes(session, actor, offer, step, remarks_sentence(fresh or [each for each in after if each.examined]), now)
    return bool(fresh)


def decide_case(
    actor: Actor | None, offer_id: int, data: ModerationInput, *, now: datetime, on: Engine | None = None
) -> CaseDetail:
    """Leave an offer on line, ask its company to change it, take it off line or put it back, and say why.

    Settles every flag. Its company gets a mail whenever something is written or changes; whoever applied to what goes
    off line is told. Raises `NotPossible` when somebody else decided meanwhile.
    """
    actor = require(actor, Permission.OFFER_MODERATE)
    with transaction(on) as session:
        case = session.exec(select(ModerationCase).where(ModerationCase.offer_id == offer_id).with_for_update()).first()
        if case is None:
            raise NotFound
        offer, before = session.get_one(Offer, offer_id), case.standing
        case.standing = MODERATION.after(data.decision, before, actor.role)
        case.waiting_since, case.words, case.changed_at = None, data.words, now
        session.add(case)
        open_flags = update(OfferFlag).where(col(OfferFlag.offer_id) == offer_id, col(OfferFlag.settled_at).is_(None))
        session.exec(open_flags.values(settled_at=now))
        _move(session, actor, offer, data, now)
        _note(session, actor, offer, data.decision, data.words, now)
        if data.words or data.decision != "leave":
            letters.decided(session, offer, data.decision, data.words, now)
        tell(session, f"company:{offer.company_id}", f"offer:{offer_id}")
        return case_in(session, offer_id, now)


def _move(session: Session, actor: Actor, offer: Offer, data: ModerationInput, now: datetime) -> None:
    cause = f"offa-{int(now.timestamp())}"
    if data.decision == "take off" and withhold_offer(session, actor, offer, data.words, now):
        tell_of_pause(session, [offer], cause, now, why=_("OFFA relit cette offre."))
    if data.decision == "lift" and give_back_offer(session, actor, offer, data.words, now):
        tell_of_return(session, [offer], cause, now)


def _comes(session: Session, actor: Actor, offer: Offer, step: str, words: str, now: datetime) -> None:
    """Write what brings an offer to OFFA; its company's open pages are not told of a flag."""
    case = session.get(ModerationCase, offer.id) or ModerationCase(
        offer_id=offer.id or 0, standing=Standing.ONLINE, changed_at=now
    )
    case.waiting_since = case.waiting_since or now
    session.add(case)
    session.flush()
    _note(session, actor, offer, step, words, now)


def _note(session: Session, actor: Actor, offer: Offer, step: str, words: str, now: datetime) -> None:
    written = ModerationStep(
        offer_id=offer.id or 0, step=step, role=actor.role, person_id=actor.person_id, at=now, words=words[:1000]
    )
    session.add(written)
    session.flush()
    detail = f"{title_of(session, offer)} (n° {offer.id}) · {words}" if words else f"{title_of(session, offer)}"
    note_deed(session, _DEEDS[step], by=actor, to=None, now=now, detail=detail)
    tell(session, QUEUE)
