"""The filters of a list are kept under a name; the list opens the same, and nobody else sees them."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor
from stageplus.domain.coaching import ViewList
from stageplus.domain.errors import Denied, InvalidInput, NotFound
from stageplus.services.saved_views.actions import drop_view, save_view
from stageplus.services.saved_views.queries import my_views
from stageplus.services.saved_views.schemas import ViewInput, Views
from tests import factories
from tests.factories import NOW


@pytest.fixture
def coach(database: Engine) -> Actor:
    with transaction(database) as session:
        factories.minimal_reference(session)
        return factories.a_coach(session, "alimentation")


@pytest.fixture
def staff(database: Engine) -> Actor:
    with transaction(database) as session:
        factories.minimal_reference(session)
        return factories.a_staff_member(session, factories.an_operator(session).id or 0)


def keep(database: Engine, coach: Actor, name: str, query: str = "", of_list: str = "offres") -> Views:
    data = ViewInput.read({"view_name": name, "query": query, "of_list": of_list})
    return save_view(coach, data, now=NOW, on=database)


def named(database: Engine, coach: Actor, of_list: ViewList = ViewList.OFFERS) -> dict[str, str]:
    return {row.name: row.href for row in my_views(coach, of_list, now=NOW, on=database).rows}


@pytest.mark.parametrize(
    ("of_list", "query", "href"),
    [
        ("offres", "etat=toutes&sans=oui&tri=recentes", "/coach/offres?etat=toutes&sans=oui&tri=recentes"),
        ("offres", "?q=pain+bio&page=7&inconnu=1", "/coach/offres?q=pain+bio"),
        ("offres", "etat=ouvertes&tri=fin", "/coach/offres"),
        ("offres", "etat=hasard&attente=oui", "/coach/offres?attente=oui"),
        ("entreprises", "etat=muettes&sans=oui", "/coach/entreprises?etat=muettes"),
        ("entreprises", "", "/coach/entreprises"),
        (
            "entreprises",
            "etat=ecrites&masquees=places-rappel",
            "/coach/entreprises?etat=ecrites&masquees=places-rappel",
        ),
        ("offres", "masquees=inconnue", "/coach/offres"),
    ],
)
def test_a_view_opens_its_list_with_what_the_list_knows(
    database: Engine, coach: Actor, of_list: str, query: str, href: str
) -> None:
    assert [row.href for row in keep(database, coach, "Le lundi", query, of_list).rows] == [href]
    assert named(database, coach, ViewList(of_list)) == {"Le lundi": href}


def test_the_same_name_takes_the_new_filters_and_each_list_has_its_own(database: Engine, coach: Actor) -> None:
    keep(database, coach, "Le lundi", "sans=oui")
    keep(database, coach, " Le   lundi ", "bientot=oui")
    keep(database, coach, "Le lundi", "etat=jamais", "entreprises")
    assert named(database, coach) == {"Le lundi": "/coach/offres?bientot=oui"}
    assert named(database, coach, ViewList.COMPANIES) == {"Le lundi": "/coach/entreprises?etat=jamais"}


def test_so_many_and_no_more(database: Engine, coach: Actor) -> None:
    for number in range(3):
        keep(database, coach, f"Vue {number}")
    with pytest.raises(InvalidInput) as refusal:
        keep(database, coach, "Une de trop", of_list="entreprises")
    assert list(refusal.value.fields) == ["view_name"]
    assert keep(database, coach, "Vue 1", "sans=oui").rows


@pytest.mark.parametrize(("name", "of_list"), [("", "offres"), ("x" * 61, "offres"), ("Vue", "personnes")])
def test_what_does_not_fit_is_refused(name: str, of_list: str) -> None:
    with pytest.raises(InvalidInput):
        ViewInput.read({"view_name": name, "of_list": of_list})


def test_filters_too_long_to_keep_are_refused(database: Engine, coach: Actor) -> None:
    with pytest.raises(InvalidInput):
        keep(database, coach, "Longue", "q=" + "%C3%A9" * 120)


def test_a_view_is_its_owner_s_alone(database: Engine, coach: Actor) -> None:
    view = keep(database, coach, "Le lundi").rows[0].view_id
    with transaction(database) as session:
        colleague = factories.a_coach(session, "alimentation")
    assert named(database, colleague) == {}
    with pytest.raises(NotFound):
        drop_view(colleague, view, now=NOW, on=database)
    assert drop_view(coach, view, now=NOW, on=database).rows == []
    with pytest.raises(NotFound):
        drop_view(coach, view, now=NOW, on=database)


def test_two_tabs_at_once_keep_one_view(database: Engine, coach: Actor) -> None:
    with ThreadPoolExecutor(max_workers=4) as pool:
        list(pool.map(lambda _turn: keep(database, coach, "Le lundi", "sans=oui"), range(8)))
    assert named(database, coach) == {"Le lundi": "/coach/offres?sans=oui"}


@pytest.mark.parametrize(
    ("query", "href"),
    [
        ("place=sans&implantation=3&tri=attente", "/operateur/apprenants?place=sans&implantation=3&tri=attente"),
        ("q=Ada+Essai&suivi=moi&page=2", "/operateur/apprenants?suivi=moi"),
        ("tri=place&etat=toutes", "/operateur/apprenants"),
    ],
)
def test_a_view_of_learners_keeps_filters_but_no_words_that_may_name_one(
    database: Engine, staff: Actor, query: str, href: str
) -> None:
    keep(database, staff, "Mon lundi", query, "apprenants")
    assert named(database, staff, ViewList.LEARNERS) == {"Mon lundi": href}


def test_staff_and_coaches_keep_views_of_their_own_lists_only(database: Engine, staff: Actor) -> None:
    with transaction(database) as session:
        coach = factories.a_coach(session, "alimentation")
    for actor, of_list in ((staff, ViewList.OFFERS), (staff, ViewList.COMPANIES), (coach, ViewList.LEARNERS)):
        with pytest.raises(Denied):
            keep(database, actor, "Vue", "", of_list)
        with pytest.raises(Denied):
            my_views(actor, of_list, now=NOW, on=database)


def test_a_colleague_of_the_same_operator_has_views_of_their_own(database: Engine, staff: Actor) -> None:
    view = keep(database, staff, "Mon lundi", "place=sans", "apprenants").rows[0].view_id
    with transaction(database) as session:
        colleague = factories.a_staff_member(session, staff.operator_id or 0)
    assert named(database, colleague, ViewList.LEARNERS) == {}
    with pytest.raises(NotFound):
        drop_view(colleague, view, now=NOW, on=database)
