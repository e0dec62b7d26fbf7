"""What somebody reads of what happened, and chooses about mail."""

from dataclasses import dataclass, field

from stageplus.domain.letters import Group, MailPace
from stageplus.services.inputs import Input


class ChoiceInput(Input):
    """How often to mail what belongs to a group."""

    group: Group
    pace: MailPace


@dataclass(frozen=True)
class NoticeRow:
    """One line: the letters of a day about the same thing; `notice_id` is the latest of them."""

    notice_id: int = 0
    title: str = ""
    words: str = ""
    when: str = ""
    path: str = ""
    is_new: bool = False


@dataclass(frozen=True)
class Notices:
    """What happened, not read yet and read, the latest first; `latest` is the newest that is shown."""

    fresh: list[NoticeRow] = field(default_factory=list)
    read: list[NoticeRow] = field(default_factory=list)
    latest: int = 0
    kept_words: str = ""


@dataclass(frozen=True)
class ChoiceRow:
    """A group whose rhythm one chooses."""

    group: str = ""
    label: str = ""
    hint: str = ""
    pace: str = ""


@dataclass(frozen=True)
class MailChoices:
    """What one chose for each group of one's role; `daily_words` says when the daily mail leaves, `quiet_words` when
    none does."""

    rows: list[ChoiceRow] = field(default_factory=list)
    always: list[str] = field(default_factory=list)
    daily_words: str = ""
    quiet_words: str = ""
