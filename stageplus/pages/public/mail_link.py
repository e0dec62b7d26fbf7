"""Where every mailed link leads: what it would do, and one button. Opening it never acts."""

from collections.abc import Callable
from dataclasses import dataclass

import reflex as rx

from stageplus.components import button_link, empty_state, public_shell, skeleton_text
from stageplus.domain.links import LinkPurpose
from stageplus.pages.page import Page, frame
from stageplus.pages.public import (
    activation,
    confirm_address,
    offer_ending,
    register_company,
    reply,
    reset_password,
    staff_invitation,
    stop_alerts,
    stop_circulars,
    team_invitation,
)
from stageplus.states.activation import FinishActivationState
from stageplus.states.audience import Audience
from stageplus.states.mail_link import MailLinkState as State
from stageplus.states.offer_ending import OfferEndingState
from stageplus.states.reply import ReplyState
from stageplus.states.staff_invitation import StaffInvitationState
from stageplus.states.team_invitation import TeamInvitationState
from stageplus.texts import _


@dataclass(frozen=True)
class LinkPanel:
    """What the page shows for one purpose: its heading, its form with one button, its receipt, how to get a new link.

    `standing` says, when the link is over, where what it was for stands now.
    """

    title: str
    form: Callable[[], rx.Component]
    receipt: Callable[[], rx.Component]
    again: tuple[str, str]
    standing: Callable[[], rx.Component] = rx.fragment


PANELS: dict[LinkPurpose, LinkPanel] = {
    LinkPurpose.RESET_PASSWORD: LinkPanel(
        _("Choisir un nouveau mot de passe"),
        reset_password.form,
        reset_password.receipt,
        (_("Demander un nouveau lien"), "/mot-de-passe-oublie"),
    ),
    LinkPurpose.CHANGE_EMAIL: LinkPanel(
        _("Confirmer cette adresse e-mail"),
        confirm_address.form,
        confirm_address.receipt,
        (_("Demander un nouveau lien"), "/compte"),
    ),
    LinkPurpose.CLAIM: LinkPanel(
        _("Confirmer mon adresse"),
        register_company.confirm_form,
        register_company.confirm_receipt,
        (_("Recommencer l’inscription"), "/inscription/entreprise"),
    ),
    LinkPurpose.ACTIVATION: LinkPanel(
        _("Ouvrir ton compte"),
        activation.finish_form,
        activation.finish_receipt,
        (_("Reprendre avec mon code"), "/activation"),
    ),
    LinkPurpose.TEAM: LinkPanel(
        _("Rejoindre une équipe"),
        team_invitation.form,
        team_invitation.receipt,
        (_("Aide"), "/aide"),
    ),
    LinkPurpose.OFFER_ENDING: LinkPanel(
        _("Une offre qui se termine"),
        offer_ending.form,
        offer_ending.receipt,
        (_("Voir mes offres"), "/entreprise/offres"),
        offer_ending.standing,
    ),
    LinkPurpose.ANSWER: LinkPanel(
        _("Une candidature pour vous"),
        reply.form,
        reply.receipt,
        (_("Voir les candidatures"), "/entreprise/candidatures"),
    ),
    LinkPurpose.STOP_ALERTS: LinkPanel(
        _("Arrêter les e-mails d’alerte"),
        stop_alerts.form,
        stop_alerts.receipt,
        (_("Régler mes alertes"), "/alertes"),
    ),
    LinkPurpose.STOP_CIRCULARS: LinkPanel(
        _("Arrêter les messages des coachs"),
        stop_circulars.form,
        stop_circulars.receipt,
        (_("Régler mes e-mails"), stop_circulars.CHOICES),
    ),
    LinkPurpose.INVITATION: LinkPanel(
        _("Ouvrir votre compte"),
        staff_invitation.form,
        staff_invitation.receipt,
        (_("Aide"), "/aide"),
    ),
}
"""One line per purpose."""


def mail_link_page() -> rx.Component:
    """Build the page of the link's purpose, or what explains why it leads nowhere."""
    return public_shell(
        rx.cond(
            State.done,
            _of_purpose(lambda panel: panel.receipt(), rx.fragment()),
            rx.match(
                State.view.state,
                ("fresh", _of_purpose(lambda panel: panel.form(), _unknown())),
                ("used", _over(_("Un lien ne sert qu’une fois : ce qu’il devait faire est fait."))),
                ("expired", _over(_("Pour votre sécurité, un lien n’est valable que peu de temps. Rien n’a changé."))),
                _unknown(),
            ),
        ),
        title=rx.cond(State.loading, _("Lien reçu par e-mail"), _title()),
        frame=frame(),
        skeleton=skeleton_text(5),
        width="form",
    )


def _title() -> rx.Component:
    return rx.match(
        State.view.state,
        ("fresh", _of_purpose(lambda panel: panel.title, _("Lien inconnu"))),
        ("used", _("Ce lien a déjà servi")),
        ("expired", _("Ce lien n’est plus valable")),
        _("Lien inconnu"),
    )


def _of_purpose(shown: Callable[[LinkPanel], rx.Component | str], otherwise: rx.Component | str) -> rx.Component:
    cases = [(purpose.value, shown(panel)) for purpose, panel in PANELS.items()]
    return rx.match(State.view.purpose, *cases, otherwise)


def _over(why: str) -> rx.Component:
    return rx.el.div(
        rx.el.p(why),
        _of_purpose(lambda panel: panel.standing(), rx.fragment()),
        rx.el.div(
            _of_purpose(lambda panel: button_link(*panel.again), rx.fragment()),
            button_link(_("Se connecter"), "/connexion", variant="secondary", native=True),
            class_name="row",
        ),
        class_name="stack",
    )


def _unknown() -> rx.Component:
    return empty_state(
        _("Nous ne reconnaissons pas ce lien"),
        _("Il est peut-être coupé : ouvrez-le depuis le message, ou copiez l’adresse en entier. Rien n’a changé."),
        button_link(_("Se connecter"), "/connexion", variant="secondary", native=True),
        icon_name="letter",
    )


PAGE = Page(
    "/lien/[jeton]",
    _("Lien reçu par e-mail"),
    Audience.EVERYONE,
    mail_link_page,
    # What ends the loading comes last: a form that is there before would lose its answer to what is still read.
    loads=[
        FinishActivationState.load_holder,
        TeamInvitationState.look,
        StaffInvitationState.look,
        OfferEndingState.look,
        ReplyState.look,
        State.load,
    ],
)
