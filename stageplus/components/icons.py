"""Our own line icons, drawn on a 24-unit square and inlined: no icon library, no extra request."""

from typing import Literal

import reflex as rx

from stageplus.components.props import Text

IconName = Literal[
    "account", "alert", "arrow-left", "arrow-right", "bell", "building", "calendar", "check", "chevron-right",
    "clock", "close", "coin", "door", "download", "edit", "external", "filter", "flag", "help", "home", "info", "layers",
    "letter", "list", "lock", "map-pin", "minus", "people", "phone", "plus", "print", "search", "send", "shield", "spark", "star",
    "stop", "target", "tools", "trash", "wifi-off",
]  # fmt: skip

PATHS: dict[str, tuple[str, ...]] = {
    "account": ("M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Z", "M4.5 20.5c.8-3.6 3.8-5.5 7.5-5.5s6.7 1.9 7.5 5.5"),
    "alert": ("M12 3.5 21.5 20h-19Z", "M12 10v4.5M12 17.3v.1"),
    "arrow-left": ("M20 12H4.5M11 5l-7 7 7 7",),
    "arrow-right": ("M4 12h15.5M13 5l7 7-7 7",),
    "bell": ("M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15Z", "M10 21h4"),
    "building": ("M5 21V4.5h9V21M14 9.5h5V21M3 21h18", "M8.5 8.5h2M8.5 12.5h2M8.5 16.5h2"),
    "calendar": ("M4 6h16v14.5H4ZM4 10.5h16M8.5 3v4M15.5 3v4",),
    "check": ("m4.5 12.5 5 5 10-11",),
    "chevron-right": ("m9 5 7 7-7 7",),
    "clock": ("M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z", "M12 7v5.5l3.5 2"),
    "close": ("M5.5 5.5l13 13M18.5 5.5l-13 13",),
    "coin": ("M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z", "M15.5 9a4.5 4.5 0 1 0 0 6M7 11h6M7 13.5h5"),
    "door": ("M10 4H5v16h5M14.5 8l4 4-4 4M18 12H9.5",),
    "download": ("M12 3.5v12.5M6.5 10.5l5.5 5.5 5.5-5.5M4 20.5h16",),
    "edit": ("M4 20h4L20 8l-4-4L4 16ZM13.5 6.5l4 4",),
    "external": ("M9 5H5v14h14v-4M13 4h7v7M20 4l-9 9",),
    "filter": ("M4 7h16M7 12h10M10 17h4",),
    "flag": ("M5.5 21V4M5.5 4.5h12l-2.5 4 2.5 4h-12",),
    "help": ("M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z", "M9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7M12 16.7v.1"),
    "home": ("M4 11 12 4l8 7v9.5h-5.5V15h-5v5.5H4Z",),
    "info": ("M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z", "M12 11v5.5M12 7.7v.1"),
    "layers": ("m12 3.5 9 5-9 5-9-5ZM3 13.5l9 5 9-5",),
    "letter": ("M3.5 6h17v12.5h-17ZM4 7l8 6.5L20 7",),
    "list": ("M9 6h11M9 12h11M9 18h11M4.5 6v.1M4.5 12v.1M4.5 18v.1",),
    "lock": ("M5.5 10.5h13v10h-13ZM8 10.5V8a4 4 0 0 1 8 0v2.5M12 14.5v2",),
    "map-pin": ("M12 21.5s7-6.4 7-11.5a7 7 0 0 0-14 0c0 5.1 7 11.5 7 11.5Z", "M12 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z"),
    "minus": ("M5 12h14",),
    "people": (
        "M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 19.5c.5-3.2 3-5 6.5-5s6 1.8 6.5 5",
        "M16 5a3.5 3.5 0 0 1 0 6.5M18 14.9c2 .7 3.2 2.3 3.5 4.6",
    ),
    "phone": ("M5 4h4l1.5 5-2 1.5a11 11 0 0 0 5 5l1.5-2 5 1.5v4c0 .6-.4 1-1 1A15 15 0 0 1 4 5c0-.6.4-1 1-1Z",),
    "plus": ("M12 4.5v15M4.5 12h15",),
    "print": ("M7 9V3.5h10V9M7 17H4V9h16v8h-3M7 14h10v6.5H7Z",),
    "search": ("M10.5 17.5a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM15.7 15.7l5 5",),
    "send": ("M20.5 3.5 10 14M20.5 3.5l-6.5 17-4-6.5-6.5-4Z",),
    "shield": ("M12 3.5 19.5 6v5.5c0 4.5-3 7.5-7.5 9.5-4.5-2-7.5-5-7.5-9.5V6Z", "M8.5 12l2.5 2.5 4.5-5"),
    "spark": ("M12 3.5 14 10l6.5 2-6.5 2-2 6.5L10 14l-6.5-2L10 10Z",),
    "star": ("m12 3.5 2.6 5.5 6 .8-4.4 4.2 1.1 6-5.3-2.9L6.7 20l1.1-6L3.4 9.8l6-.8Z",),
    "stop": ("M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z", "M5.8 5.8l12.4 12.4"),
    "target": ("M12 19a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM12 2v4M12 18v4M2 12h4M18 12h4M12 11.9v.2",),
    "tools": ("M14 7.5a4.5 4.5 0 0 1 6-4.2l-2.7 2.7.7 2 2 .7L22.7 6a4.5 4.5 0 0 1-6.2 5.4L8 20a2.5 2.5 0 0 1-4-3.5l8.7-8.3",),
    "trash": ("M4.5 7h15M9.5 7V4h5v3M6.5 7l1 13.5h9l1-13.5M10.5 11v5.5M13.5 11v5.5",),
    "wifi-off": ("M3.5 3.5l17 17M2.5 9.5a14 14 0 0 1 5-3M12 5.5c3.6 0 7 1.5 9.5 4M6 13.5a9 9 0 0 1 4-2.2M9.5 17a4 4 0 0 1 5 0M12 20v.1",),
}  # fmt: skip


def icon(name: IconName, size: int = 22, label: Text = "") -> rx.Component:
    """Draw an icon: decoration unless it gets a label, which is then read aloud."""
    spoken = {"role": "img", "aria-label": label} if label else {"aria-hidden": "true"}
    return rx.el.svg(
        rx.el.path(d="".join(PATHS[name])),
        class_name="icon",
        view_box="0 0 24 24",
        width=str(size),
        height=str(size),
        custom_attrs=spoken,
    )


def icon_of(name: Text, names: tuple[IconName, ...], fallback: IconName, size: int = 22) -> rx.Component:
    """Draw the icon that a variable names, among the given ones only, so that the page stays small."""
    return rx.match(name, *[(choice, icon(choice, size)) for choice in names], icon(fallback, size))
