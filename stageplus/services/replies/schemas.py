"""What whoever follows the link of a new application's mail reads."""

from dataclasses import dataclass
from typing import Literal

Standing = Literal["", "open", "settled", "withdrawn", "elsewhere", "left"]


@dataclass(frozen=True)
class ReplyView:
    """The application behind a mailed link: a first name and a motivation, while it is « open », and nothing else ever.

    « settled » was answered or ended, « withdrawn » is no longer the company's to read, « elsewhere » is signed in as
    somebody else, « left » no longer acts for the offer. Empty without a link that works.
    """

    standing: Standing = ""
    application_id: int = 0
    title: str = ""
    first_name: str = ""
    motivation: str = ""
    received: str = ""
    promise_words: str = ""
