"""The frame of an operator's pages."""

from typing import Any

import reflex as rx

from stageplus.components import desk_shell, operator_nav, skeleton_rows
from stageplus.pages.page import frame


def operator_page(*content: Any, title: Any, active: str, **options: Any) -> rx.Component:
    """Build a page of an operator's staff."""
    return desk_shell(
        operator_nav(), *content, title=title, active=active, frame=frame(), skeleton=skeleton_rows(), **options
    )
