"""Errors of ours: a number for the person, the same number in the log."""

import sys
from secrets import token_hex

import structlog

structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        # A plain traceback: one that shows local variables would write what people typed into the log.
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ],
    logger_factory=structlog.PrintLoggerFactory(sys.stderr),
)
log = structlog.get_logger()


def noted(error: BaseException, where: str) -> str:
    """Log an unexpected error and return the reference that finds it, such as `4F1A-09C2`."""
    reference = f"{token_hex(2)}-{token_hex(2)}".upper()
    log.error("fault", reference=reference, where=where, exc_info=error)
    return reference
