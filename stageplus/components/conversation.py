"""A conversation: what was said, the field to answer in, and the doors to share a number or report a message."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from stageplus.components.button import button, submit_button
from stageplus.components.callout import answer_box, callout
from stageplus.components.dialog import close_button, dialog, dialog_opener
from stageplus.components.error_summary import error_summary, form_error
from stageplus.components.field import draft_sent, form_key, radio_cards, text_field, textarea_field
from stageplus.components.headings import row
from stageplus.components.props import Text, either
from stageplus.services.conversations.schemas import MOST_WORDS, WITH_NUMBER, MessageRow, Thread
from stageplus.services.message_reports.schemas import CONCERNS
from stageplus.texts import _

NUMBER, REPORT = "partager-numero", "signaler-message"


@dataclass(frozen=True)
class TalkWords:
    """What one side reads around its conversation: a learner is told « tu », a company « vous »."""

    label: Text
    hint: Text
    question: Text
    share: Text
    share_title: Text
    share_words: Text
    report_words: Text


def conversation(thread: Thread, state: Any, words: TalkWords) -> rx.Component:
    """Build a conversation; `state` is the class whose handlers answer."""
    older = button(
        _("Messages plus anciens"), variant="quiet", size="small", on_click=state.older(thread.application_id)
    )
    written = rx.el.div(
        rx.el.div(
            rx.cond(thread.has_older, rx.el.div(older)),
            said(thread.messages, report=state.choose),
            rx.cond(thread.unread > 0, _seen(thread, state)),
        ),
        class_name="talk-scroll",
        role="log",
        tab_index=0,
        custom_attrs={"aria-label": _("Messages")},
    )
    return rx.el.div(
        rx.cond(thread.messages, written, rx.el.p(_("Rien d’écrit pour l’instant."), class_name="quiet-text")),
        rx.cond(thread.can_write, _writing(thread, state, words), _closed(thread)),
        _reporting(thread, state, words),
        class_name="stack",
        key=thread.application_id,
    )


def said(messages: Any, *, report: Any = None) -> rx.Component:
    """List messages; with `report`, each of the other side has the door to OFFA."""
    return rx.el.ol(
        rx.foreach(messages, lambda each: _message(each, report)),
        class_name="said",
    )


def _message(each: MessageRow, report: Any) -> rx.Component:
    door = button(
        _("Signaler"),
        variant="quiet",
        size="small",
        icon_name="flag",
        description=each.words,
        on_click=report(each.message_id) if report else None,
        custom_attrs={"data-dialog-open": REPORT, "aria-haspopup": "dialog"},
    )
    after = rx.cond(each.reported, rx.el.span(_("Signalé à OFFA")), rx.cond(each.can_report, door) if report else "")
    masked = rx.el.p(_("OFFA a masqué ce message."), class_name="quiet-text")
    return rx.el.li(
        rx.cond(each.author, rx.el.p(each.author, class_name="said-by"), rx.el.p(_("Moi"), class_name="sr")),
        rx.cond(each.is_number, rx.el.p(_("Numéro de téléphone"), class_name="hint")),
        rx.cond(each.hidden, masked, rx.el.p(each.words, class_name="typed")),
        rx.el.p(each.when, rx.cond(each.read, rx.el.span(" · ", _("Lu"))), " ", after, class_name="hint said-when"),
        class_name=rx.cond(each.mine, "mine", "theirs"),
        key=each.message_id,
    )


def _seen(thread: Thread, state: Any) -> rx.Component:
    """The browser presses it once it is on screen: a page in the background has read nothing."""
    return rx.el.button(
        _("Marquer comme lu"),
        type="button",
        on_click=state.read(thread.application_id, thread.last_id),
        class_name="talk-seen",
        key=thread.last_id,
        custom_attrs={"data-ask": "", "aria-hidden": "true", "tabIndex": "-1"},
    )


def _closed(thread: Thread) -> rx.Component:
    return rx.cond(thread.closed_words, callout(rx.el.p(thread.closed_words), tone="neutral", icon_name="lock"))


def _writing(thread: Thread, state: Any, words: TalkWords) -> rx.Component:
    draft = f"message-{thread.application_id}"
    errors, mine = state.talk_errors, state.talk_about == "message"
    asks = rx.cond(mine, form_error(errors, "number"), "")
    sure = button(words.question, type="submit", variant="sun", custom_attrs={"data-intent": WITH_NUMBER})
    send = button(_("Envoyer"), type="submit", icon_name="send", custom_attrs={"data-intent": "envoyer"})
    return rx.el.div(
        rx.cond(state.said > 0, rx.el.span(draft_sent(draft), key=f"parti-{state.said}")),
        rx.el.form(
            rx.cond(mine, error_summary(errors, ("text",), general=_general(errors))),
            _which(thread),
            rx.el.input(type="hidden", name="intent"),
            form_key(draft),
            textarea_field(
                "text",
                words.label,
                hint=words.hint,
                rows=3,
                max_length=MOST_WORDS,
                keep=draft,
                error=rx.cond(mine, form_error(errors, "text"), ""),
            ),
            rx.cond(asks != "", answer_box(callout(rx.el.p(asks), sure, tone="sun"))),
            row(send, dialog_opener(words.share, NUMBER, icon_name="phone")),
            on_submit=state.say,
            class_name="stack",
            key=f"{draft}-{state.said}",
        ),
        _number(thread, state, words),
        class_name="stack",
    )


def _number(thread: Thread, state: Any, words: TalkWords) -> rx.Component:
    errors, mine = state.talk_errors, state.talk_about == "numero"
    return dialog(
        NUMBER,
        words.share_title,
        rx.el.p(words.share_words, class_name="quiet-text"),
        rx.el.form(
            rx.cond(mine, error_summary(errors, ("number",), general=_general(errors))),
            _which(thread),
            form_key(f"numero-{thread.application_id}-{state.shared}"),
            text_field(
                "number",
                _("Numéro de téléphone"),
                type="tel",
                value=thread.my_number,
                autocomplete="tel",
                error=rx.cond(mine, form_error(errors, "number"), ""),
            ),
            row(close_button(), submit_button(_("Partager ce numéro"))),
            on_submit=state.share,
            class_name="stack",
            key=f"{thread.my_number}-{state.shared}",
        ),
        done=state.shared,
    )


def _reporting(thread: Thread, state: Any, words: TalkWords) -> rx.Component:
    errors, mine = state.talk_errors, state.talk_about == "signaler"
    reasons = [(concern.value, text) for concern, text in CONCERNS.items()]
    chosen = rx.foreach(
        thread.messages,
        lambda each: rx.cond(each.message_id == state.reporting, rx.el.blockquote(each.words, class_name="typed")),
    )
    return dialog(
        REPORT,
        _("Signaler ce message"),
        rx.el.p(words.report_words, class_name="quiet-text"),
        chosen,
        rx.el.form(
            rx.cond(mine, error_summary(errors, ("concern", "details"), general=_general(errors))),
            _which(thread),
            rx.el.input(type="hidden", name="message", value=f"{state.reporting}", read_only=True),
            radio_cards(
                "concern",
                _("Qu’est-ce qui ne va pas ?"),
                reasons,
                error=rx.cond(mine, form_error(errors, "concern"), ""),
            ),
            textarea_field(
                "details",
                _("Explication"),
                rows=3,
                max_length=500,
                optional=True,
                error=rx.cond(mine, form_error(errors, "details"), ""),
            ),
            row(close_button(), submit_button(_("Envoyer à OFFA"))),
            on_submit=state.report,
            class_name="stack",
            key=f"{state.reporting}-{state.noted}",
        ),
        done=state.noted,
    )


def _which(thread: Thread) -> rx.Component:
    return rx.el.input(type="hidden", name="application", value=f"{thread.application_id}", read_only=True)


def _general(errors: Any) -> Any:
    not_ready = either(form_error(errors, "form_key") != "", _("La page n’était pas prête : encore une fois."), "")
    return either(form_error(errors, "form") != "", form_error(errors, "form"), not_ready)
