"""Errors of ours: a number for the person, the same number in the log."""

from secrets import token_hex

import structlog

log = structlog.get_logger()


def noted(error: BaseException, where: str) -> str:
    """Log an unexpected error and return the reference that finds it, such as `4F1A-09C2`."""
    reference = f"{token_hex(2)}-{token_hex(2)}".upper()
    log.error("fault", reference=reference, where=where, exc_info=error)
    return reference
