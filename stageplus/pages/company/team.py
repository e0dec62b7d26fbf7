"""Who acts for a company, and for which company one acts."""

from typing import Any

import reflex as rx

from stageplus.components import (
    badge,
    button,
    button_link,
    callout,
    card,
    checkbox,
    checkbox_group,
    confirm_dialog,
    dialog_opener,
    email_field,
    error_summary,
    form_error,
    link,
    native_form,
    radio_cards,
    row,
    section,
    skeleton_rows,
    submit_button,
)
from stageplus.components.table import Column, table
from stageplus.pages.company.nav import company_page
from stageplus.pages.page import Page
from stageplus.services.teams.schemas import CompanyChoice, InvitationRow, MemberRow
from stageplus.states.audience import Audience
from stageplus.states.company.team import CompanyChoiceState, CompanyMemberState, CompanyTeamState
from stageplus.states.session import SessionState
from stageplus.texts import _

HREF = "/entreprise/equipe"
ROLES = [
    ("admin", _("Administrateur : décide de l’équipe, agit partout")),
    ("all", _("Membre : agit partout")),
    ("some", _("Membre : seulement dans les établissements cochés")),
]


def team_page() -> rx.Component:
    """Build the team."""
    team = CompanyTeamState.team
    columns = [
        Column(_("Personne"), _person),
        Column(_("Rôle"), lambda each: each.role_words),
        Column(_("Où"), lambda each: each.where),
        Column(_("Adresse e-mail"), lambda each: each.email),
    ]
    general = form_error(CompanyTeamState.errors, "form")
    return company_page(
        rx.cond(general != "", callout(rx.el.p(general), tone="warning")),
        table(_("L’équipe"), columns, team.members),
        rx.cond(team.may_manage, rx.el.div(_invitations(), _invite(), class_name="stack stack-wide")),
        row(dialog_opener(_("Quitter cette équipe"), "quitter", icon_name="door")),
        confirm_dialog(
            "quitter",
            _("Quitter cette équipe ?"),
            _("Vous n’agirez plus pour cette entreprise. Seul un administrateur peut vous réinviter."),
            _("Oui, quitter"),
            CompanyTeamState.leave,
            danger=True,
        ),
        title=_("Équipe"),
        active="equipe",
        lead=team.company,
        skeleton=skeleton_rows(),
    )


def member_page() -> rx.Component:
    """Build the form that changes what somebody may do."""
    detail = CompanyMemberState.detail
    errors = CompanyMemberState.errors
    role = rx.cond(detail.row.is_admin, "admin", rx.cond(detail.everywhere, "all", "some"))
    return company_page(
        rx.el.form(
            error_summary(errors, ("establishments",), general=form_error(errors, "form")),
            rx.el.p(detail.row.email, class_name="hint"),
            rx.el.input(type="hidden", name="person", value=f"{detail.row.person_id}", read_only=True),
            radio_cards("role", _("Rôle"), ROLES, value=role),
            checkbox_group(
                "establishments",
                _("Établissements"),
                detail.establishments,
                chosen=detail.chosen,
                error=form_error(errors, "establishments"),
            ),
            submit_button(_("Enregistrer le rôle")),
            on_submit=CompanyMemberState.change,
            class_name="stack",
            key=detail.row.person_id,
        ),
        section(
            _("Transmettre ou retirer"),
            row(
                dialog_opener(_("Transmettre mon rôle d’administrateur"), "transmettre", variant="secondary"),
                dialog_opener(_("Retirer de l’équipe"), "retirer", variant="danger", icon_name="trash"),
            ),
            confirm_dialog(
                "transmettre",
                _("Transmettre votre rôle ?"),
                _("Cette personne décidera de l’équipe à votre place. Vous resterez membre."),
                _("Oui, transmettre"),
                CompanyMemberState.hand_over(detail.row.person_id),
            ),
            confirm_dialog(
                "retirer",
                _("Retirer cette personne ?"),
                _("Son accès s’arrête tout de suite. Elle est prévenue."),
                _("Oui, retirer"),
                CompanyMemberState.remove(detail.row.person_id),
                danger=True,
            ),
        ),
        title=rx.cond(detail.row.name, detail.row.name, _("Membre de l’équipe")),
        active="equipe",
        back=(_("Équipe"), HREF),
        skeleton=skeleton_rows(),
        width="form",
    )


