"""A form that is on a public page before the page has read what it begins with waits for it (`data-wait`).

What a load sets — a receipt taken back, errors forgotten — would wipe the answer to a form sent before. Forms that the
browser posts wait for their protection token, and those behind a skeleton are not there yet.
"""

import reflex as rx

from stageplus.pages.page import Page
from stageplus.pages.registry import PAGES
from stageplus.states.audience import Audience
from stageplus.states.session import SessionState
from tests.components.rendered import tags, text_of

WAITING = {"/activation", "/inscription/entreprise", "/inscription/agrement", "/mot-de-passe-oublie"}


def forms_of_states(page: Page) -> list[rx.Component]:
    return [form for form in tags(page.build(), "form") if "on_submit" in form.event_triggers]


def is_behind_a_skeleton(page: Page) -> bool:
    return "Chargement…" in text_of(page.build())


def test_every_public_page_with_an_early_form_waits() -> None:
    public = [page for page in PAGES if page.audience is Audience.EVERYONE]
    reading = [page for page in public if tuple(page.loads) != (SessionState.settle,)]
    early = {page.route for page in reading if forms_of_states(page) and not is_behind_a_skeleton(page)}
    assert early - WAITING == set(), (
        "mark the form that is there first with `waiting(State.loading)`, and name its page here"
    )


def test_the_form_that_is_there_first_is_marked() -> None:
    for page in PAGES:
        if page.route in WAITING:
            marked = [form for form in forms_of_states(page) if "data-wait" in form.custom_attrs]
            assert len(marked) == 1, page.route
