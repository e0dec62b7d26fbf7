"""An address that takes no mail is marked: refused at once, or by a report that is really about a mail of ours."""

import smtplib
from datetime import timedelta
from email import policy
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import Engine
from sqlmodel import Session, select

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Role
from stageplus.models import JournalEntry, OutboxMessage, Person
from stageplus.services.accounts.actions import ask_for_email_change, confirm_email_change
from stageplus.services.accounts.queries import who_am_i
from stageplus.services.accounts.schemas import EmailInput
from stageplus.services.notifications.actions import note_bounce, queue_mail, send_due_mails
from stageplus.services.notifications.bounces import mail_that_failed, message_name, refusal_of
from stageplus.services.notifications.delivery import SmtpServer, envelope
from stageplus.web.server import free_port
from tests import factories
from tests.factories import NOW

ADDRESS, SENDER = "partie@demo.test", "Stage+ <ne-pas-repondre@stageplus.test>"


@pytest.fixture
def person_id(database: Engine) -> int:
    with transaction(database) as session:
        factories.minimal_reference(session)
        person = factories.a_person(session, Role.LEARNER, email=ADDRESS)
        write(session, "/candidatures/1")
        return person.id or 0


def write(session: Session, path: str) -> None:
    link = (path, "Voir")
    words = {"kind": "account", "subject": "Essai", "sentences": ["Bonjour."], "link": link, "now": NOW}
    queue_mail(session, key=f"essai:{path}", recipient=ADDRESS, **words)  # type: ignore[arg-type]


def the_mail(database: Engine) -> OutboxMessage:
    with Session(database) as session:
        return session.exec(select(OutboxMessage)).one()


def is_marked(database: Engine, person_id: int) -> bool:
    with Session(database) as session:
        return session.get_one(Person, person_id).unreachable_since is not None


def report(mail: OutboxMessage, *, action: str = "failed", status: str = "5.1.1", headers_only: bool = False) -> bytes:
    """Write what a mail server sends back, as RFC 3464 has it."""
    original = envelope(mail, SENDER).as_bytes(policy=policy.SMTP)
    kind = "text/rfc822-headers" if headers_only else "message/rfc822"
    return b"\r\n".join(
        [
            b"From: MAILER-DAEMON@mail.example",
            b"Subject: Undelivered Mail Returned to Sender",
            b"MIME-Version: 1.0",
            b'Content-Type: multipart/report; report-type=delivery-status; boundary="x"',
            b"",
            b"--x",
            b"Content-Type: text/plain",
            b"",
            b"The mail system could not deliver your message.",
            b"--x",
            b"Content-Type: message/delivery-status",
            b"",
            b"Reporting-MTA: dns; mail.example",
            b"",
            f"Final-Recipient: rfc822; {mail.recipient}".encode(),
            f"Action: {action}".encode(),
            f"Status: {status}".encode(),
            b"",
            b"--x",
            f"Content-Type: {kind}".encode(),
            b"",
            original.split(b"\r\n\r\n")[0] + b"\r\n" if headers_only else original,
            b"--x--",
            b"",
        ]
    )


class Refusing:
    """A real SMTP server that takes no mail for anybody, and says why."""

    def __init__(self, reply: str) -> None:
        self.reply = reply

    async def handle_RCPT(  # noqa: N802 — the name that aiosmtpd calls
        self, _server: Any, _session: Any, _envelope: Any, _address: str, _options: Any
    ) -> str:
        return self.reply


