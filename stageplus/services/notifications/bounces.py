"""Mail that is refused or comes back: whether the address itself is at fault, and which of our mails it was."""

import hmac
import re
import smtplib
from collections.abc import Iterator
from email import message_from_bytes, message_from_string
from email.message import Message
from hashlib import sha256

from stageplus.config import settings

ENHANCED = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
NOT_THE_ADDRESS = "5.7."
"""Refusals for what we are or what we write (RFC 3463): the address may be fine."""
OURS = re.compile(r"<stageplus-(\d{1,9})-([0-9a-f]{16})@")


def message_name(mail_id: int) -> str:
    """Name a mail so that what comes back can be told from what somebody makes up."""
    tag = hmac.new(settings().secret.encode(), f"mail:{mail_id}".encode(), sha256).hexdigest()[:16]
    return f"stageplus-{mail_id}-{tag}"


def refusal_of(error: Exception) -> str:
    """Return the code by which a mail server refused the recipient for good; empty for our mail's fault or for now."""
    replies = error.recipients.values() if isinstance(error, smtplib.SMTPRecipientsRefused) else ()
    final = ((code, reply) for code, reply in replies if 500 <= code < 600 and _is_final(reply))
    return next((f"{code} {_status_in(reply)}".strip() for code, reply in final), "")


def refusal_reported(message: bytes) -> str:
    """Return the code by which a delivery report says that a mail failed; empty when it says none."""
    reports = (part for part in message_from_bytes(message).walk() if _says_failed(part))
    blocks = (block for part in reports for block in _blocks(part))
    return next((found for block in blocks if (found := _status_in(str(block.get("Status", ""))))), "")


def mail_that_failed(message: bytes) -> int:
    """Return which of our mails a delivery report (RFC 3464) says failed for good; 0 when it says no such thing.

    Only a report that brings our own mail's name back counts: anybody may write to the address that takes them.
    """
    parts = list(message_from_bytes(message).walk())
    failed = any(_says_failed(part) for part in parts if part.get_content_type() == "message/delivery-status")
    names = {mail_id for part in parts for mail_id in _names_in(part)}
    return names.pop() if failed and len(names) == 1 else 0


def _is_final(reply: bytes | str) -> bool:
    status = _status_in(reply)
    return not status or (status.startswith("5.") and not status.startswith(NOT_THE_ADDRESS))


def _status_in(reply: bytes | str) -> str:
    words = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    found = ENHANCED.search(words)
    return found[0] if found else ""


def _blocks(report: Message) -> list[Message]:
    recipients = report.get_payload()
    return [block for block in recipients if isinstance(block, Message)] if isinstance(recipients, list) else []


def _says_failed(report: Message) -> bool:
    return any(
        str(block.get("Action", "")).strip().lower() == "failed"
        and str(block.get("Status", "")).strip().startswith("5.")
        and _is_final(str(block["Status"]))
        for block in _blocks(report)
    )


def _names_in(part: Message) -> Iterator[int]:
    if part.get_content_type() == "text/rfc822-headers":
        part = message_from_string(str(part.get_payload()))
    named = OURS.search(str(part.get("Message-ID", "")))
    if named and hmac.compare_digest(message_name(int(named[1])), f"stageplus-{int(named[1])}-{named[2]}"):
        yield int(named[1])
