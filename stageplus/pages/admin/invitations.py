"""Invite operators' staff, coaches and OFFA, and see who has not come in yet."""

from typing import Any

import reflex as rx

from stageplus.components import (
    badge,
    button,
    checkbox_group,
    chip,
    chips,
    desk_shell,
    email_field,
    empty_state,
    error_summary,
    form_error,
    offa_nav,
    row,
    section,
    select_field,
    skeleton_rows,
    submit_button,
)
from stageplus.components.filters import list_head
from stageplus.components.pagination import page_links
from stageplus.components.table import Column, table
from stageplus.domain.actors import Role
from stageplus.pages.page import Page, frame
from stageplus.services.people.schemas import InvitationRow
from stageplus.states.admin.invitations import PATH
from stageplus.states.admin.invitations import OffaInvitationsState as State
from stageplus.states.audience import Audience
from stageplus.texts import _

PROFILES = (
    (Role.OPERATOR.value, _("Équipe d’un opérateur")),
    (Role.COACH.value, _("Coach sectoriel")),
    (Role.OFFA.value, _("Équipe d’OFFA")),
)


def invitations_page() -> rx.Component:
    """Build the form, and the list of those who wait."""
    found = State.found
    columns = [
        Column(_("Adresse e-mail"), _who),
        Column(_("Rôle"), lambda each: each.charge),
        Column(_("Envoyée"), lambda each: each.sent, one_line=True),
        Column(_("Valable jusqu’au"), _until, one_line=True),
        Column(_("Suite"), _next, one_line=True),
    ]
    return desk_shell(
        offa_nav(),
        section(_("Inviter quelqu’un"), _profiles(), _form()),
        rx.el.section(
            list_head(found.found_words),
            rx.cond(
                found.rows,
                table(_("Invitations en attente"), columns, found.rows, under_heading=True, wide=True),
                empty_state(
                    _("Personne n’est attendu"),
                    _("Une invitation reste ici jusqu’à ce que la personne ait créé son compte."),
                    icon_name="letter",
                    heading="h3",
                ),
            ),
            page_links(found.page, found.pages, State.before, State.after),
            class_name="stack stack-tight",
        ),
        title=_("Invitations"),
        lead=_("Les équipes des opérateurs, les coachs et OFFA n’entrent que par invitation."),
        back=(_("Comptes"), "/offa/comptes"),
        active="comptes",
        frame=frame(),
        skeleton=skeleton_rows(),
    )


def _profiles() -> rx.Component:
    items = [chip(label, f"{PATH}?profil={key}", current=State.profile == key) for key, label in PROFILES]
    return chips(_("Qui inviter"), items)


def _form() -> rx.Component:
    errors = State.errors
    place = select_field(
        "place",
        _("Opérateur, ou une seule de ses implantations"),
        State.found.places,
        empty=_("Choisir"),
        error=form_error(errors, "place"),
        hint=_("Avec une implantation, la personne ne voit que les apprenants de celle-ci."),
    )
    sectors = checkbox_group(
        "sectors", _("Secteurs"), State.found.sectors, error=form_error(errors, "sectors"), side_by_side=True
    )
    everything = rx.el.p(
        _("OFFA voit et règle tout : n’invitez que des personnes de votre équipe."), class_name="quiet-text"
    )
    return rx.el.form(
        error_summary(errors, ("email", "place", "sectors"), general=form_error(errors, "form")),
        rx.el.input(type="hidden", name="role", value=State.profile, read_only=True),
        email_field("email", _("Adresse e-mail"), error=form_error(errors, "email"), autocomplete="off"),
        rx.match(State.profile, (Role.OPERATOR.value, place), (Role.COACH.value, sectors), everything),
        row(submit_button(_("Envoyer l’invitation"))),
        on_submit=State.invite,
        class_name="card stack measure",
        key=f"{State.profile}-{State.form_round}",
    )


def _who(each: InvitationRow) -> rx.Component:
    by = rx.el.div(_("par"), " ", each.by, class_name="second-line")
    return rx.el.div(rx.el.div(each.email), rx.cond(each.by != "", by))


def _until(each: InvitationRow) -> rx.Component:
    return rx.cond(each.expired, badge(_("Expirée"), tone="warning", icon_name="clock"), rx.el.span(each.until))


def _next(each: InvitationRow) -> rx.Component:
    return row(_deed(_("Renvoyer"), each, State.renew), _deed(_("Retirer"), each, State.withdraw))


def _deed(label: str, each: InvitationRow, act: Any) -> rx.Component:
    on_click = act(each.invitation_id)
    return button(label, size="small", variant="secondary", description=each.email, on_click=on_click)


PAGE = Page(PATH, _("Invitations"), Audience.OFFA, invitations_page, loads=[State.load, State.follow])
