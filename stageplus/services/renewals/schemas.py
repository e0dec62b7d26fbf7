"""What whoever follows the link of a reminder reads and answers."""

from dataclasses import dataclass
from typing import Literal

from stageplus.services.postings.schemas import ClosingInput

Standing = Literal["", "ending", "over", "late-start", "moved", "elsewhere", "left"]


class EndingInput(ClosingInput):
    """What became of the place, for an offer that nobody waits for any more."""


@dataclass(frozen=True)
class EndingView:
    """The offer behind a mailed link, without anybody's name.

    `standing` is « ending » (still on line) or « over » (its last day has passed) while the link can act;
    « late-start » when its dates come first; « moved » when the offer was renewed or closed since; « elsewhere » when
    another account is open here; « left » when whoever the mail was for no longer acts. `now_words` says where it
    stands now.
    """

    standing: Standing = ""
    offer_id: int = 0
    title: str = ""
    establishment: str = ""
    ends_words: str = ""
    now_words: str = ""
    renewal_words: str = ""
    waiting: int = 0
    waiting_words: str = ""


@dataclass(frozen=True)
class EndingReceipt:
    """What a press of the button did, in words."""

    title: str = ""
    words: str = ""
