"""What a mailed link may be for."""

from enum import StrEnum


class LinkPurpose(StrEnum):
    """What the one button behind a mailed link does."""

    CONFIRM_EMAIL = "confirm e-mail"
    CHANGE_EMAIL = "change e-mail"
    RESET_PASSWORD = "reset password"  # noqa: S105 — a purpose, not a password
    INVITATION = "invitation"
    ACTIVATION = "activation"
    CLAIM = "company claim"
    TEAM = "company team"
    OFFER_ENDING = "offer ending"
    ANSWER = "answer application"
    STOP_ALERTS = "stop alerts"
    STOP_CIRCULARS = "stop circulars"