def choice_page() -> rx.Component:
    """Build the choice of the company that one acts for; a plain form, because the cookie changes."""
    return company_page(
        rx.el.div(rx.foreach(CompanyChoiceState.choices, _choice), class_name="stack"),
        title=_("Pour quelle entreprise agir ?"),
        active="",
        skeleton=skeleton_rows(3),
        width="narrow",
    )


def _person(each: MemberRow) -> rx.Component:
    name = rx.cond(
        CompanyTeamState.team.may_manage, link(each.name, href=f"{HREF}/{each.person_id}"), rx.el.span(each.name)
    )
    return rx.el.span(name, rx.cond(each.is_me, badge(_("vous"))), class_name="row")


def _invitations() -> rx.Component:
    waiting = CompanyTeamState.team.invitations
    columns = [
        Column(_("Adresse e-mail"), lambda each: each.email),
        Column(_("Où"), lambda each: each.where),
        Column(_("Valable"), lambda each: each.until),
        Column(_("Suite"), _withdraw),
    ]
    return rx.cond(waiting, table(_("Invitations en attente"), columns, waiting))


def _withdraw(each: InvitationRow) -> rx.Component:
    act = CompanyTeamState.withdraw(each.invitation_id)
    return button(_("Retirer l’invitation"), size="small", variant="secondary", description=each.email, on_click=act)


def _invite() -> rx.Component:
    errors = CompanyTeamState.errors
    return section(
        _("Inviter quelqu’un"),
        rx.el.form(
            error_summary(errors, ("email", "establishments")),
            email_field("email", _("Adresse e-mail"), error=form_error(errors, "email"), autocomplete="off"),
            checkbox("is_admin", _("Administrateur"), hint=_("Décide de l’équipe et agit partout.")),
            checkbox("everywhere", _("Agit dans tous les établissements"), checked=True),
            checkbox_group(
                "establishments",
                _("Sinon, seulement ici"),
                CompanyTeamState.team.establishments,
                error=form_error(errors, "establishments"),
            ),
            submit_button(_("Envoyer l’invitation")),
            on_submit=CompanyTeamState.invite,
            class_name="card stack",
            key=CompanyTeamState.form_round,
        ),
    )


def _choice(choice: CompanyChoice) -> rx.Component:
    switch = native_form(
        rx.el.input(type="hidden", name="entreprise", value=f"{choice.company_id}", read_only=True),
        button(_("Agir pour cette entreprise"), type="submit", size="small", description=choice.name),
        action="/auth/entreprise",
        csrf=SessionState.csrf,
        class_name="",
    )
    return card(
        row(rx.el.h2(choice.name), rx.cond(choice.is_current, badge(_("en ce moment"), tone="success"))),
        rx.el.p(choice.where, class_name="hint"),
        rx.cond(
            choice.is_current, button_link(_("Continuer"), "/entreprise", size="small", variant="secondary"), switch
        ),
    )


def _pages() -> tuple[Page, ...]:
    loads: dict[str, list[Any]] = {
        "team": [CompanyTeamState.load, CompanyTeamState.follow],
        "member": [CompanyMemberState.load],
        "choice": [CompanyChoiceState.load],
    }
    return (
        Page(HREF, _("Équipe"), Audience.COMPANY, team_page, loads=loads["team"]),
        Page(f"{HREF}/[membre]", _("Membre de l’équipe"), Audience.COMPANY, member_page, loads=loads["member"]),
        Page("/entreprise/choisir", _("Choisir une entreprise"), Audience.COMPANY, choice_page, loads=loads["choice"]),
    )


PAGES = _pages()
