"""One offer, and the form to apply to it."""

import reflex as rx

from stageplus.components import (
    button_link,
    callout,
    draft_sent,
    error_summary,
    fact,
    fact_if,
    facts,
    form_error,
    form_key,
    learner_shell,
    meta,
    meta_item,
    pay_table,
    section,
    skeleton_text,
    submit_button,
    text_field,
    textarea_field,
)
from stageplus.pages.learner.offers import offer_cards
from stageplus.pages.page import Page, frame
from stageplus.services.applications.schemas import ApplicationReceipt
from stageplus.services.offers.schemas import OfferDetail
from stageplus.states.audience import Audience
from stageplus.states.learner.offers import LearnerOfferState as State
from stageplus.texts import _

FIELDS = ("motivation", "experience", "journey", "phone")


def offer_page() -> rx.Component:
    """Build everything about an offer."""
    offer = State.offer
    return learner_shell(
        _head(offer),
        _practical(offer),
        section(_("Ce que tu vas apprendre et faire"), rx.el.p(offer.tasks, class_name="typed")),
        rx.cond(offer.first_day, section(_("Ton premier jour"), rx.el.p(offer.first_day, class_name="typed"))),
        section(
            _("Ce que tu reçois"),
            pay_table(
                offer.pay,
                explanation=_("L’entreprise te verse une rétribution. Elle monte avec ton niveau de formation."),
                source=_("Calculé sur le revenu minimum en vigueur. L’entreprise peut donner plus."),
            ),
        ),
        _apply(offer),
        title=offer.title,
        active="offres",
        frame=frame(),
        back=(_("Retour aux offres"), "/offres"),
        skeleton=skeleton_text(10),
    )


def _head(offer: OfferDetail) -> rx.Component:
    return rx.el.div(
        rx.el.p(offer.company, class_name="lead"),
        meta(
            meta_item(f"{offer.municipality}, {offer.distance}", "map-pin"),
            meta_item(offer.days, "calendar"),
            meta_item(offer.places_left, "people"),
        ),
        rx.cond(
            offer.days_fit,
            callout(rx.el.p(offer.days_words), tone="success"),
            callout(rx.el.p(offer.days_words), tone="warning"),
        ),
        rx.foreach(offer.minor_notes, lambda note: callout(rx.el.p(note), tone="warning")),
        rx.cond(
            offer.applied_id > 0,
            button_link(_("Voir ma candidature"), f"/candidatures/{offer.applied_id}"),
            rx.cond(offer.is_open, button_link(_("Aller au formulaire"), "#postuler", native=True)),
        ),
        class_name="stack",
    )


def _practical(offer: OfferDetail) -> rx.Component:
    return section(
        _("En pratique"),
        facts(
            fact(_("Établissement"), offer.establishment),
            fact(_("Début"), offer.start),
            fact(_("Horaire"), offer.hours),
            fact(_("Temps en entreprise"), offer.weekly_hours),
            fact(_("Années bienvenues"), offer.years),
            fact(_("Langue"), offer.language),
            fact(_("Ton tuteur"), offer.tutor),
            fact_if(_("Pour venir"), offer.transport),
            fact_if(_("Déplacements"), offer.own_transport),
            fact_if(_("Équipement"), offer.equipment),
            fact_if(_("Risques"), offer.risks),
            fact_if(_("Accessibilité"), offer.accessibility),
            fact(_("Qui te répond"), offer.who_answers),
            fact(_("Fin de l’offre"), offer.ends_on),
            columns=2,
        ),
    )


def _apply(offer: OfferDetail) -> rx.Component:
    receipt = State.receipt
    waiting = rx.cond(
        offer.applied_id > 0,
        callout(
            rx.el.p(_("Ta candidature est partie. Tu peux la suivre pas à pas.")),
            button_link(_("Suivre ma candidature"), f"/candidatures/{offer.applied_id}"),
            tone="success",
        ),
        rx.cond(offer.is_open | (form_error(State.errors, "form") != ""), _form(offer), _closed()),
    )
    return rx.el.section(
        rx.el.h2(_("Postuler")),
        rx.cond(State.receipt.application_id > 0, _receipt(receipt), waiting),
        rx.cond(State.similar, _similar(), rx.cond(offer.similar, _similar_of(offer))),
        id="postuler",
        class_name="stack",
    )


def _form(offer: OfferDetail) -> rx.Component:
    name = f"offre-{offer.offer_id}"
    errors = State.errors
    return rx.el.form(
        error_summary(errors, FIELDS, general=form_error(errors, "form")),
        rx.el.p(_("Trois petites questions. Pas besoin de CV. Ce que tu écris reste ici tant que tu n’envoies pas.")),
        rx.el.input(type="hidden", name="offer", value=f"{offer.offer_id}", read_only=True),
        form_key(name),
        textarea_field(
            "motivation",
            _("Ma motivation"),
            hint=_("Exemple : « J’aime bricoler et je veux apprendre ce métier près de chez moi. »"),
            error=form_error(errors, "motivation"),
            keep=f"{name}-motivation",
            max_length=2000,
            required=True,
        ),
        textarea_field(
            "experience",
            _("Ce que j’ai déjà fait"),
            hint=_("Un stage d’observation, un coup de main, un hobby…"),
            error=form_error(errors, "experience"),
            keep=f"{name}-experience",
            max_length=2000,
            rows=3,
            optional=True,
        ),
        text_field(
            "journey",
            _("Comment je viendrai"),
            hint=_("Exemple : bus 12, vingt minutes."),
            error=form_error(errors, "journey"),
            keep=f"{name}-journey",
            optional=True,
        ),
        text_field(
            "phone",
            _("Mon téléphone"),
            type="tel",
            hint=_("Si tu veux bien qu’on t’appelle."),
            error=form_error(errors, "phone"),
            keep=f"{name}-phone",
            autocomplete="tel",
            optional=True,
        ),
        rx.el.p(_("L’entreprise verra ton nom, ton adresse e-mail, ton métier, tes jours et ces réponses.")),
        submit_button(_("Envoyer ma candidature"), wide=True),
        on_submit=State.apply,
        class_name="card stack",
    )


def _receipt(receipt: ApplicationReceipt) -> rx.Component:
    return callout(
        draft_sent(
            f"offre-{State.offer.offer_id}-motivation "
            f"offre-{State.offer.offer_id}-experience "
            f"offre-{State.offer.offer_id}-journey "
            f"offre-{State.offer.offer_id}-phone "
            f"offre-{State.offer.offer_id}"
        ),
        rx.el.p(receipt.next_words),
        button_link(_("Suivre ma candidature"), f"/candidatures/{receipt.application_id}"),
        title=_("Ta candidature est envoyée"),
        tone="success",
    )


def _closed() -> rx.Component:
    return callout(
        rx.el.p(_("Cette offre ne prend plus de candidature.")),
        rx.el.p(_("Si tu avais commencé à écrire, ton texte reste sur cet appareil.")),
        tone="warning",
    )


def _similar() -> rx.Component:
    return section(_("Offres semblables"), offer_cards(State.similar))


def _similar_of(offer: OfferDetail) -> rx.Component:
    return section(_("Offres semblables"), offer_cards(offer.similar))


PAGE = Page("/offres/[offre]", _("Offre"), Audience.LEARNER, offer_page, loads=[State.load, State.follow])
