"""A company stops the messages of coaches by the link of a mail or in its choices, and may want them again."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, delete, select

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor
from stageplus.domain.errors import Denied, NotFound
from stageplus.domain.refusals import LinkOfAnother, LinkSpent
from stageplus.models import CircularStop, CompanyMember, Notice, OutboxMessage
from stageplus.services.circulars.actions import choose_circulars, send_circular, stop_by_link
from stageplus.services.circulars.queries import my_circular_choice, preview_circular
from stageplus.services.circulars.schemas import CircularChoice, CircularInput, SendInput, WantedInput
from stageplus.services.links.queries import look_at_link
from tests import factories
from tests.factories import NOW

LETTER = {"subject": "Vos offres", "words": "Sont-elles à jour ?"}


@dataclass(frozen=True)
class Field:
    """A bakery with two people, one of whom acts for a second company too, and a coach."""

    database: Engine
    coach: Actor
    company: int
    one: Actor
    two: Actor

    def sends(self) -> list[str]:
        """Write to the bakery, and return the tokens of both mails."""
        data = SendInput.read(LETTER | {"query": f"cochees={self.company}", "form_key": "a" * 32})
        send_circular(self.coach, data, now=NOW, on=self.database)
        with Session(self.database) as session:
            mails = session.exec(select(OutboxMessage).order_by(col(OutboxMessage.id)))
            return [mail.text.rsplit("/lien/", 1)[1] for mail in mails]

    def why(self) -> list[str]:
        data = CircularInput.read(LETTER | {"query": f"cochees={self.company}"})
        seen = preview_circular(self.coach, data, now=NOW + timedelta(days=31), on=self.database)
        return [each.why for each in seen.spared]

    def stops(self, token: str, actor: Actor | None = None, days: int = 0) -> bool:
        return stop_by_link(actor, token, now=NOW + timedelta(days=days), on=self.database)

    def chooses(self, actor: Actor | None, *, wanted: bool) -> CircularChoice:
        return choose_circulars(actor, WantedInput(wanted=wanted), now=NOW, on=self.database)

    def waiting(self) -> tuple[int, int]:
        with Session(self.database) as session:
            return len(session.exec(select(OutboxMessage)).all()), len(session.exec(select(Notice)).all())


@pytest.fixture
def field(database: Engine) -> Field:
    with transaction(database) as session:
        factories.minimal_reference(session)
        house = factories.an_establishment(session, factories.a_company(session, name="Nuage"))
        factories.an_approval(session, house)
        people = [factories.a_member(session, house.company_id, is_admin=first) for first in (True, False)]
        return Field(database, factories.a_coach(session, "alimentation"), house.company_id, *people)


def test_opening_does_nothing_and_the_button_stops_it_for_the_whole_company(field: Field) -> None:
    first, second = field.sends()
    view = look_at_link(None, first, now=NOW, on=field.database)
    assert (view.purpose, view.state) == ("stop circulars", "fresh")
    assert (field.why(), field.waiting()) == ([], (2, 2))
    assert field.stops(first)
    assert field.why() == ["ne veut plus de messages de coachs"]
    assert field.waiting() == (0, 0), "what waited is thrown away"
    with pytest.raises(LinkSpent):
        field.stops(first)
    assert field.stops(second), "a colleague's link finds it done"
    assert my_circular_choice(field.two, now=NOW, on=field.database) == CircularChoice(
        "Nuage", wanted=False, words="Arrêtés le mardi 24 novembre 2026."
    )


def test_the_link_ends_and_serves_nobody_who_has_left(field: Field) -> None:
    first, second = field.sends()
    with pytest.raises(LinkSpent):
        field.stops(first, days=61)
    with transaction(field.database) as session:
        session.exec(delete(CompanyMember).where(col(CompanyMember.person_id) == field.two.person_id))
    with pytest.raises(LinkOfAnother):
        field.stops(second)
    with pytest.raises(NotFound):
        field.stops("un jeton")
    assert field.why() == []
    assert field.stops(first), "the others still work"


def test_a_company_chooses_and_chooses_again(field: Field) -> None:
    assert field.chooses(field.two, wanted=False).wanted is False
    assert field.chooses(field.one, wanted=False).wanted is False
    assert field.why() == ["ne veut plus de messages de coachs"]
    assert field.chooses(field.one, wanted=True) == CircularChoice("Nuage")
    assert field.why() == []
    with Session(field.database) as session:
        assert session.exec(select(CircularStop)).all() == []


def test_who_acts_for_no_company_has_nothing_to_choose(field: Field) -> None:
    with transaction(field.database) as session:
        house = factories.an_establishment(session)
        claimant = factories.a_claimant(session, house)
        learner = factories.actor_of_learner(factories.a_learner(session))
    for actor in (claimant, learner, field.coach):
        assert my_circular_choice(actor, now=NOW, on=field.database) == CircularChoice()
    with pytest.raises(NotFound):
        field.chooses(claimant, wanted=False)
    for actor in (learner, field.coach, None):
        with pytest.raises(Denied):
            field.chooses(actor, wanted=False)
