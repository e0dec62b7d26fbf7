"""Hands mail over: to an SMTP server, or in demo mode to the mailbox page alone."""

import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr

from stageplus.config import settings
from stageplus.models import OutboxMessage
from stageplus.services.notifications.bounces import message_name

SECONDS_FOR_SMTP = 20
Deliver = Callable[[OutboxMessage], None]


@dataclass(frozen=True)
class SmtpServer:
    """Where outgoing mail goes; a user name is optional."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    starttls: bool = False

    def deliver(self, mail: OutboxMessage) -> None:
        """Send one mail; raises `OSError` (`SMTPException` is one) when the server does not take it."""
        with smtplib.SMTP(self.host, self.port, timeout=SECONDS_FOR_SMTP) as server:
            if self.starttls:
                server.starttls()
            if self.user:
                server.login(self.user, self.password)
            server.send_message(envelope(mail, self.sender))


def envelope(mail: OutboxMessage, sender: str) -> EmailMessage:
    """Build the message; the same mail keeps its Message-ID at each try, so that a double can be recognized."""
    domain = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, mail.recipient, mail.subject
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = f"<{message_name(mail.id)}@{domain}>" if mail.id else make_msgid(domain=domain)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    return message


def _keep_in_the_demo_mailbox(_mail: OutboxMessage) -> None:
    """The mailbox page reads the outbox itself: nothing leaves this machine."""


def configured_delivery() -> Deliver | None:
    """Return how this installation sends mail; nothing without a server, and the mail then waits."""
    chosen = settings()
    if chosen.demo:
        return _keep_in_the_demo_mailbox
    if not chosen.smtp_host:
        return None
    return SmtpServer(
        chosen.smtp_host,
        chosen.smtp_port,
        chosen.mail_from,
        chosen.smtp_user,
        chosen.smtp_password,
        chosen.smtp_starttls,
    ).deliver
