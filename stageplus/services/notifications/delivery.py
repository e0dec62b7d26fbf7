"""Hands mail over: to an SMTP server, or in demo mode to the mailbox page alone."""

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr

from stageplus.config import settings
from stageplus.models import OutboxMessage
from stageplus.services.notifications.bounces import message_name
from stageplus.services.notifications.schemas import CALENDAR_FILE

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
        with self._opened(SECONDS_FOR_SMTP) as server:
            server.send_message(envelope(mail, self.sender))

    def greet(self, seconds: float) -> None:
        """Do everything but send: reach the server, encrypt, sign in; raises `OSError` when one of them fails."""
        with self._opened(seconds) as server:
            server.noop()

    @contextmanager
    def _opened(self, seconds: float) -> Iterator[smtplib.SMTP]:
        with smtplib.SMTP(self.host, self.port, timeout=seconds) as server:
            server.ehlo_or_helo_if_needed()
            if self.starttls:
                # The default of smtplib takes any certificate: whoever stands between would read the password.
                server.starttls(context=ssl.create_default_context())
            if self.user:
                server.login(self.user, self.password)
            yield server


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
    if mail.calendar:
        _attach(message, mail.calendar)
    return message


def _attach(message: EmailMessage, calendar: str) -> None:
    """Add a calendar twice, as software wants it: the one kind reads it in the message, the other opens the file."""
    method = calendar.partition("METHOD:")[2].split()[0]
    message.add_alternative(calendar, subtype="calendar", params={"method": method})
    message.add_attachment(calendar.encode(), "application", "ics", filename=CALENDAR_FILE)


def _keep_in_the_demo_mailbox(_mail: OutboxMessage) -> None:
    """The mailbox page reads the outbox itself: nothing leaves this machine."""


def configured_server() -> SmtpServer | None:
    """Return the server that this installation names; nothing when it names none."""
    chosen = settings()
    if not chosen.smtp_host:
        return None
    return SmtpServer(
        chosen.smtp_host,
        chosen.smtp_port,
        chosen.mail_from,
        chosen.smtp_user,
        chosen.smtp_password,
        chosen.smtp_starttls,
    )


def configured_delivery() -> Deliver | None:
    """Return how this installation sends mail; nothing without a server, and the mail then waits."""
    if settings().demo:
        return _keep_in_the_demo_mailbox
    server = configured_server()
    return server.deliver if server else None
