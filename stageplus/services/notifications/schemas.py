"""What a letter is about, and what the mailbox of the demonstration shows."""

from dataclasses import dataclass

from stageplus.texts import _

CALENDAR_FILE = "entretien.ics"
"""The name of the calendar file that goes with a mail."""


@dataclass(frozen=True)
class About:
    """What a letter tells of, for the site's own list.

    `thing` names it, such as `application:12`: when that is withdrawn, what nobody has read yet goes away. Letters of a
    day with the same `bundle`, such as `offer:5`, become one line. `words` names it for people, without anybody's
    name; `path` leads to it, where the mail's own link leads unless it is given.
    """

    thing: str = ""
    bundle: str = ""
    words: str = ""
    path: str = ""


NOTHING = About()


@dataclass(frozen=True)
class MailRow:
    """One mail of the outbox; `attached` names its file, if any."""

    mail_id: int
    recipient: str
    subject: str
    text: str
    when: str
    path: str
    attached: str = ""


@dataclass(frozen=True)
class SendReport:
    """What one run of the outbox did."""

    sent: int
    failed: int

    def __str__(self) -> str:
        if not self.sent + self.failed:
            return "0"
        return _("{sent} envoyés, {failed} en échec").format(sent=self.sent, failed=self.failed)
