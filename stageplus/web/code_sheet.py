"""The sheet of activation codes: plain HTML made for A4 paper, one slip per learner, nothing kept."""

from collections.abc import Sequence
from html import escape
from io import BytesIO

import segno

from stageplus.config import settings
from stageplus.services.activation.schemas import PAGE, CodeSlip
from stageplus.texts import _, ngettext

_DOCUMENT = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · Stage+</title><link rel="icon" href="/favicon.svg"><link rel="stylesheet" href="/tokens.css">
<link rel="stylesheet" href="/code-sheet.css">
<script src="/code-sheet.js" defer></script></head>
<body><header class="tools"><h1>{title}</h1><p>{words}</p>
<p><button type="button" data-print="">{print}</button> <a href="/operateur/codes">{back}</a></p></header>
<main>{slips}</main></body></html>"""
_SLIP = """<section class="slip" aria-label="{name}"><div><p class="to">{name}</p><p class="small">{details}</p>
<p>{how}</p><p class="code">{code}</p><p class="small">{until}</p></div><div class="qr">{qr}</div></section>"""


def sheet_of(slips: Sequence[CodeSlip]) -> str:
    """Write the sheet; whatever came from a roster is escaped."""
    count = ngettext("{n} code à distribuer", "{n} codes à distribuer", len(slips)).format(n=len(slips))
    return _DOCUMENT.format(
        title=escape(count),
        words=escape(
            _(
                "Imprimez maintenant : ces codes ne peuvent plus être affichés. Un nouveau tirage remplace les codes "
                "précédents des mêmes personnes."
            )
        ),
        print=escape(_("Imprimer")),
        back=escape(_("Retour aux codes")),
        slips="".join(_slip(slip) for slip in slips) or f"<p>{escape(_('Personne n’attend de code.'))}</p>",
    )


def _slip(slip: CodeSlip) -> str:
    address = f"{settings().site}{PAGE}"
    return _SLIP.format(
        name=escape(slip.name),
        details=escape(f"{slip.reference} · {slip.trade} · {slip.operator}"),
        how=escape(_("Scanne le carré, ou va sur {address} et écris ce code :").format(address=address)),
        code=escape(slip.code),
        until=escape(_("Pour toi seul, une seule fois, jusqu’au {day}.").format(day=slip.until)),
        qr=_qr(f"{address}?code={slip.code}"),
    )


def _qr(address: str) -> str:
    drawn = BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(
        drawn, kind="svg", xmldecl=False, svgns=True, scale=3, border=2, title=_("Code à scanner"), omitsize=False
    )
    return drawn.getvalue().decode()
