"""What OFFA finds at its desk in the invented world: fruitless searches, planned values, what it announces."""

from datetime import date, timedelta

from sqlmodel import select

from stageplus.demo.cast import Cast
from stageplus.domain.announcements import Public, Spot
from stageplus.domain.reference import SearchState
from stageplus.models import Announcement, FruitlessSearch, Parameter, Person, ReferenceChange, Scheme, SchemeRule
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
ANNOUNCED = (
    (
        Spot.BANNER,
        Public.COACH,
        -3,
        20,
        "",
        "Webinaire pour les coachs le premier mardi du mois, de 12 h à 13 h : venez avec vos questions.",
        "/aide",
    ),
    (
        Spot.HELP,
        Public.LEARNER,
        -3,
        60,
        "Ta première candidature",
        "Choisis une offre, dis en deux phrases pourquoi elle te plaît, et envoie. Tu peux la retirer quand tu veux.",
        "/offres",
    ),
    (
        Spot.BANNER,
        Public.EVERYONE,
        30,
        32,
        "",
        "Stage+ sera en entretien le premier dimanche du mois, de 6 h à 8 h.",
        "",
    ),
    (
        Spot.BANNER,
        Public.COMPANY,
        -60,
        -30,
        "",
        "La rentrée approche : vos offres de l’année passée se republient en deux touches.",
        "/entreprise/offres",
    ),
)


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
    _open_a_scheme(cast, offa, day)
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


def _open_a_scheme(cast: Cast, offa: int | None, day: date) -> None:
    """Let OFFA have planned a second dispositif, which opens later: nobody else sees anything of it yet."""
    code, why = "alternance-en-enseignement-superieur", "Décret présenté aux opérateurs"
    cast.kept(Scheme(code=code, name="Alternance en enseignement supérieur"))
    ages = {"min_age": 18, "min_age_with_two_years": 18, "max_age_contract": 30}
    cast.kept(SchemeRule(scheme_code=code, effective_from=day, operator_kinds="ifapme|efp", pay_rates="50|60", **ages))
    after, at = "dès 18 ans, contrat avant 30 ans · IFAPME, EFP", cast.now - timedelta(days=2)
    cast.kept(ReferenceChange(kind="scheme_rules", key=code, after=after, why=why, by_id=offa, at=at))


def announce(cast: Cast) -> None:
    """Let OFFA have announced something to companies and to learners, and plan a word for everybody."""
    offa = cast.session.exec(select(Person.id).where(Person.email == "offa@demo.test")).one()
    today = day_in_brussels(cast.now)
    for spot, audience, starts, ends, title, words, link in ANNOUNCED:
        cast.kept(
            Announcement(
                spot=spot,
                audience=audience,
                title=title,
                words=words,
                link=link,
                starts_on=today + timedelta(days=starts),
                ends_on=today + timedelta(days=ends),
                by_id=offa,
                changed_at=cast.now,
            )
        )
