"""What the draft of an application takes and returns; every text is ready to show."""

from dataclasses import dataclass, field
from typing import Annotated

from pydantic import BeforeValidator, StringConstraints

from stageplus.models.drafts import MOST_DRAFT
from stageplus.services.documents.schemas import DocumentLine
from stageplus.services.inputs import Input, cleaned

Typed = Annotated[str, StringConstraints(max_length=MOST_DRAFT), BeforeValidator(cleaned)]


class DraftInput(Input):
    """What a learner has typed so far, right or wrong: only sending looks at that."""

    motivation: Typed = ""
    experience: Typed = ""
    journey: Typed = ""
    phone: Typed = ""


@dataclass(frozen=True)
class Advice:
    """What to think of before sending: nothing of it keeps anybody from it.

    `private` names what nobody needs for a first contact, `matters` the same for the form that sends; `hints` say
    kindly what is repeated.
    """

    private: list[str] = field(default_factory=list)
    matters: str = ""
    hints: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Draft:
    """A draft as it was typed, with its CV and what to think of; `saved` says when, empty before that.

    `most` is what a CV may weigh, in megabytes.
    """

    motivation: str = ""
    experience: str = ""
    journey: str = ""
    phone: str = ""
    saved: str = ""
    cv: DocumentLine = field(default_factory=DocumentLine)
    most: int = 0
    advice: Advice = field(default_factory=Advice)


@dataclass(frozen=True)
class DraftCard:
    """A draft in the list of one's applications."""

    offer_id: int = 0
    title: str = ""
    company: str = ""
    municipality: str = ""
    saved: str = ""
