"""A message of a sector coach to several companies at once (our own rule): whom it reaches, and who is spared."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Way(StrEnum):
    """Where the one button of the message leads a company."""

    PUBLISH = "publier"
    OFFERS = "offres"
    HOME = "accueil"


class Spared(StrEnum):
    """Why a company that the coach chose does not get the message; the first that holds is the one that is said."""

    STOPPED = "ne veut plus"
    RECENT = "déjà écrit"
    NOBODY = "personne"
    ROOM = "limite"


@dataclass(frozen=True)
class Chosen:
    """A company that a coach chose: whether it stopped such messages, had one lately, and has somebody to read."""

    company_id: int
    name: str
    stopped: bool = False
    recent: bool = False
    reachable: bool = True


def shared_out(chosen: Iterable[Chosen], room: int) -> tuple[list[Chosen], list[tuple[Chosen, Spared]]]:
    """Say which companies a message reaches, so many at most and in their order, and why the others are spared."""
    reached: list[Chosen] = []
    spared: list[tuple[Chosen, Spared]] = []
    for each in chosen:
        why = _why(each, len(reached) >= room)
        if why is None:
            reached.append(each)
        else:
            spared.append((each, why))
    return reached, spared


def _why(company: Chosen, full: bool) -> Spared | None:
    reasons = (
        (company.stopped, Spared.STOPPED),
        (company.recent, Spared.RECENT),
        (not company.reachable, Spared.NOBODY),
        (full, Spared.ROOM),
    )
    return next((why for holds, why in reasons if holds), None)
