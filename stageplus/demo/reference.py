"""What OFFA finds to do in the reference data of the invented world: searches that found nothing, planned values."""

from datetime import timedelta

from sqlmodel import select

from stageplus.demo.cast import Cast
from stageplus.domain.reference import SearchState
from stageplus.models import FruitlessSearch, Parameter, Person, ReferenceChange
from stageplus.texts.formats import day_in_brussels

FRUITLESS = (
    ("trottinette electrique", 23, 1),
    ("nail art", 17, 2),
    ("drone", 12, 1),
    ("tatouage", 9, 6),
    ("gaming", 7, 12),
    ("panneau solaire", 6, 3),
    ("toilettage", 4, 20),
    ("barista", 3, 9),
)
ASIDE = (("footballeur", 14, 4), ("youtubeur", 8, 15))
PLANNED_IN = timedelta(days=40)


def fill_reference(cast: Cast) -> None:
    """Let learners have searched in vain, and OFFA have planned a longer reminder."""
    for state, searches in ((SearchState.WAITING, FRUITLESS), (SearchState.IGNORED, ASIDE)):
        for words, times, days in searches:
            last = cast.now - timedelta(days=days)
            first = last - timedelta(days=30)
            cast.kept(FruitlessSearch(words=words, times=times, first_at=first, last_at=last, state=state))
    offa = cast.session.exec(select(Person.id).where(Person.email == "offa@demo.test")).one()
    day, why = day_in_brussels(cast.now) + PLANNED_IN, "Demandé par les entreprises lors du webinaire"
    name = "offer_reminder_days_1"
    cast.kept(Parameter(name=name, effective_from=day, value="10", unit="days", source=f"OFFA : {why}"))
    cast.kept(
        ReferenceChange(
            kind="parameters",
            key=name,
            before="Premier rappel avant la fin : 7 jours",
            after="10 jours, prévu",
            why=why,
            by_id=offa,
            at=cast.now - timedelta(days=3),
        )
    )
