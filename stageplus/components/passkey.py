"""Forms that a passkey answers: our script asks the device, then the browser sends the form."""

from typing import Literal

import reflex as rx

from stageplus.components.document import versioned
from stageplus.components.link import link
from stageplus.components.native_form import native_form
from stageplus.components.props import Content, Text
from stageplus.texts import _


def passkey_form(
    *content: Content, use: Literal["ajout", "preuve", "connexion"], action: str, csrf: Text, host: Text, origin: Text
) -> rx.Component:
    """Build a form that waits for the device before it is sent; where passkeys cannot work it says where they do."""
    return native_form(
        rx.el.div(*content, class_name="passkey-can stack stack-tight"),
        rx.el.p(class_name="field-error", role="alert", custom_attrs={"data-passkey-line": ""}),
        rx.el.p(
            _("Les clés d’accès ne marchent pas à cette adresse ou dans ce navigateur. Elles marchent ici :"),
            " ",
            link(origin, href=origin, native=True),
            class_name="passkey-cannot hint",
        ),
        rx.el.input(type="hidden", name="preuve"),
        action=action,
        csrf=csrf,
        class_name="stack stack-tight",
        custom_attrs={
            "data-passkey": use,
            "data-host": host,
            "data-script": versioned("passkeys.js"),
            "data-free": "",
            "data-refused": _(
                "La clé n’a pas été donnée. Rien n’a changé : un nouvel essai est possible tout de suite."
            ),
            "data-known": _("Cet appareil a déjà une clé pour ce compte."),
            "data-failed": _("Cela n’a pas marché. Un nouvel essai dans un instant suffit souvent."),
        },
    )
