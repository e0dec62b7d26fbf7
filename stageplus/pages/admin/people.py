"""Find anybody with an account, see where it stands, suspend it, change a mandate, help with a lost second factor."""

from typing import Any

import reflex as rx

from stageplus.components import (
    badge,
    button,
    button_link,
    checkbox_group,
    close_button,
    desk_shell,
    dialog,
    dialog_opener,
    empty_state,
    error_summary,
    fact,
    fact_if,
    facts,
    form_error,
    link,
    offa_nav,
    row,
    search_field,
    section,
    select_field,
    skeleton_rows,
    submit_button,
    text_field,
)
from stageplus.components.filters import filters, list_head
from stageplus.components.pagination import page_links
from stageplus.components.table import Column, table
from stageplus.domain.actors import Role
from stageplus.pages.page import Page, frame
from stageplus.services.people.schemas import PersonRow
from stageplus.states.admin.people import PATH, OffaPeopleState, OffaPersonState
from stageplus.states.audience import Audience
from stageplus.texts import _

PROFILES = [
    (Role.LEARNER.value, _("Apprenants")),
    (Role.COMPANY.value, _("Entreprises")),
    (Role.OPERATOR.value, _("Opérateurs")),
    (Role.COACH.value, _("Coachs")),
    (Role.OFFA.value, "OFFA"),
]
_FOLLOWS = (
    (
        Role.COMPANY.value,
        _("Si personne d’autre ne peut répondre pour son entreprise, ses offres sont en pause jusqu’à la réouverture."),
    ),
    (
        Role.LEARNER.value,
        _("Ses candidatures sont gardées ; les entreprises voient que le compte est suspendu et n’y répondent pas."),
    ),
)
STATES = [("suspendu", _("Suspendus")), ("injoignable", _("E-mails en retour"))]


def people_page() -> rx.Component:
    """Build the list."""
    state, found = OffaPeopleState, OffaPeopleState.found
    columns = [
        Column(_("Personne"), _who),
        Column(_("Profil"), lambda each: each.role),
        Column(_("État"), _state),
        Column(_("Deuxième étape"), _factor, one_line=True),
        Column(_("Dernière visite"), lambda each: each.last_seen),
    ]
    nothing = empty_state(
        _("Personne ne correspond"),
        _("Essayez une partie du nom ou de l’adresse, ou moins de filtres."),
        link(_("Voir tous les comptes"), href=PATH),
        heading="h3",
    )
    return _page(
        filters(
            search_field("q", _("Nom, adresse, opérateur ou entreprise"), value=state.asked["q"]),
            select_field("profil", _("Profil"), PROFILES, empty=_("Tous"), value=state.asked["profil"]),
            select_field("etat", _("État"), STATES, empty=_("Tous"), value=state.asked["etat"]),
            on_submit=state.search,
            form_round=state.form_round,
        ),
        rx.el.section(
            list_head(found.found_words),
            rx.cond(found.rows, table(_("Comptes"), columns, found.rows, under_heading=True, wide=True), nothing),
            page_links(found.page, found.pages, state.before, state.after),
            class_name="stack stack-tight",
        ),
        title=_("Comptes"),
        actions=row(
            button_link(_("À vérifier"), f"{PATH}/a-verifier", variant="secondary", icon_name="alert"),
            button_link(_("Doublons"), f"{PATH}/doublons", variant="secondary", icon_name="layers"),
            button_link(_("Invitations"), f"{PATH}/invitations", icon_name="letter"),
        ),
    )


def person_page() -> rx.Component:
    """Build one person's page."""
    detail = OffaPersonState.detail
    has_mandate = (detail.kind == Role.OPERATOR.value) | (detail.kind == Role.COACH.value)
    return _page(
        error_summary({}, (), general=form_error(OffaPersonState.errors, "form")),
        facts(
            fact(_("Adresse e-mail"), detail.row.email),
            fact(_("Profil"), detail.row.role),
            fact_if(_("Rôle"), detail.charge),
            fact(_("État"), _state(detail.row)),
            fact(_("Deuxième étape"), _factor(detail.row)),
            fact(_("Dernière visite"), detail.row.last_seen),
            fact(_("Compte créé le"), detail.since),
            columns=2,
        ),
        rx.cond(has_mandate & ~detail.is_me, _mandate()),
        rx.cond(detail.is_me, rx.el.p(_("C’est votre propre compte."), class_name="quiet-text"), _access()),
        link(_("Ce que dit le journal de cette personne"), href=f"/offa/journal?personne={detail.row.person_id}"),
        title=rx.cond(detail.row.name, detail.row.name, _("Compte")),
        back=(_("Comptes"), PATH),
    )


