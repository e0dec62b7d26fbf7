"""What the mailbox of the demonstration shows."""

from dataclasses import dataclass


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
