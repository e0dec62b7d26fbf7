"""A coach writes to companies of a sector: as the preview showed it, once, not too often, and to nobody who refuses."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from stageplus.config import settings
from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor
from stageplus.domain.errors import AlreadyDone, Denied, InvalidInput, NotFound
from stageplus.models import Circular, CompanyContact, Notice, OutboxMessage, Person
from stageplus.services.circulars.actions import send_circular
from stageplus.services.circulars.queries import circular_desk, preview_circular
from stageplus.services.circulars.schemas import CircularInput, CircularPreview, SendInput
from stageplus.services.company_contacts.actions import erase_contact
from stageplus.services.company_contacts.queries import contact_book
from stageplus.services.company_contacts.schemas import ContactInput
from tests import factories
from tests.factories import NOW

WORDS = "Bonjour,\n\nPubliez une offre.\n<b>Bien à vous</b>"
TYPED = {"subject": "Une place pour la rentrée ?", "words": WORDS, "way": "publier"}
KEY = "a" * 32


@dataclass(frozen=True)
class Field:
    """Three bakeries with somebody each, one of them a hairdresser too, a garage, and coaches of these sectors."""

    database: Engine
    coach: Actor
    colleague: Actor
    both: Actor
    other: Actor
    bakeries: list[int]
    garage: int

    def looks(self, actor: Actor | None = None, query: str = "", **typed: str) -> CircularPreview:
        data = CircularInput.read(TYPED | {"query": query} | typed)
        return preview_circular(actor or self.coach, data, now=NOW, on=self.database)

    def sends(self, actor: Actor | None = None, *, at: Any = NOW, key: str = KEY, **typed: str) -> str:
        seen = self.looks(actor, **typed) if "query" not in typed else None
        data = SendInput.read(TYPED | {"form_key": key} | ({"query": seen.query} if seen else {}) | typed)
        return send_circular(actor or self.coach, data, now=at, on=self.database).words

    def ticked(self, *companies: int) -> str:
        return "cochees=" + "-".join(map(str, companies or self.bakeries)) + "&secteur=alimentation"

    def mails(self) -> list[OutboxMessage]:
        with Session(self.database) as session:
            mine = select(OutboxMessage).where(OutboxMessage.kind == "circular")
            return list(session.exec(mine.order_by(col(OutboxMessage.id))))

    def noted(self) -> list[int]:
        with Session(self.database) as session:
            return sorted(each.company_id for each in session.exec(select(CompanyContact)))


@pytest.fixture
def field(database: Engine) -> Field:
    with transaction(database) as session:
        factories.minimal_reference(session)
        bakeries = []
        for name in ("Aube", "Brume", "Comète"):
            house = factories.an_establishment(session, factories.a_company(session, name=name))
            factories.an_approval(session, house)
            factories.a_member(session, house.company_id, is_admin=True)
            bakeries.append(house.company_id)
        factories.an_approval(session, house, trade_code="coiffeur")
        garage = factories.an_establishment(session, factories.a_company(session, name="Garage"))
        factories.an_approval(session, garage, trade_code="mecanicien")
        factories.a_member(session, garage.company_id, is_admin=True)
        coaches = [
            factories.a_coach(session, *sectors)
            for sectors in (["alimentation"], ["alimentation"], ["alimentation", "soins"], ["soins"])
        ]
        return Field(database, *coaches, bakeries, garage.company_id)


def test_the_mail_is_the_preview_and_its_second_link_is_each_reader_s_own(field: Field) -> None:
    seen = field.looks()
    assert (seen.to_words, seen.count, seen.spared) == ("Ce message part à 3 entreprises.", 3, [])
    assert field.sends() == "Le message part à 3 entreprises."
    first, *others = field.mails()
    token = first.text.rsplit("/lien/", 1)[1]
    assert first.text.replace(token, "…") == seen.text
    assert first.subject == seen.subject == TYPED["subject"]
    assert first.text.startswith("Message de Lou Essai")
    read = first.text.replace("\xa0", " ")
    assert "coach du secteur « Alimentation », à Aube.\n\nBonjour,\n\nPubliez une offre." in read
    assert f"Publier une offre : {settings().site}/entreprise/offres/nouvelle" in first.text
    assert "&lt;b&gt;Bien à vous&lt;/b&gt;" in first.html and "<b>" not in first.html
    assert len({mail.text.rsplit("/lien/", 1)[1] for mail in [first, *others]}) == 3
    assert ["à Brume." in others[0].text, "à Comète." in others[1].text] == [True, True]


def test_it_is_noted_with_each_company_for_coaches_of_the_sector_and_stays(field: Field) -> None:
    field.sends()
    book = contact_book(field.colleague, field.bakeries[0], now=NOW, on=field.database)
    [line] = book.contacts
    assert (line.kind_words, line.words, line.more, line.mine) == ("Message", TYPED["subject"], WORDS, False)
    mine = contact_book(field.coach, field.bakeries[0], now=NOW, on=field.database).contacts[0]
    assert not mine.mine
    with pytest.raises(NotFound):
        erase_contact(field.coach, field.bakeries[0], mine.contact_id, now=NOW, on=field.database)
    assert contact_book(field.other, field.bakeries[2], now=NOW, on=field.database).contacts == []
    with pytest.raises(InvalidInput):
        ContactInput.read({"kind": "message", "words": "Je dis que j’ai écrit."})


def test_a_company_reads_it_on_the_site_too(field: Field) -> None:
    field.sends()
    with Session(field.database) as session:
        notices = session.exec(select(Notice)).all()
    assert {(each.subject, each.path) for each in notices} == {(TYPED["subject"], "/entreprise/offres/nouvelle")}
    assert len({each.person_id for each in notices}) == 3


def test_ticked_companies_alone_are_written_to_and_only_those_of_the_sector(field: Field) -> None:
    aube, brume, _comete = field.bakeries
    seen = field.looks(query=f"cochees={brume}-{field.garage}-{aube}-999-x")
    assert (seen.count, seen.query) == (2, f"cochees={aube}-{brume}&secteur=alimentation")
    field.sends(query=seen.query)
    assert field.noted() == sorted([aube, brume])
    for query in (f"cochees={field.garage}", "cochees=999", "secteur=mobilite"):
        with pytest.raises(NotFound):
            field.looks(query=query)
    with pytest.raises(NotFound):
        field.sends(query=f"cochees={field.garage}&secteur=mobilite", key="b" * 32)


def test_the_list_s_filters_say_to_whom(field: Field) -> None:
    assert field.looks(query="?q=brume").query.startswith(f"cochees={field.bakeries[1]}&")
    desk = circular_desk(field.coach, "etat=en-ligne", now=NOW, on=field.database)
    assert (desk.chosen, desk.chosen_words, desk.sectors) == (0, "0 entreprise choisie", [])
    assert circular_desk(field.coach, "", now=NOW, on=field.database).chosen_words == "3 entreprises choisies"
    assert "atteint 3 entreprises au plus" in desk.limits_words
    assert "il vous en reste 4 sur 4" in desk.limits_words
    with pytest.raises(NotFound):
        circular_desk(field.coach, f"cochees={field.garage}", now=NOW, on=field.database)


def test_a_coach_of_several_sectors_says_for_which_one(field: Field) -> None:
    desk = circular_desk(field.both, "", now=NOW, on=field.database)
    assert [code for code, _name in desk.sectors] == ["alimentation", "soins"]
    with pytest.raises(InvalidInput) as refusal:
        field.looks(field.both)
    assert list(refusal.value.fields) == ["sector"]
    assert field.looks(field.both, sector="soins").query == f"cochees={field.bakeries[2]}&secteur=soins"
    assert field.looks(field.both, query="secteur=soins").count == 1
    with pytest.raises(NotFound):
        field.looks(field.both, sector="mobilite")


def test_one_message_in_so_many_days_whoever_writes_for_the_sector(field: Field) -> None:
    field.sends(query=field.ticked(field.bakeries[2]))
    seen = field.looks(field.colleague)
    assert [(each.company, each.why) for each in seen.spared] == [
        ("Comète", "a déjà reçu un message de coach récemment")
    ]
    assert (seen.count, seen.spared_words) == (2, "1 entreprise n’est pas atteinte")
    with pytest.raises(InvalidInput):
        field.sends(field.colleague, query=field.ticked(field.bakeries[2]), key="b" * 32)
    assert field.looks(field.other).count == 1, "another sector counts for itself"
    late = NOW + timedelta(days=30)
    again = field.ticked(field.bakeries[2])
    assert field.sends(field.colleague, query=again, key="b" * 32, at=late) == "Le message part à 1 entreprise."


def test_whoever_was_written_to_after_the_preview_is_left_out_of_the_sending(field: Field) -> None:
    seen = field.looks()
    field.sends(field.colleague, query=field.ticked(field.bakeries[0]), key="b" * 32)
    assert field.sends(query=seen.query) == "Le message part à 2 entreprises."
    assert field.noted() == sorted(field.bakeries)


def test_nobody_is_reached_whom_the_preview_did_not_name(field: Field) -> None:
    seen = field.looks()
    with transaction(field.database) as session:
        house = factories.an_establishment(session)
        factories.an_approval(session, house)
        factories.a_member(session, house.company_id)
    field.sends(query=seen.query)
    assert field.noted() == sorted(field.bakeries)
    with pytest.raises(InvalidInput) as refusal:
        field.sends(query="", key="b" * 32)
    assert list(refusal.value.fields) == ["form"]


def test_so_many_companies_a_message_and_a_day(field: Field) -> None:
    with transaction(field.database) as session:
        more = []
        for _number in range(3):
            house = factories.an_establishment(session)
            factories.an_approval(session, house)
            factories.a_member(session, house.company_id)
            more.append(house.company_id)
    seen = field.looks()
    assert (seen.count, {each.why for each in seen.spared}) == (3, {"au-delà du nombre permis"})
    field.sends()
    seen = field.looks()
    assert (seen.count, len(seen.spared)) == (1, 5)
    field.sends(key="b" * 32)
    assert field.looks().to_words == "Ce message n’atteint aucune entreprise."
    assert "il vous en reste 0 sur 4" in circular_desk(field.coach, "", now=NOW, on=field.database).limits_words
    with pytest.raises(InvalidInput):
        field.sends(query=field.ticked(*more), key="c" * 32)
    assert field.looks(field.colleague).count == 2, "another coach has a day of his own"
    tomorrow = NOW + timedelta(days=1)
    assert field.sends(query=field.ticked(*more), key="c" * 32, at=tomorrow) == "Le message part à 2 entreprises."


@pytest.mark.parametrize("turns", [2, 6])
def test_a_form_sent_again_sends_nothing_again(field: Field, turns: int) -> None:
    query = field.looks().query
    with ThreadPoolExecutor(max_workers=3) as pool:
        words = list(pool.map(lambda _turn: field.sends(query=query), range(turns)))
    assert set(words) == {"Le message part à 3 entreprises."}
    assert (len(field.mails()), field.noted()) == (3, sorted(field.bakeries))
    with pytest.raises(AlreadyDone):
        field.sends(field.colleague, query=query)


def test_coaches_who_write_at_once_reach_a_company_once(field: Field) -> None:
    query = field.ticked()

    def send(coach: Actor) -> str:
        try:
            return field.sends(coach, query=query, key=f"{coach.person_id:032x}")
        except InvalidInput:
            return ""

    with ThreadPoolExecutor(max_workers=3) as pool:
        words = list(pool.map(send, [field.coach, field.colleague, field.both]))
    assert sorted(words) == ["", "", "Le message part à 3 entreprises."]
    assert (len(field.mails()), field.noted()) == (3, sorted(field.bakeries))


def test_only_who_acts_there_for_the_sector_and_can_be_reached_is_mailed(field: Field) -> None:
    with transaction(field.database) as session:
        company = factories.a_company(session, name="Deux maisons")
        oven, salon = (factories.an_establishment(session, company) for _house in range(2))
        factories.an_approval(session, oven)
        factories.an_approval(session, salon, trade_code="coiffeur")
        at_oven, at_salon = (factories.a_member(session, company.id or 0, house.id) for house in (oven, salon))
        gone, bounced = (factories.a_member(session, company.id or 0) for _person in range(2))
        session.get_one(Person, gone.person_id).suspended_at = NOW
        session.get_one(Person, bounced.person_id).unreachable_since = NOW
        empty = factories.an_establishment(session, factories.a_company(session, name="Vide"))
        factories.an_approval(session, empty)
        address = session.get_one(Person, at_oven.person_id).email
    seen = field.looks(query=field.ticked(company.id or 0, empty.company_id))
    assert [(each.company, each.why) for each in seen.spared] == [
        ("Vide", "personne n’a de compte actif pour ce secteur")
    ]
    field.sends(query=seen.query)
    assert [mail.recipient for mail in field.mails()] == [address]
    assert at_salon.person_id != at_oven.person_id


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"subject": " "}, "subject"),
        ({"subject": "x" * 121}, "subject"),
        ({"words": "\n \n"}, "words"),
        ({"words": "x" * 2001}, "words"),
        ({"way": "ailleurs"}, "way"),
    ],
)
def test_what_does_not_fit_is_refused_beside_its_field(field: Field, typed: dict[str, str], wrong: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        field.looks(**typed)
    assert list(refusal.value.fields) == [wrong]
    with Session(field.database) as session:
        assert session.exec(select(Circular)).all() == []


def test_nobody_but_a_coach_writes(field: Field) -> None:
    with transaction(field.database) as session:
        stranger = factories.an_offa_member(session)
    for actor in (stranger, None):
        with pytest.raises(Denied):
            send_circular(
                actor,
                SendInput.read(TYPED | {"form_key": KEY, "query": field.ticked()}),
                now=NOW,
                on=field.database,
            )