def _mandate() -> rx.Component:
    detail, errors = OffaPersonState.detail, OffaPersonState.errors
    place = select_field(
        "place",
        _("Opérateur, ou une seule de ses implantations"),
        detail.places,
        empty=_("Choisir"),
        value=detail.place,
        error=form_error(errors, "place"),
    )
    sectors = checkbox_group(
        "sectors",
        _("Secteurs"),
        detail.sectors,
        chosen=detail.chosen,
        error=form_error(errors, "sectors"),
        side_by_side=True,
    )
    return section(
        _("Changer le rôle"),
        rx.el.form(
            _named(),
            rx.cond(detail.kind == Role.COACH.value, sectors, place),
            row(submit_button(_("Enregistrer le rôle"))),
            on_submit=OffaPersonState.charge,
            class_name="card stack measure",
            key=f"{detail.row.person_id}-{OffaPersonState.answered}",
        ),
    )


def _access() -> rx.Component:
    detail = OffaPersonState.detail
    again = button(_("Rouvrir le compte"), icon_name="check", on_click=OffaPersonState.restore(detail.row.person_id))
    suspend = dialog_opener(_("Suspendre le compte"), "suspendre", variant="danger", icon_name="stop")
    reset = dialog_opener(_("Remettre à zéro la deuxième étape"), "remettre", variant="secondary", icon_name="lock")
    return section(
        _("Accès"),
        row(rx.cond(detail.row.suspended, again, suspend), rx.cond(detail.row.has_factor, reset)),
        _dialog(
            "suspendre",
            _("Suspendre ce compte ?"),
            rx.fragment(
                _("Tous les appareils sont déconnectés tout de suite. La personne reçoit un message avec la raison. "),
                rx.match(detail.kind, *_FOLLOWS, ""),
            ),
            _("Raison, que la personne lira"),
            _("Suspendre"),
            OffaPersonState.suspend,
        ),
        _dialog(
            "remettre",
            _("Remettre à zéro la deuxième étape ?"),
            _("Clés d’accès, application et codes de secours sont effacés, tous les appareils déconnectés."),
            _("Raison, et comment la personne a été reconnue"),
            _("Remettre à zéro"),
            OffaPersonState.take_away,
        ),
        hint=_("Chaque geste est noté au journal, et la personne est prévenue."),
    )


def _dialog(key: str, title: str, words: Any, reason: str, act: str, on_submit: Any) -> rx.Component:
    error = form_error(OffaPersonState.errors, "reason")
    return dialog(
        key,
        title,
        rx.el.p(words, class_name="quiet-text"),
        rx.el.form(
            _named(),
            text_field("reason", reason, error=error, field_id=f"{key}-reason"),
            row(close_button(), button(act, type="submit", variant="danger")),
            on_submit=on_submit,
            class_name="stack",
        ),
        done=OffaPersonState.answered,
    )


def _named() -> rx.Component:
    return rx.el.input(type="hidden", name="person", value=f"{OffaPersonState.detail.row.person_id}", read_only=True)


def _who(each: PersonRow) -> rx.Component:
    return rx.el.div(link(each.name, href=f"{PATH}/{each.person_id}"), rx.el.div(each.email, class_name="second-line"))


def _state(each: PersonRow) -> rx.Component:
    return rx.el.div(
        rx.cond(
            each.suspended,
            badge(_("Suspendu"), tone="danger", icon_name="stop"),
            badge(_("Ouvert"), tone="success"),
        ),
        rx.cond(each.unreachable, badge(_("E-mails en retour"), tone="danger", icon_name="letter")),
        class_name="row",
    )


def _factor(each: PersonRow) -> rx.Component:
    return rx.cond(each.has_factor, _("En place"), _("Aucune"))


def _page(*content: Any, title: Any, **options: Any) -> rx.Component:
    return desk_shell(
        offa_nav(), *content, title=title, active="comptes", frame=frame(), skeleton=skeleton_rows(), **options
    )


PAGES = (
    Page(PATH, _("Comptes"), Audience.OFFA, people_page, loads=[OffaPeopleState.load, OffaPeopleState.follow]),
    Page(f"{PATH}/[personne]", _("Compte"), Audience.OFFA, person_page, loads=[OffaPersonState.load]),
)
