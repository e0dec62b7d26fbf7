"""What is kept of conversations: what was written to and by somebody, and what was reported to OFFA."""

from typing import Any

from sqlmodel import Session, col, or_

from stageplus.domain.actors import Role
from stageplus.models import (
    Application,
    Conversation,
    ConversationSide,
    Message,
    MessageCase,
    MessageDecision,
    MessageReport,
    Offer,
    Operator,
)
from stageplus.services.privacy.rows import by_parent, listed, named, offer_named, with_offer
from stageplus.services.privacy.schemas import Section, Whose
from stageplus.texts import _


def _conversations(session: Session, whose: Whose) -> Any:
    wanted = offer_named(
        candidature=Conversation.application_id,
        fermee_par_l_offa_le=Conversation.closed_at,
        montree_a=Operator.name,
        montree_depuis=Conversation.shown_at,
    ).join(Application, col(Application.offer_id) == Offer.id)
    wanted = wanted.join(Conversation, col(Conversation.application_id) == Application.id)
    wanted = wanted.join(Operator, col(Operator.id) == Conversation.shown_to, isouter=True)
    messages = by_parent(_messages(session, whose), "candidature")
    sides = by_parent(_sides(session, whose), "candidature")
    found = listed(session, with_offer(wanted).where(Application.learner_id == whose.learner_id))
    for row in found:
        number = row["candidature"]
        row |= {"messages": messages.get(number, []), "lecture": sides.get(number, [])}
    return found


def _messages(session: Session, whose: Whose) -> list[dict[str, Any]]:
    """List both sides' words, which were addressed to each other; not what OFFA hid of the other side."""
    wanted = named(
        candidature=Message.application_id,
        le=Message.sent_at,
        par=Message.role,
        mots=Message.words,
        masque_par_l_offa_le=Message.hidden_at,
    )
    wanted = wanted.join(Application, col(Application.id) == Message.application_id)
    theirs = or_(Message.role == Role.LEARNER, col(Message.hidden_at).is_(None))
    return listed(session, wanted.where(Application.learner_id == whose.learner_id, theirs).order_by(Message.id))


def _sides(session: Session, whose: Whose) -> list[dict[str, Any]]:
    wanted = named(
        candidature=ConversationSide.application_id,
        par=ConversationSide.role,
        messages_non_lus=ConversationSide.unread,
        attendent_depuis=ConversationSide.waiting_since,
    )
    wanted = wanted.join(Application, col(Application.id) == ConversationSide.application_id)
    return listed(session, wanted.where(Application.learner_id == whose.learner_id))


def _written(session: Session, whose: Whose) -> Any:
    """List what somebody wrote for a company, by offer, without the learners."""
    wanted = offer_named(le=Message.sent_at, mots=Message.words, masque_par_l_offa_le=Message.hidden_at)
    wanted = wanted.join(Application, col(Application.offer_id) == Offer.id)
    wanted = with_offer(wanted.join(Message, col(Message.application_id) == Application.id))
    wanted = wanted.where(Message.person_id == whose.person_id, Application.learner_id != whose.learner_id)
    return listed(session, wanted.order_by(Message.id))


def _decided(session: Session, whose: Whose) -> Any:
    """List what OFFA decided of one's messages; never that, or by whom, one was reported and waits."""
    wanted = named(
        message_du=Message.sent_at,
        decision=MessageDecision.decision,
        etat=MessageCase.standing,
        le=MessageDecision.at,
        mots_de_l_offa=MessageDecision.words,
    ).select_from(MessageDecision)
    wanted = wanted.join(MessageCase, col(MessageCase.message_id) == MessageDecision.message_id)
    wanted = wanted.join(Message, col(Message.id) == MessageCase.message_id)
    told = or_(MessageDecision.decision != "leave", MessageDecision.words != "")
    return listed(session, wanted.where(Message.person_id == whose.person_id, told).order_by(MessageDecision.id))


def _reported(session: Session, whose: Whose) -> Any:
    wanted = named(raison=MessageReport.reason, mots=MessageReport.words, le=MessageReport.at)
    return listed(session, wanted.where(MessageReport.person_id == whose.person_id).order_by(MessageReport.id))


def _moderating(session: Session, whose: Whose) -> Any:
    wanted = named(decision=MessageDecision.decision, le=MessageDecision.at, mots=MessageDecision.words)
    return listed(session, wanted.where(MessageDecision.person_id == whose.person_id).order_by(MessageDecision.id))


TALKING = {
    "conversations": Section(
        _("Les messages échangés avec des entreprises, ce qui a été lu, et si l’opérateur peut les lire."),
        _conversations,
        frozenset({"conversation.application_id", "conversation_side.application_id", "message.application_id"}),
    ),
    "messages_ecrits": Section(
        _("Les messages écrits avec ce compte pour une entreprise, par offre. Les apprenants n’y sont pas nommés."),
        _written,
        frozenset({"message.person_id"}),
    ),
    "decisions_sur_les_messages": Section(
        _("Ce que l’OFFA a décidé de messages écrits avec ce compte."),
        _decided,
        frozenset({"message_case.message_id", "message_decision.message_id"}),
    ),
    "signalements_de_messages": Section(
        _("Les messages signalés à l’OFFA avec ce compte. L’autre personne n’en sait rien."),
        _reported,
        frozenset({"message_report.person_id", "message_report.message_id"}),
    ),
    "moderation_de_messages": Section(
        _("Ce que ce compte a décidé de messages signalés à l’OFFA."),
        _moderating,
        frozenset({"message_decision.person_id"}),
    ),
}
"""In the order of the file."""
