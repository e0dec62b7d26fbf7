"""The design system: plain HTML elements, our tokens, props in and a component out."""

from stageplus.components.badge import badge, status_badge, status_of
from stageplus.components.brand import logo, logo_mark
from stageplus.components.button import button, button_link, submit_button
from stageplus.components.callout import answer_box, callout, notice
from stageplus.components.card import card, card_foot, cover_link, meta, meta_item
from stageplus.components.chips import chip, chips, chips_of
from stageplus.components.conversation import TalkWords, conversation, said
from stageplus.components.dialog import answered_dialog, close_button, confirm_dialog, dialog, dialog_opener
from stageplus.components.disclosure import disclosure, unfold_button, unfolding
from stageplus.components.document import STYLESHEETS, document_head
from stageplus.components.empty_state import empty_state
from stageplus.components.error_summary import error_summary, form_error
from stageplus.components.facts import fact, fact_if, facts
from stageplus.components.field import (
    checkbox,
    checkbox_group,
    date_field,
    draft_sent,
    email_field,
    file_field,
    form_key,
    number_field,
    password_field,
    radio_cards,
    search_field,
    select_field,
    text_field,
    textarea_field,
)
from stageplus.components.frame import Frame, denied_panel, fault_panel, missing_panel
from stageplus.components.headings import page_head, row, section, stack
from stageplus.components.icons import IconName, icon
from stageplus.components.interviews import (
    ROW_FIELDS,
    TIMES,
    cancel_dialog,
    interview_panel,
    times_buttons,
    times_rows,
    why_field,
)
from stageplus.components.link import back_link, download_link, icon_link, link
from stageplus.components.list_detail import list_detail
from stageplus.components.native_form import native_form
from stageplus.components.navigation import NavItem, coach_nav, company_nav, learner_nav, offa_nav, operator_nav
from stageplus.components.next_steps import next_steps
from stageplus.components.offer_sheet import offer_facts, offer_sections
from stageplus.components.pagination import pagination
from stageplus.components.passkey import passkey_form
from stageplus.components.pay_table import pay_table
from stageplus.components.shells import desk_shell, learner_shell, own_shell, public_shell
from stageplus.components.skeleton import (
    bone,
    skeleton_card,
    skeleton_cards,
    skeleton_offer,
    skeleton_rows,
    skeleton_search,
    skeleton_text,
)
from stageplus.components.stat import stat, stats
from stageplus.components.suggestion_ticks import suggestion_ticks
from stageplus.components.table import Column, table
from stageplus.components.timeline import Step, timeline
from stageplus.components.wording_help import wording_help, wording_summary

__all__ = [
    "ROW_FIELDS", "STYLESHEETS", "TIMES", "cancel_dialog", "interview_panel", "times_buttons", "times_rows",
    "why_field", "Column", "Frame", "IconName", "NavItem", "Step", "answer_box", "answered_dialog", "back_link",
    "badge", "bone", "button", "button_link", "callout", "card", "card_foot", "checkbox", "checkbox_group", "chip",
    "chips", "chips_of", "close_button", "coach_nav", "company_nav", "confirm_dialog", "cover_link", "date_field",
    "denied_panel", "dialog", "dialog_opener", "disclosure", "document_head", "download_link", "draft_sent",
    "email_field",
    "empty_state", "error_summary", "fact", "fact_if", "facts", "fault_panel", "form_error", "form_key", "icon",
    "icon_link", "learner_nav", "learner_shell", "desk_shell", "link", "list_detail", "logo", "logo_mark", "meta",
    "meta_item", "missing_panel", "native_form", "next_steps", "notice", "number_field", "offa_nav", "operator_nav",
    "own_shell", "page_head", "pagination", "password_field", "pay_table", "public_shell", "radio_cards", "row",
    "search_field", "section", "select_field", "skeleton_card", "skeleton_cards", "skeleton_offer", "skeleton_rows",
    "skeleton_search", "skeleton_text", "stack", "stat", "stats", "status_badge", "status_of", "submit_button",
    "table", "text_field", "textarea_field", "timeline", "unfold_button", "unfolding", "file_field", "passkey_form",
    "TalkWords", "conversation", "said",
]  # fmt: skip
