"""The words of moderation: what brought an offer there, and its texts with what was noticed."""

from collections.abc import Sequence

from stageplus.models import Offer
from stageplus.services.moderation.remarks import passages_of
from stageplus.services.moderation.schemas import (
    CONCERN_WORDS,
    FLAG_WORDS,
    FREE_TEXTS,
    FlagInput,
    Piece,
    Remark,
    TextShown,
)
from stageplus.texts import _

FIELD_WORDS = {
    "tasks": _("Ce que l’apprenant fera et apprendra"),
    "first_day": _("Le premier jour"),
    "language": _("Langue de travail"),
    "tutor_first_name": _("Prénom du tuteur"),
    "tutor_function": _("Fonction du tuteur"),
    "transport": _("Accès en transport public"),
    "equipment": _("Équipement de protection"),
    "risks": _("Risques particuliers"),
    "accessibility": _("Accessibilité des lieux"),
}


def flag_sentence(data: FlagInput) -> str:
    """Say why somebody flagged an offer."""
    reason = FLAG_WORDS[data.reason]
    return _("{reason} : {words}").format(reason=reason, words=data.words) if data.words else reason


def remarks_sentence(remarks: Sequence[Remark]) -> str:
    """Name the passages and what is wrong with each."""
    return " · ".join(f"{each.concern} : « {each.words} »" for each in remarks)


def texts_of(offer: Offer) -> list[TextShown]:
    """Return the free texts of an offer, each cut where something was noticed."""
    written = [(name, getattr(offer, name)) for name in FREE_TEXTS]
    return [TextShown(FIELD_WORDS[name], _pieces(text)) for name, text in written if text]


def _pieces(text: str) -> list[Piece]:
    pieces, at = [], 0
    for each in passages_of(text):
        if each.start > at:
            pieces.append(Piece(text[at : each.start]))
        pieces.append(Piece(each.words, noticed=True, advice=CONCERN_WORDS[each.concern]))
        at = each.end
    return [*pieces, Piece(text[at:])] if at < len(text) else pieces
