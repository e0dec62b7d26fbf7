"""Where the mails of the demonstration land."""

import reflex as rx

from stageplus.components import empty_state, link, public_shell, skeleton_rows
from stageplus.pages.page import Page, frame
from stageplus.services.notifications.schemas import MailRow
from stageplus.states.audience import Audience
from stageplus.states.demo_mailbox import DemoMailboxState
from stageplus.texts import _


def mailbox_page() -> rx.Component:
    """Build the list of mails."""
    return public_shell(
        rx.cond(
            DemoMailboxState.mails,
            rx.el.div(rx.foreach(DemoMailboxState.mails, _mail), class_name="stack"),
            empty_state(
                _("Aucun courrier"),
                _("Postulez ou répondez à une candidature : le message apparaît ici."),
                icon_name="letter",
            ),
        ),
        title=_("Courrier de démonstration"),
        lead=_("Rien ne part vraiment : voici ce que chacun aurait reçu."),
        frame=frame(),
        skeleton=skeleton_rows(),
        width="narrow",
    )


def _mail(mail: MailRow) -> rx.Component:
    return rx.el.details(
        rx.el.summary(rx.el.strong(mail.subject), " — ", mail.recipient),
        rx.el.p(mail.when, class_name="hint"),
        rx.el.p(mail.text, class_name="typed"),
        rx.cond(mail.attached, rx.el.p(_("Fichier joint :"), " ", mail.attached, class_name="hint")),
        rx.el.p(link(_("Suivre le lien du message"), href=mail.path)),
        class_name="card",
    )


PAGE = Page("/demo/courrier", _("Courrier"), Audience.EVERYONE, mailbox_page, loads=[DemoMailboxState.load])
