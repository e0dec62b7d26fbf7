"""The mails of reported messages, to whoever wrote them; who reported is never said."""

from datetime import datetime

from sqlmodel import Session

from stageplus.domain.actors import Role
from stageplus.models import Message, Person
from stageplus.services.applications.queries import Parties
from stageplus.services.notifications.actions import queue_mail
from stageplus.services.notifications.schemas import About
from stageplus.texts import _

_TO_LEARNER = {
    "leave": (_("OFFA a relu un de tes messages"), _("OFFA a relu un message que tu as écrit à {other}.")),
    "hide": (_("OFFA a masqué un de tes messages"), _("Un message que tu as écrit à {other} n’est plus visible.")),
    "close": (
        _("OFFA a fermé une conversation"),
        _("Un message que tu as écrit à {other} n’est plus visible, et la conversation est fermée."),
    ),
    "lift": (
        _("Ton message est de nouveau visible"),
        _("OFFA montre de nouveau un message que tu as écrit à {other}."),
    ),
}
_TO_COMPANY = {
    "leave": (_("OFFA a relu un de vos messages"), _("OFFA a relu un message que vous avez écrit à un apprenant.")),
    "hide": (
        _("OFFA a masqué un de vos messages"),
        _("Un message que vous avez écrit à un apprenant n’est plus visible."),
    ),
    "close": (
        _("OFFA a fermé une conversation"),
        _("Un message que vous avez écrit à un apprenant n’est plus visible, et la conversation est fermée."),
    ),
    "lift": (
        _("Votre message est de nouveau visible"),
        _("OFFA montre de nouveau un message que vous avez écrit à un apprenant."),
    ),
}


def decided(session: Session, party: Parties, message: Message, decision: str, words: str, now: datetime) -> None:
    """Tell the author what OFFA decided and why; nobody when the account is gone."""
    author = session.get(Person, message.person_id) if message.person_id else None
    if author is None:
        return
    is_learner = message.role is Role.LEARNER
    subject, first = (_TO_LEARNER if is_learner else _TO_COMPANY)[decision]
    page = "/messages" if is_learner else "/entreprise/candidatures"
    said = [_("OFFA écrit : « {words} »").format(words=words)] if words else []
    queue_mail(
        session,
        key=f"message-decided:{message.id}:{decision}:{now.isoformat()}",
        kind="moderation",
        recipient=author.email,
        subject=subject,
        sentences=[first.format(other=party.company.name), *said],
        link=(f"{page}/{message.application_id}", _("Voir la conversation")),
        about=About(party.thing),
        now=now,
    )
