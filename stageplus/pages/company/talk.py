"""The conversation inside an application, on its company's side."""

import reflex as rx

from stageplus.components import TalkWords, conversation, link
from stageplus.states.company.inbox import CompanyInboxState as State
from stageplus.texts import _


def talk_part() -> rx.Component:
    """Build the conversation of the chosen application."""
    thread = State.thread
    words = TalkWords(
        label=_("Votre message"),
        hint=_("Une question, un détail pratique. Pour proposer un entretien ou répondre, utilisez les boutons."),
        question=_("Oui, envoyer avec ce numéro"),
        share=_("Partager mon numéro"),
        share_title=_("Partager votre numéro ?"),
        share_words=rx.el.span(_("Votre numéro sera visible pour"), " ", thread.other, "."),
        report_words=_("Seule OFFA lira ceci, avec quelques messages autour. La personne ne saura pas que c’est vous."),
    )
    return rx.el.section(
        rx.el.h3(_("Messages"), id="messages"),
        conversation(thread, State, words),
        class_name="stack stack-tight",
    )


def talk_jump() -> rx.Component:
    """Build the way down to what is new, shown only when something is."""
    way = link(_("Lire les nouveaux messages"), href="#messages", native=True, custom_attrs={"data-jump": ""})
    return rx.cond(State.thread.unread > 0, rx.el.p(way))
