"""What conversations take and return; every text is ready to show."""

from dataclasses import dataclass, field
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, StringConstraints

from stageplus.services.applications.schemas import Phone
from stageplus.services.inputs import FormKey, Input, cleaned
from stageplus.texts import _

MOST_WORDS = 1000
FEWEST_SHOWN, MOST_SHOWN = 50, 1000
WITH_NUMBER = "numero"
"""What the form says when its author was asked about a telephone number, and sends it."""


def _says_something(typed: str) -> str:
    if not typed:
        raise ValueError(_("Le message est vide."))
    return typed


MessageText = Annotated[
    str, StringConstraints(max_length=MOST_WORDS), BeforeValidator(cleaned), AfterValidator(_says_something)
]


def _is_a_number(typed: str) -> str:
    if not typed:
        raise ValueError(_("Le numéro est à compléter. Exemple : 0470 12 34 56."))
    return typed


class MessageInput(Input):
    """One message; `intent` is `WITH_NUMBER` once its author was asked about a telephone number in it."""

    form_key: FormKey
    text: MessageText
    intent: str = ""


class NumberInput(Input):
    """The telephone number that somebody shares, which is there already when the account knows it."""

    form_key: FormKey
    number: Annotated[Phone, AfterValidator(_is_a_number)]


@dataclass(frozen=True)
class MessageRow:
    """One message; `mine` when it is of the reader's side, whose `author` is empty when it is the reader.

    `read` when the other side has read it; `hidden` when OFFA hid it: then nobody is sent its words.
    """

    message_id: int = 0
    mine: bool = False
    author: str = ""
    words: str = ""
    when: str = ""
    read: bool = False
    hidden: bool = False
    is_number: bool = False
    reported: bool = False
    can_report: bool = False


@dataclass(frozen=True)
class Thread:
    """A conversation as one of its sides reads it; `closed_words` says why nobody writes when `can_write` is false.

    `last_id` is the latest message that is shown: reading up to there is what a page tells back. `operator` is whom its
    learner may show it to, empty for everybody else.
    """

    application_id: int = 0
    title: str = ""
    other: str = ""
    messages: list[MessageRow] = field(default_factory=list)
    has_older: bool = False
    unread: int = 0
    last_id: int = 0
    can_write: bool = False
    closed_words: str = ""
    my_number: str = ""
    operator: str = ""
    shown: bool = False


@dataclass(frozen=True)
class ConversationCard:
    """A conversation in its learner's list; `last` is how the latest message begins."""

    application_id: int = 0
    title: str = ""
    company: str = ""
    last: str = ""
    when: str = ""
    unread: int = 0
    unread_words: str = ""
    can_write: bool = False


@dataclass(frozen=True)
class ShownConversation:
    """A conversation that its learner shows to the operator's staff: from the learner's side, `mine` is the learner."""

    application_id: int = 0
    title: str = ""
    company: str = ""
    since: str = ""
    messages: list[MessageRow] = field(default_factory=list)
