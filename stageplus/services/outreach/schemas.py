"""What coaches type and read of their invitation links."""

import re
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import BeforeValidator, StringConstraints

from stageplus.services.inputs import Input, cleaned

CODE = re.compile(r"[a-z0-9]{12}")
LEAFLET = "/coach/inviter/{number:int}/feuillet.pdf"
"""Where the leaflet of a link is printed."""
DOOR = "/invitation/coach/"
"""Where a link leads, followed by its code."""


class LinkInput(Input):
    """What a link is for: a webinar, a meeting, a mail; for the coach's own eyes."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=80), BeforeValidator(cleaned)]


@dataclass(frozen=True)
class LinkRow:
    """A link with what came of it."""

    link_id: int = 0
    name: str = ""
    path: str = ""
    address: str = ""
    leaflet: str = ""
    since: str = ""
    opened: str = ""
    claimed: str = ""
    published: str = ""
    is_open: bool = True


@dataclass(frozen=True)
class Outreach:
    """A coach's links, with what came of all of them together."""

    rows: list[LinkRow] = field(default_factory=list)
    opened: str = "0"
    claimed: str = "0"
    published: str = "0"


@dataclass(frozen=True)
class LeafletSheet:
    """What is printed on the leaflet of a link."""

    coach: str
    sectors: str
    trades: tuple[str, ...]
    path: str
