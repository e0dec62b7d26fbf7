"""Coaches of a sector share their contacts with a company and the day to call again; nobody else reads them."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Role
from stageplus.domain.errors import InvalidInput, NotFound
from stageplus.models import CompanyFollowUp, Person
from stageplus.services.coaching.queries import my_desk
from stageplus.services.company_contacts.actions import erase_contact, note_contact, plan_follow_up
from stageplus.services.company_contacts.queries import contact_book
from stageplus.services.company_contacts.schemas import ContactBook, ContactInput, PlanInput
from tests import factories
from tests.factories import NOW

TODAY = NOW.date()


@dataclass(frozen=True)
class Field:
    """A bakery that also has a hairdresser; its coach and a colleague, a coach of both sectors, one of another."""

    database: Engine
    company: int
    coach: Actor
    colleague: Actor
    both: Actor
    other: Actor

    def note(self, actor: Actor | None = None, **typed: str) -> ContactBook:
        data = ContactInput.read({"kind": "appel", "words": "Rappeler en janvier."} | typed)
        return note_contact(actor or self.coach, self.company, data, now=NOW, on=self.database)

    def plan(self, actor: Actor, **typed: str) -> ContactBook:
        return plan_follow_up(actor, self.company, PlanInput.read(typed), now=NOW, on=self.database)

    def book(self, actor: Actor) -> ContactBook:
        return contact_book(actor, self.company, now=NOW, on=self.database)

    def due(self) -> dict[str, date]:
        with Session(self.database) as session:
            return {each.sector_code: each.due_on for each in session.exec(select(CompanyFollowUp))}


@pytest.fixture
def field(database: Engine) -> Field:
    with transaction(database) as session:
        factories.minimal_reference(session)
        company = factories.a_company(session, name="Nuage")
        house = factories.an_establishment(session, company)
        for trade in ("boulanger", "coiffeur"):
            factories.an_approval(session, house, trade_code=trade)
        coaches = [
            factories.a_coach(session, *sectors)
            for sectors in (["alimentation"], ["alimentation"], ["alimentation", "soins"], ["mobilite"])
        ]
        return Field(database, company.id or 0, *coaches)


def test_a_contact_is_read_by_the_coaches_of_its_sector_only(field: Field) -> None:
    field.note(on_day="2026-11-20")
    [line] = field.book(field.colleague).contacts
    assert (line.kind_words, line.words, line.day) == ("Appel", "Rappeler en janvier.", "20 nov. 2026 (il y a 4 jours)")
    assert (line.by.startswith("Lou Essai"), line.mine, line.sector) == (True, False, "")
    assert field.book(field.both).contacts[0].sector == "Alimentation"
    field.note(field.both, sector="soins", words="Pour les coiffeurs.")
    assert [each.words for each in field.book(field.coach).contacts] == ["Rappeler en janvier."]
    assert [each.words for each in field.book(field.both).contacts] == ["Pour les coiffeurs.", "Rappeler en janvier."]
    for act in (field.book, field.note, lambda actor: field.plan(actor, next_on="2026-12-01")):
        with pytest.raises(NotFound):
            act(field.other)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"words": " "}, "words"),
        ({"words": "x" * 1001}, "words"),
        ({"kind": "pigeon"}, "kind"),
        ({"on_day": "2026-11-25"}, "on_day"),
        ({"on_day": "hier"}, "on_day"),
        ({"next_on": "2026-11-23"}, "next_on"),
    ],
)
def test_what_does_not_fit_is_refused_beside_its_field(field: Field, typed: dict[str, str], wrong: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        field.note(**typed)
    assert list(refusal.value.fields) == [wrong]
    assert field.book(field.coach).contacts == []


def test_a_coach_of_both_sectors_says_for_which_one(field: Field) -> None:
    with pytest.raises(InvalidInput) as refusal:
        field.note(field.both)
    assert list(refusal.value.fields) == ["sector"]
    with pytest.raises(NotFound):
        field.note(field.both, sector="mobilite")
    with pytest.raises(NotFound):
        field.note(field.coach, sector="soins")
    assert field.note(field.both, sector="alimentation").contacts


@pytest.mark.parametrize(
    ("planned", "typed", "left"),
    [
        (TODAY, {}, None),
        (TODAY - timedelta(days=3), {"kind": "visite"}, None),
        (TODAY, {"kind": "note"}, TODAY),
        (TODAY + timedelta(days=1), {}, TODAY + timedelta(days=1)),
        (TODAY, {"next_on": "2026-12-01"}, date(2026, 12, 1)),
        (None, {"kind": "note", "next_on": "2026-12-01"}, date(2026, 12, 1)),
    ],
)
def test_a_contact_settles_what_was_due(field: Field, planned: date | None, typed: Any, left: date | None) -> None:
    if planned:
        with transaction(field.database) as session:
            about = {"company_id": field.company, "sector_code": "alimentation", "changed_at": NOW}
            session.add(CompanyFollowUp(due_on=planned, **about))
    field.note(**typed)
    assert field.due().get("alimentation") == left


def test_whom_to_call_today_is_on_the_desk_until_it_is_done(field: Field) -> None:
    def calls() -> list[tuple[str, str, str]]:
        rows = my_desk(field.colleague, now=NOW, on=field.database).calls
        return [(row.company, row.due, row.last_contact) for row in rows]

    assert calls() == []
    field.note(kind="visite", on_day="2026-11-10")
    field.plan(field.coach, next_on=TODAY.isoformat())
    assert calls() == [("Nuage", "aujourd’hui", "10 nov. 2026 (il y a 14 jours)")]
    field.plan(field.both, sector="soins", next_on=TODAY.isoformat())
    assert len(calls()) == 1
    field.note()
    assert calls() == []
    assert set(field.due()) == {"soins"}


def test_a_plan_is_changed_and_dropped(field: Field) -> None:
    book = field.plan(field.coach, next_on="2026-12-01")
    assert [(each.on, each.words) for each in book.planned] == [("2026-12-01", "À rappeler le mardi 1er décembre 2026")]
    assert field.plan(field.colleague, next_on="2026-12-02").planned[0].on == "2026-12-02"
    assert field.plan(field.colleague).planned[0].words == ""
    assert field.due() == {}
    with pytest.raises(InvalidInput):
        field.plan(field.coach, next_on="2026-11-23")


def test_one_erases_only_what_one_wrote(field: Field) -> None:
    contact = field.note().contacts[0].contact_id

    def erase(actor: Actor, company: int, contact_id: int) -> ContactBook:
        return erase_contact(actor, company, contact_id, now=NOW, on=field.database)

    with transaction(field.database) as session:
        stranger = factories.an_establishment(session)
        factories.an_approval(session, stranger)
    for actor, company, contact_id in (
        (field.colleague, field.company, contact),
        (field.coach, stranger.company_id, contact),
        (field.coach, field.company, 999),
    ):
        with pytest.raises(NotFound):
            erase(actor, company, contact_id)
    assert erase(field.coach, field.company, contact).contacts == []


def test_the_name_of_somebody_who_is_no_coach_is_never_read(field: Field) -> None:
    field.note()
    with transaction(field.database) as session:
        session.get_one(Person, field.coach.person_id).role = Role.LEARNER
    assert field.book(field.colleague).contacts[0].by == "Un ancien collègue"


def test_coaches_who_plan_at_once_leave_one_day(field: Field) -> None:
    actors = [field.coach, field.colleague] * 4
    with ThreadPoolExecutor(max_workers=4) as pool:
        list(pool.map(lambda actor: field.plan(actor, next_on="2026-12-01"), actors))
    assert field.due() == {"alimentation": date(2026, 12, 1)}
