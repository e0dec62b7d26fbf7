"""Front door: the Reflex application, its pages and the HTTP routes beside them."""

import reflex as rx

from stageplus.components import STYLESHEETS, document_head
from stageplus.states.gate import Gate
from stageplus.web.app import beside_reflex


def home() -> rx.Component:
    return rx.el.main(rx.el.h1("Stage+"))


app = rx.App(
    html_lang="fr",
    stylesheets=STYLESHEETS,
    head_components=document_head(),
    # Tailwind brings its own reset.
    reset_style=False,
    toaster=None,
    app_wraps={},
    api_transformer=beside_reflex,
)
app.add_middleware(Gate(), index=0)
app.add_page(home, route="/", title="Accueil · Stage+")