@pytest.mark.parametrize(
    ("reply", "refusal"),
    [
        ("550 5.1.1 No such user here", "550 5.1.1"),
        ("550 No such user here", "550"),
        ("553 5.1.3 Bad address", "553 5.1.3"),
        ("450 4.2.1 Try again later", ""),
        ("550 5.7.1 Blocked by policy", ""),
    ],
)
def test_a_real_server_that_refuses_the_recipient_for_good_marks_the_address(
    database: Engine, person_id: int, reply: str, refusal: str
) -> None:
    port = free_port()
    controller = Controller(Refusing(reply), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        assert send_due_mails(SmtpServer("127.0.0.1", port, SENDER).deliver, now=NOW, on=database).failed == 1
    finally:
        controller.stop()
    assert is_marked(database, person_id) is bool(refusal)
    mail = the_mail(database)
    assert (mail.refusal, mail.refused_at, mail.given_up_at) == (refusal, *([NOW, NOW] if refusal else [None, None]))


@pytest.mark.parametrize(
    "error", [TimeoutError(), smtplib.SMTPServerDisconnected("x"), smtplib.SMTPSenderRefused(550, b"x", "y")]
)
def test_what_is_not_about_the_recipient_marks_nobody(error: Exception) -> None:
    assert refusal_of(error) == ""


@pytest.mark.parametrize("headers_only", [True, False])
def test_a_report_that_comes_back_marks_the_address_once(database: Engine, person_id: int, headers_only: bool) -> None:
    message = report(the_mail(database), headers_only=headers_only)
    for _time in range(2):
        assert note_bounce(message, now=NOW + timedelta(days=_time), on=database) == ADDRESS
    assert is_marked(database, person_id)
    assert (the_mail(database).refusal, the_mail(database).refused_at) == ("5.1.1", NOW)
    with Session(database) as session:
        assert [entry.action for entry in session.exec(select(JournalEntry))] == ["email.unreachable"]


@pytest.mark.parametrize(
    ("action", "status"), [("delayed", "4.4.1"), ("failed", "4.2.2"), ("failed", "5.7.1"), ("delivered", "2.0.0")]
)
def test_a_delay_or_a_refusal_of_what_we_are_marks_nobody(
    database: Engine, person_id: int, action: str, status: str
) -> None:
    assert note_bounce(report(the_mail(database), action=action, status=status), now=NOW, on=database) == ""
    assert not is_marked(database, person_id)


def test_a_report_that_somebody_makes_up_marks_nobody(database: Engine, person_id: int) -> None:
    mail = the_mail(database)
    genuine = report(mail)
    invented = genuine.replace(message_name(mail.id or 0).encode(), f"stageplus-{mail.id}-{'0' * 16}".encode())
    assert genuine != invented
    assert note_bounce(invented, now=NOW, on=database) == ""
    assert not is_marked(database, person_id)


@pytest.mark.parametrize(
    "message", [b"", b"\xff\x00", b"Content-Type: multipart/report; boundary=\n\n--", b"a: b\n\nc"]
)
def test_anything_else_is_no_report(message: bytes) -> None:
    assert mail_that_failed(message) == 0


def test_the_person_sees_it_and_a_confirmed_address_clears_it(database: Engine, person_id: int) -> None:
    note_bounce(report(the_mail(database)), now=NOW, on=database)
    actor = Actor(person_id, Role.LEARNER, proved_at=NOW)
    assert who_am_i(actor, now=NOW, on=database).unreachable
    ask_for_email_change(actor, EmailInput(email=ADDRESS), now=NOW, on=database)  # the same one, after mending it
    with Session(database) as session:
        text = session.exec(select(OutboxMessage.text)).all()[-1]
    confirm_email_change(None, text.partition("/lien/")[2].partition("\n")[0], now=NOW, on=database)
    assert not who_am_i(actor, now=NOW, on=database).unreachable


def test_a_sent_mail_keeps_no_link_that_opens_something(database: Engine, person_id: int) -> None:
    with transaction(database) as session:
        write(session, "/lien/un-jeton")
    sent: list[str] = []
    send_due_mails(lambda mail: sent.append(mail.text), now=NOW, on=database)
    assert "/lien/un-jeton" in sent[1]
    with Session(database) as session:
        kept = session.exec(select(OutboxMessage).order_by(OutboxMessage.key)).all()
    assert [bool(mail.text or mail.html) for mail in kept] == [True, False]
