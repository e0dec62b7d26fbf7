"""A learner's conversations: the list, and one of them with what its operator may read."""

from dataclasses import replace

import reflex as rx

from stageplus.components import (
    TalkWords,
    badge,
    button,
    button_link,
    callout,
    card,
    confirm_dialog,
    conversation,
    cover_link,
    dialog_opener,
    empty_state,
    form_error,
    learner_shell,
    section,
    skeleton_cards,
    skeleton_rows,
)
from stageplus.pages.page import Page, frame
from stageplus.services.conversations.schemas import ConversationCard, Thread
from stageplus.states.audience import Audience
from stageplus.states.learner.messages import LearnerMessagesState, LearnerTalkState
from stageplus.texts import _

PATH = "/messages"


def messages_page() -> rx.Component:
    """Build the list, the latest message first."""
    state = LearnerMessagesState
    return learner_shell(
        rx.cond(
            state.talks,
            rx.el.div(rx.foreach(state.talks, _card), class_name="stack"),
            empty_state(
                _("Aucune conversation pour l’instant"),
                _("Dès qu’une entreprise a vu ta candidature, vous pouvez vous écrire ici."),
                button_link(_("Voir mes candidatures"), "/candidatures"),
                icon_name="letter",
            ),
        ),
        title=_("Messages"),
        lead=_("Avec les entreprises qui ont vu ta candidature."),
        active="candidatures",
        frame=frame(),
        back=(_("Mes candidatures"), "/candidatures"),
        skeleton=skeleton_cards(),
        width="narrow",
    )


def talk_page() -> rx.Component:
    """Build one conversation; while it loads, the title is empty and drawn grey."""
    state, thread = LearnerTalkState, LearnerTalkState.thread
    named = rx.cond(state.missing, _("Conversation introuvable"), thread.other)
    return learner_shell(
        rx.cond(state.missing, _missing(), _talk(thread)),
        title=rx.cond(state.loading, "", named),
        lead=rx.cond(state.loading | state.missing, "", thread.title),
        active="candidatures",
        frame=replace(frame(), missing=False),
        back=(_("Messages"), PATH),
        skeleton=skeleton_rows(),
        width="narrow",
    )


def _card(row: ConversationCard) -> rx.Component:
    return card(
        rx.cond(row.unread > 0, rx.el.div(badge(row.unread_words, tone="accent", icon_name="letter"))),
        rx.el.h2(cover_link(row.company, f"{PATH}/{row.application_id}", description=row.title), class_name="h3"),
        rx.el.p(row.title, class_name="hint"),
        rx.el.p(row.last, class_name="typed"),
        rx.cond(row.when, rx.el.p(row.when, class_name="hint")),
        tappable=True,
        class_name="card-line",
    )


def _talk(thread: Thread) -> rx.Component:
    return rx.el.div(
        rx.cond(
            form_error(LearnerTalkState.errors, "form"),
            callout(rx.el.p(form_error(LearnerTalkState.errors, "form")), tone="warning"),
        ),
        rx.el.div(conversation(thread, LearnerTalkState, _words(thread)), class_name="card"),
        rx.el.p(
            _("Ici, on parle de la place : l’horaire, le trajet, l’entretien. Personne n’a à te demander d’argent."),
            class_name="hint",
        ),
        button_link(
            _("Voir ma candidature"), f"/candidatures/{thread.application_id}", variant="secondary", size="small"
        ),
        rx.cond(thread.operator, _showing(thread)),
        class_name="stack stack-wide",
    )


def _words(thread: Thread) -> TalkWords:
    return TalkWords(
        label=_("Mon message"),
        hint=_("Pas de numéro national, rien sur ta santé ni sur tes parents."),
        question=_("Oui, envoyer avec ce numéro"),
        share=_("Partager mon numéro"),
        share_title=_("Partager ton numéro ?"),
        share_words=rx.el.span(_("Ton numéro sera visible pour"), " ", thread.other, "."),
        report_words=_("Seule OFFA lira ceci, avec quelques messages autour. L’entreprise ne saura pas que c’est toi."),
    )


def _showing(thread: Thread) -> rx.Component:
    state = LearnerTalkState
    stop = button(
        _("Ne plus montrer cette conversation"),
        variant="secondary",
        size="small",
        on_click=state.stop_showing(thread.application_id),
    )
    show = dialog_opener(
        _("Montrer cette conversation à mon référent"), "montrer", variant="secondary", icon_name="people"
    )
    return section(
        _("Besoin d’aide ?"),
        rx.cond(
            thread.shown,
            callout(rx.el.p(_("Les personnes qui te suivent peuvent lire cette conversation.")), stop, tone="sun"),
            rx.el.div(
                rx.el.p(_("Personne de ton opérateur ne lit tes messages, sauf si tu le veux.")),
                show,
                class_name="stack stack-tight",
            ),
        ),
        confirm_dialog(
            "montrer",
            _("Montrer cette conversation ?"),
            _("Chez ton opérateur, les personnes qui te suivent pourront la lire. Tu arrêtes quand tu veux."),
            _("Oui, montrer"),
            state.show(thread.application_id),
        ),
    )


def _missing() -> rx.Component:
    return empty_state(
        _("Elle n’existe pas, ou elle n’est pas à toi"),
        _("L’adresse contient peut-être une erreur. Toutes tes conversations sont dans la liste."),
        button_link(_("Voir mes messages"), PATH),
    )


LIST = Page(
    PATH,
    _("Messages"),
    Audience.LEARNER,
    messages_page,
    loads=[LearnerMessagesState.load, LearnerMessagesState.follow],
)
DETAIL = Page(
    f"{PATH}/[candidature]",
    _("Conversation"),
    Audience.LEARNER,
    talk_page,
    loads=[LearnerTalkState.load, LearnerTalkState.follow],
)
