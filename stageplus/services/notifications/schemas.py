"""What the mailbox of the demonstration shows."""

from dataclasses import dataclass

from stageplus.texts import _


@dataclass(frozen=True)
class MailRow:
    """One mail of the outbox."""

    mail_id: int
    recipient: str
    subject: str
    text: str
    when: str
    path: str


@dataclass(frozen=True)
class SendReport:
    """What one run of the outbox did."""

    sent: int
    failed: int

    def __str__(self) -> str:
        if not self.sent + self.failed:
            return "0"
        return _("{sent} envoyés, {failed} en échec").format(sent=self.sent, failed=self.failed)
