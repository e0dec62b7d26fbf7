"""The moment between our form and another site: browsers follow no form to where our policy does not let it go."""

from html import escape

from starlette.responses import HTMLResponse

from stageplus.texts import _

PAGE = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex"><meta http-equiv="refresh" content="0;url={address}">
<title>{title} · Stage+</title>
<style>
:root{{color-scheme:light dark}}
body{{font:1.125rem/1.5 system-ui,sans-serif;margin:20vh auto;max-width:32rem;padding:0 1rem}}
</style>
</head><body><main><h1>{title}</h1><p>{words}</p><p><a href="{address}">{button}</a></p></main></body></html>
"""


def leaving_page(address: str, name: str) -> HTMLResponse:
    """Lead the browser to another site by a page of our own, which has a link for whoever has to wait."""
    page = PAGE.format(
        address=escape(address, quote=True),
        title=escape(_("En route vers {name}").format(name=name)),
        words=escape(_("Rien ne se passe après quelques secondes ?")),
        button=escape(_("Continuer vers {name}").format(name=name)),
    )
    return HTMLResponse(page, headers={"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"})
