"""The frame of a company's pages."""

from typing import Any

import reflex as rx

from stageplus.components import company_nav, desk_shell
from stageplus.pages.page import frame


def company_page(*content: Any, title: Any, active: str, **options: Any) -> rx.Component:
    """Build a page of a company."""
    return desk_shell(company_nav(), *content, title=title, active=active, frame=frame(), **options)
