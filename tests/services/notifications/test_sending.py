"""Mail goes out once, is tried again after a pause, and is given up in the end."""

import smtplib
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import Engine
from sqlmodel import col, delete, select

from stageplus.db.engine import transaction
from stageplus.models import OutboxMessage
from stageplus.services.notifications import delivery
from stageplus.services.notifications.actions import PAUSES, queue_mail, send_due_mails
from stageplus.services.notifications.delivery import SmtpServer, configured_delivery, envelope
from stageplus.web.server import free_port
from tests.factories import NOW

SENDER = "Stage+ <ne-pas-repondre@stageplus.test>"


class Mailbox:
    """What a real SMTP server received."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []

    async def handle_DATA(  # noqa: N802 — the name that aiosmtpd calls
        self, _server: Any, _session: Any, envelope: Any
    ) -> str:
        self.received.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return "250 OK"


def waiting(database: Engine, key: str = "une:1") -> None:
    with transaction(database) as session:
        queue_mail(
            session,
            key=key,
            kind="account",
            recipient="apprenant@demo.test",
            subject="Réponse\nBcc: autre@demo.test",
            sentences=["Bonjour <b>Lou</b>, l’entreprise t’a répondu."],
            link=("/candidatures/1", "Voir ma candidature"),
            now=NOW,
        )


def the_mail(database: Engine) -> OutboxMessage:
    with transaction(database) as session:
        return session.exec(select(OutboxMessage)).one()


def refused(_mail: OutboxMessage) -> None:
    raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")


def test_a_mail_reaches_a_real_server_in_both_faces(database: Engine) -> None:
    waiting(database)
    mailbox, port = Mailbox(), free_port()
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        report = send_due_mails(SmtpServer("127.0.0.1", port, SENDER).deliver, now=NOW, on=database)
    finally:
        controller.stop()
    assert (report.sent, report.failed) == (1, 0)
    (mail,) = mailbox.received
    assert (mail["To"], mail["Bcc"], mail["Auto-Submitted"]) == ("apprenant@demo.test", None, "auto-generated")
    plain, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert "/candidatures/1" in plain
    assert html.count("href=") == 1
    assert "&lt;b&gt;Lou&lt;/b&gt;" in html
    assert "<img" not in html


def test_a_sent_mail_is_not_sent_again(database: Engine) -> None:
    waiting(database)
    sent: list[OutboxMessage] = []
    for _run in range(3):
        send_due_mails(sent.append, now=NOW + timedelta(days=1), on=database)
    assert len(sent) == 1


def test_a_failed_mail_waits_before_the_next_try(database: Engine) -> None:
    waiting(database)
    assert send_due_mails(refused, now=NOW, on=database).failed == 1
    assert send_due_mails(refused, now=NOW, on=database).failed == 0
    mail = the_mail(database)
    assert (mail.tries, mail.next_try_at, mail.sent_at) == (1, NOW + PAUSES[0], None)
    assert "SMTPServerDisconnected" in mail.last_error
    sent: list[OutboxMessage] = []
    send_due_mails(sent.append, now=NOW + PAUSES[0], on=database)
    assert len(sent) == 1


def test_a_mail_is_given_up_after_the_last_pause(database: Engine) -> None:
    waiting(database)
    at = NOW
    for pause in (*PAUSES, timedelta(0)):
        send_due_mails(refused, now=at, on=database)
        at += pause
    assert the_mail(database).given_up_at is not None
    assert send_due_mails(refused, now=at + timedelta(days=9), on=database).failed == 0


def test_one_mail_that_fails_does_not_hold_the_others(database: Engine) -> None:
    waiting(database, "une:1")
    waiting(database, "deux:1")
    taken: list[OutboxMessage] = []

    def only_the_second(mail: OutboxMessage) -> None:
        if mail.key == "une:1":
            refused(mail)
        taken.append(mail)

    report = send_due_mails(only_the_second, now=NOW, on=database)
    assert (report.sent, report.failed, [mail.key for mail in taken]) == (1, 1, ["deux:1"])


def test_what_is_thrown_away_while_others_leave_is_not_sent_and_its_successor_is(database: Engine) -> None:
    waiting(database, "une:1")
    waiting(database, "deux:1")
    taken: list[str] = []

    def meanwhile(mail: OutboxMessage) -> None:
        """Withdraw an application, and tell so, while the mails about it are in the sender's hand."""
        taken.append(mail.key)
        if mail.key == "une:1":
            with transaction(database) as session:
                session.exec(delete(OutboxMessage).where(col(OutboxMessage.key) == "deux:1"))
            waiting(database, "retirée:1")

    for _run in range(2):
        send_due_mails(meanwhile, now=NOW, on=database)
    assert taken == ["une:1", "retirée:1"]


def test_two_mails_never_bear_the_same_name(database: Engine) -> None:
    names = set()
    for key in ("une:1", "deux:1"):
        waiting(database, key)
        names.add(envelope(the_mail(database), SENDER)["Message-ID"])
        with transaction(database) as session:
            session.exec(delete(OutboxMessage))
    assert len(names) == 2


class Chosen:
    demo, smtp_host, smtp_port, smtp_user, smtp_password, smtp_starttls = False, "", 25, "", "", False
    mail_from = SENDER


def test_without_a_server_mail_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "settings", Chosen)
    assert configured_delivery() is None


def test_the_demonstration_sends_nothing_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "settings", Chosen)
    monkeypatch.setattr(Chosen, "demo", True)
    monkeypatch.setattr(smtplib, "SMTP", pytest.fail)
    deliver = configured_delivery()
    assert deliver is not None
    deliver(OutboxMessage(recipient="x@demo.test"))
