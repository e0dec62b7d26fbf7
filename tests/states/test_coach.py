"""The coach's desk: lists that the address bar names, files of just that search, contacts that are said and refused."""

from dataclasses import replace
from typing import Any

import pytest

from stageplus.domain.coaching import ViewList
from stageplus.domain.errors import NotFound
from stageplus.services.coaching.schemas import (
    OFFER_COLUMNS,
    CompanyPage,
    CompanySearch,
    CompanySheet,
    Desk,
    FollowedCompany,
    FollowedPage,
)
from stageplus.services.company_contacts.schemas import ContactBook, ContactInput, PlanInput
from stageplus.services.saved_views.schemas import ViewRow, Views
from stageplus.states import views
from stageplus.states.coach import companies, contacts, desk, offers
from stageplus.states.coach.companies import CoachCompaniesState, CoachCompanyState
from stageplus.states.coach.contacts import CoachContactsState
from stageplus.states.coach.desk import CoachDeskState
from stageplus.states.coach.offers import CoachOffersState
from stageplus.states.coach.views import CoachViewsState
from stageplus.texts import _
from tests.states.test_desks import Read, at, called

SHEET = "/coach/entreprises/12"
ROW = FollowedCompany(12, "Nuage", "Namur", "1", "0", "0", "—", "Sans offre", "neutral", "—", "", is_due=False)


async def test_the_desk_counts_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read = Read(Desk(calls_cut="Les 20 premières"))
    monkeypatch.setattr(desk, "my_desk", read)
    state = at(CoachDeskState, "/coach")
    await called(state, "load")
    assert (len(read.asked), state.desk.calls_cut, state.loading) == (1, "Les 20 premières", False)


async def test_offers_are_what_the_address_asks_for_and_so_are_their_files(monkeypatch: pytest.MonkeyPatch) -> None:
    read = Read(FollowedPage(sectors=[("bois", "Bois")], page=2, pages=3))
    monkeypatch.setattr(offers, "offers_of_my_sectors", read)
    state = at(CoachOffersState, "/coach/offres?etat=toutes&attente=oui&page=2")
    await called(state, "load")
    assert (read.asked[0].state, read.asked[0].waiting, read.asked[0].page) == ("toutes", True, 2)
    assert (state.sectors, state.found.sectors) == ([("bois", "Bois")], [])
    assert state.csv == "/coach/offres.csv?attente=oui&etat=toutes"
    assert state.after == "/coach/offres?attente=oui&etat=toutes&page=3"
    await called(state, "search", {"etat": "", "sans": "oui", "intent": "filter"})
    assert state.xlsx == "/coach/offres.xlsx?sans=oui"


async def test_companies_are_what_the_address_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    read = Read(CompanyPage(sectors=[("bois", "Bois")]))
    monkeypatch.setattr(companies, "companies_of_my_sectors", read)
    state = at(CoachCompaniesState, "/coach/entreprises?q=pain&secteur=bois&etat=muettes&tri=activite")
    await called(state, "load")
    assert read.asked == [CompanySearch(text="pain", sector="bois", state="muettes", sort="activite")]
    assert state.csv.startswith("/coach/entreprises.csv?")
    assert state.before == state.after == ""


async def test_columns_are_hidden_by_the_address_and_files_follow(monkeypatch: pytest.MonkeyPatch) -> None:
    read = Read(FollowedPage())
    monkeypatch.setattr(offers, "offers_of_my_sectors", read)
    state = at(CoachOffersState, "/coach/offres?etat=toutes&masquees=fin-places")
    await called(state, "load")
    assert read.asked[0].hidden == ("places", "fin")
    assert state.shown == ["entreprise", "commune", "etat", "candidatures", "repondues"]
    assert state.csv == state.xlsx.replace("xlsx", "csv") == "/coach/offres.csv?etat=toutes&masquees=fin-places"
    await called(state, "search", {"etat": "", "masquees": "fin-places", "intent": "filter"})
    assert (state.asked, "fin" in state.shown) == ({"masquees": "fin-places"}, False)


@pytest.mark.parametrize(
    ("ticked", "address"),
    [
        (
            ["commune", "fin", "inconnue"],
            "/coach/offres?sans=oui&masquees=entreprise-etat-places-candidatures-repondues",
        ),
        (list(OFFER_COLUMNS), "/coach/offres?sans=oui"),
        (None, f"/coach/offres?sans=oui&masquees={'-'.join(OFFER_COLUMNS)}"),
    ],
)
async def test_choosing_columns_goes_to_their_address(ticked: Any, address: str) -> None:
    state = at(CoachOffersState, "/coach/offres?sans=oui&masquees=fin&page=3")
    state.asked = {"sans": "oui", "masquees": "fin"}
    assert address in str(await called(state, "choose_columns", {"columns": ticked}))


