"""The sentences that say what somebody is charged with."""

from collections.abc import Sequence

from stageplus.domain.actors import Role
from stageplus.texts import _


def charge_words(role: Role, operator: str, implantation: str, sectors: Sequence[str]) -> str:
    """Say what somebody does on Stage+, and for whom."""
    if role is Role.COACH:
        return _("Coach sectoriel : {sectors}").format(sectors=", ".join(sectors))
    if role is Role.OPERATOR:
        return _("Équipe de {place}").format(place=place_words(operator, implantation))
    return _("Équipe d’OFFA")


def place_words(operator: str, implantation: str) -> str:
    """Name an operator, and the only implantation that somebody is charged with, if any."""
    if not implantation:
        return operator
    return _("{operator}, implantation de {name}").format(operator=operator, name=implantation)
