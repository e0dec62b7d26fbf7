"""What OFFA tells a whole audience: where it is shown, to whom, and from which day to which."""

import re
from datetime import date
from enum import StrEnum

LONGEST_BANNER = 300
_OWN_PATH = re.compile(r"/(?!/)[A-Za-z0-9/_.?=&#-]*")
_SECURE_ADDRESS = re.compile(r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(/[A-Za-z0-9/_.~?=&#%+-]*)?")


class Spot(StrEnum):
    """Where an announcement is shown: above every page, or on the help page."""

    BANNER = "bandeau"
    HELP = "aide"


class Public(StrEnum):
    """To whom it is shown; the words of a role are those of `Role`."""

    EVERYONE = "everyone"
    LEARNER = "learner"
    COMPANY = "company"
    COACH = "coach"
    OPERATOR = "operator"


class Showing(StrEnum):
    """How an announcement stands on a day."""

    PLANNED = "prévue"
    SHOWN = "affichée"
    OVER = "terminée"
    WITHDRAWN = "retirée"


def showing(starts_on: date, ends_on: date | None, *, withdrawn: bool, today: date) -> Showing:
    """Say how an announcement stands; its first and its last day both count."""
    if withdrawn:
        return Showing.WITHDRAWN
    if today < starts_on:
        return Showing.PLANNED
    return Showing.SHOWN if ends_on is None or today <= ends_on else Showing.OVER


def is_safe_address(address: str) -> bool:
    """Say whether people may be led there: a path of our own, or a site over https, without any other trick."""
    return bool(_OWN_PATH.fullmatch(address) or _SECURE_ADDRESS.fullmatch(address))
