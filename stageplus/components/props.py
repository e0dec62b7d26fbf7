"""What components accept: plain values or Reflex variables, shown without the caller telling them apart."""

from typing import Any, Literal, TypeAlias

import reflex as rx

Text: TypeAlias = str | rx.Var[Any]
Flag: TypeAlias = bool | rx.Var[Any]
Content: TypeAlias = rx.Component | str | rx.Var[Any]
Attributes: TypeAlias = dict[str, Any]
Tone = Literal["neutral", "accent", "success", "warning", "danger", "sun"]
# An attribute with this value is left out in the browser, unlike an empty one.
ABSENT: rx.Var[Any] = rx.Var("undefined")
ToneText: TypeAlias = Tone | rx.Var[Any]


def either(flag: Flag, shown: Any, otherwise: Any = None) -> Any:
    """Choose between two contents or values, now for a plain flag, in the browser for a variable."""
    if isinstance(flag, rx.Var):
        return rx.cond(flag, shown, rx.fragment() if otherwise is None else otherwise)
    return shown if flag else (rx.fragment() if otherwise is None else otherwise)


def of_role(role: Text, choices: dict[str, Any], otherwise: Any) -> Any:
    """Choose by somebody's role, now for a plain one, in the browser for a variable."""
    if isinstance(role, rx.Var):
        return rx.match(role, *choices.items(), otherwise)
    return choices.get(role, otherwise)


def filled(text: Text) -> Flag:
    """Tell whether a text has something to show."""
    return text != "" if isinstance(text, rx.Var) else bool(text)


def shown_if_filled(text: Text, content: Any) -> Any:
    """Show the content when the text is not empty."""
    return either(filled(text), content)


def attributes(**values: Any) -> Attributes:
    """Build HTML attributes: `data_keep` becomes `data-keep`, None leaves the attribute out."""
    return {name.rstrip("_").replace("_", "-"): value for name, value in values.items() if value is not None}


def waiting(loading: Flag) -> Attributes:
    """Mark a form of a page that still reads what it begins with, which would wipe the answer: it leaves after."""
    return {"data-wait": either(loading, "true", "false")}


def or_nothing(text: Text) -> Any:
    """Return the text, or None for a plain empty one, whose attribute is then left out."""
    return text if isinstance(text, rx.Var) or text else None


def class_names(*names: str) -> str:
    """Join class names, leaving out the empty ones."""
    return " ".join(name for name in names if name)
