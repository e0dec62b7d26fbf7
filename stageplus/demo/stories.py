"""The stories of applications: the steps taken so far, with the days since the first one."""

from datetime import timedelta
from typing import Any

from stageplus.demo import words
from stageplus.demo.cast import Cast
from stageplus.demo.interviews import hold_interview
from stageplus.domain.actors import Role
from stageplus.domain.applications import APPLICATION_LIFE, ApplicationStatus, Facts, RefusalReason
from stageplus.domain.introductions import IntroductionStatus
from stageplus.domain.offers import OfferStatus
from stageplus.models import Application, ApplicationChange, Introduction, Learner, Offer
from stageplus.texts.formats import day_in_brussels

Story = tuple[tuple[str, Role | None], ...]
SEND, SEE = ("send", Role.LEARNER), ("see", Role.COMPANY)
PROMISE, PHONE = ("promise", Role.COMPANY), ("phone", Role.COMPANY)
CONTACT, ACCEPT, REFUSE = ("contact", Role.COMPANY), ("accept", Role.COMPANY), ("refuse", Role.COMPANY)
IN_CONTACT: Story = (SEND, SEE, CONTACT)
DEMO_COMPANY_STORIES: tuple[Story, ...] = (
    (SEND,),
    (SEND, SEE),
    (SEND, SEE, CONTACT),
    (SEND, SEE, REFUSE),
    (SEND, SEE, PROMISE),
    (SEND, SEE, CONTACT, ACCEPT),
    (SEND, ("withdraw", Role.LEARNER)),
    (SEND, ("give-up-waiting", None)),
    (SEND, ("give-up-waiting", None)),
)
DEMO_LEARNER_STORIES: tuple[Story, ...] = (
    (SEND, SEE, CONTACT),
    (SEND,),
    (SEND, SEE, REFUSE),
    (SEND, SEE, ("lapse", None)),
    (SEND, ("give-up-waiting", None)),
    (SEND, SEE, PHONE),
)
POLITE = (
    "Bonjour,\n\nMerci pour votre candidature. Nous ne pouvons pas vous accueillir cette fois-ci. Bonne recherche !"
)


def tell_story(cast: Cast, offer: Offer, learner: Learner, story: Story, *, earlier: int = 0) -> None:
    """Write an application with its history, begun so many days earlier, and what follows from how far it came."""
    number = cast.next()
    days = 2 + 2 * len(story) + number % 5 + (30 if story[-1][0] == "give-up-waiting" else earlier)
    begun = cast.now - timedelta(days=days, hours=number % 9)
    status = ApplicationStatus.DRAFT
    steps = []
    for position, (step, role) in enumerate(story):
        status = APPLICATION_LIFE.after(step, status, role, Facts())
        after = timedelta(days=30 if step == "give-up-waiting" else 2 * position)
        steps.append((step, role, status, begun + after))
    if status is ApplicationStatus.ACCEPTED and offer.places_taken >= offer.places:
        return
    application: Application = cast.kept(
        Application(
            form_key=f"{number:032x}",
            offer_id=offer.id or 0,
            learner_id=learner.id or 0,
            status=status,
            motivation=words.MOTIVATIONS[number % len(words.MOTIVATIONS)],
            experience="J’ai suivi deux jours d’observation.",
            journey="En bus, vingt minutes.",
            sent_at=begun,
            changed_at=steps[-1][3],
            answer_due_on=(begun + timedelta(days=7)).date(),
            **_outcome(cast, status, story[-1][0]),
        )
    )
    for step, role, reached, at in steps:
        cast.kept(ApplicationChange(application_id=application.id or 0, step=step, status=reached, role=role, at=at))
    if any(step == "contact" for step, *_rest in steps):
        hold_interview(cast, application)
    if status is ApplicationStatus.ACCEPTED:
        offer.places_taken += 1
        if offer.places_taken == offer.places:
            offer.status = OfferStatus.FILLED
        cast.kept(_introduction(application, learner, number))


def _outcome(cast: Cast, status: ApplicationStatus, last: str) -> dict[str, Any]:
    if last == "promise":
        return {"promised_on": day_in_brussels(cast.now) + timedelta(days=4)}
    if status is ApplicationStatus.REFUSED:
        return {"refusal_reason": RefusalReason.OTHER_PROFILE, "company_words": POLITE}
    return {}


def _introduction(application: Application, learner: Learner, number: int) -> Introduction:
    is_taken = number % 4 == 0
    return Introduction(
        application_id=application.id or 0,
        operator_id=learner.operator_id,
        created_at=application.changed_at,
        status=IntroductionStatus.TAKEN_OVER if is_taken else IntroductionStatus.WAITING,
        taken_over_at=application.changed_at if is_taken else None,
    )