async def test_ticked_companies_or_the_whole_list_are_written_to(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [replace(ROW, company_id=number) for number in (4, 9)]
    monkeypatch.setattr(companies, "companies_of_my_sectors", Read(CompanyPage(rows=rows)))
    state = at(CoachCompaniesState, "/coach/entreprises?etat=muettes&secteur=bois&page=2")
    await called(state, "begin")
    await called(state, "load")
    assert state.to_all == "/coach/message?etat=muettes&secteur=bois"
    await called(state, "pick", 9, True)
    await called(state, "pick", 12, True)
    assert state.ticked == [9], "only what the page shows"
    await called(state, "tick", True)
    assert state.ticked == [4, 9]
    went = await called(state, "write", {"companies": ["9", "4", "x"]})
    assert "/coach/message?cochees=9-4&secteur=bois" in str(went)
    assert await called(state, "write", {"companies": None}) is None
    assert list(state.errors) == ["companies"]


async def test_a_sheet_is_the_company_that_the_address_names(monkeypatch: pytest.MonkeyPatch) -> None:
    read = Read(CompanySheet(company_id=12, name="Nuage"))
    monkeypatch.setattr(companies, "company_sheet", read)
    for address, named in ((SHEET, 12), ("/coach/entreprises/x", 0)):
        state = at(CoachCompanyState, address)
        await called(state, "load")
        assert (read.asked[-1], state.sheet.name) == (named, "Nuage")


class Written:
    """A use case that remembers what it was given."""

    def __init__(self, answer: Any) -> None:
        self.answer, self.given = answer, []  # type: ignore[var-annotated]

    def __call__(self, actor: Any, *given: Any, now: Any) -> Any:
        self.given.append(given)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


async def test_a_contact_is_noted_for_the_company_of_the_form(monkeypatch: pytest.MonkeyPatch) -> None:
    note = Written(ContactBook(company_id=12))
    monkeypatch.setattr(contacts, "note_contact", note)
    state = at(CoachContactsState, SHEET)
    await called(state, "note", {"company": "12", "kind": "appel", "words": "Vu.", "on_day": "", "sector": None})
    assert note.given == [(12, ContactInput(kind="appel", words="Vu."))]
    assert (state.written, state.notice) == (1, _("C’est noté : les coachs du secteur le voient."))
    await called(state, "note", {"company": "12", "kind": "appel", "words": ""})
    assert (state.written, list(state.errors), state.asked_for, state.notice) == (1, ["words"], "contact", "")


async def test_a_plan_keeps_its_errors_to_its_own_form(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = Written(ContactBook(company_id=12))
    monkeypatch.setattr(contacts, "plan_follow_up", plan)
    state = at(CoachContactsState, SHEET)
    await called(state, "plan", {"company": "12", "sector": "bois", "next_on": ""})
    assert (plan.given, state.notice) == ([(12, PlanInput(sector="bois"))], _("Le rappel est à jour."))
    await called(state, "plan", {"company": "12", "sector": "bois", "next_on": "demain"})
    assert (list(state.errors), state.asked_for) == (["next_on"], "rappel-bois")


async def test_erasing_says_so_and_another_s_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    erase = Written(ContactBook(company_id=12))
    monkeypatch.setattr(contacts, "erase_contact", erase)
    state = at(CoachContactsState, SHEET)
    state.book = ContactBook(company_id=12)
    await called(state, "erase", "7")
    assert (erase.given, state.notice) == ([(12, 7)], _("La ligne est effacée."))
    erase.answer = NotFound()
    await called(state, "erase", "8")
    assert state.missing


async def test_news_of_a_colleague_leave_what_is_wrong_in_sight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contacts, "contact_book", Written(ContactBook(company_id=12, today="2026-11-24")))
    state = at(CoachContactsState, SHEET)
    state.errors = {"words": "…"}
    await state._refresh()
    assert (state.book.today, state.errors) == ("2026-11-24", {"words": "…"})


async def test_a_view_is_kept_with_the_filters_of_the_form_and_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Views("offres", [ViewRow(3, "Lundi", "/coach/offres?sans=oui")])
    read, keep, drop = Read(kept), Written(kept), Written(Views("offres"))
    for name, act in (("my_views", read), ("save_view", keep), ("drop_view", drop)):
        monkeypatch.setattr(views, name, act)
    state = at(CoachViewsState, "/coach/offres?sans=oui")
    await called(state, "load")
    assert (read.asked, state.views) == ([ViewList.OFFERS], kept)
    await called(state, "keep", {"view_name": "Lundi", "of_list": "offres", "query": "sans=oui"})
    assert (keep.given[0][0].query, state.kept, state.notice) == ("sans=oui", 1, _("La vue est gardée."))
    await called(state, "keep", {"view_name": "", "of_list": "offres"})
    assert (list(state.errors), state.kept) == (["view_name"], 1)
    await called(state, "drop", "3")
    assert (drop.given, state.views.rows, state.notice) == ([(3,)], [], _("La vue est effacée."))


async def test_another_page_has_no_views(monkeypatch: pytest.MonkeyPatch) -> None:
    read = Read(Views("offres"))
    monkeypatch.setattr(views, "my_views", read)
    await called(at(CoachViewsState, "/coach/hasard"), "load")
    assert read.asked == []
