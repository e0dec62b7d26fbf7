"""What a mailed link shows before its button is pressed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LinkView:
    """A link as whoever opened it sees it; `purpose` is empty when there is no such link.

    `state` is « fresh », « used » or « expired ».
    """

    purpose: str = ""
    state: str = ""
    subject: str = ""
