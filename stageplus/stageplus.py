"""Front door: the Reflex application, its pages and the HTTP routes beside them."""

import reflex as rx

from stageplus.components import STYLESHEETS, document_head
from stageplus.jobs.clock import keep_time
from stageplus.pages.registry import PAGES
from stageplus.states.gate import Gate
from stageplus.states.session import on_fault
from stageplus.web.app import beside_reflex

app = rx.App(
    html_lang="fr",
    stylesheets=STYLESHEETS,
    head_components=document_head(),
    # Tailwind brings its own reset.
    reset_style=False,
    toaster=None,
    app_wraps={},
    api_transformer=beside_reflex,
    backend_exception_handler=on_fault,
)
app.add_middleware(Gate(), index=0)
app.register_lifespan_task(keep_time)
for page in PAGES:
    app.add_page(page.build, route=page.route, title=f"{page.title} · Stage+", on_load=page.opens)
