"""Files of agréments: problems by line and column, one transaction, undone within the hours in force."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import select

from stageplus.db.engine import open_engine, reading, transaction
from stageplus.db.revisions import migrate
from stageplus.domain.approvals import ApprovalState
from stageplus.domain.errors import AlreadyDone, Denied, InvalidInput, NotFound, NotPossible
from stageplus.domain.identifiers import with_check_digits
from stageplus.domain.offers import OfferStatus
from stageplus.models import (
    Approval,
    ApprovalChange,
    ApprovalImport,
    ApprovalRecord,
    Company,
    Establishment,
    Offer,
    OutboxMessage,
    Person,
)
from stageplus.services.approvals.actions import change_approval, hand_in_approvals, import_approvals, undo_approvals
from stageplus.services.approvals.columns import COLUMNS
from stageplus.services.approvals.queries import (
    approval_file,
    approval_file_problems,
    approval_files,
    approvals_template,
)
from stageplus.services.approvals.schemas import DecisionInput
from stageplus.services.spreadsheets.actions import export_workbook
from stageplus.services.spreadsheets.queries import read_sheet
from stageplus.texts import _
from tests import factories
from tests.factories import NOW
from tests.services.approvals.test_recording import Register, register, statuses

__all__ = ["register"]
HEADINGS = "Statut;BCE;Numéro d’unité d’établissement;Entreprise;CP;Travailleurs;Métier;Date;Motif"
GOOD = "accordé;0400.000.185;2.000.000.141;Zéphyr;5000;4;Boulangère;14/03/2026;"

OURS = with_check_digits(4_000_009), with_check_digits(20_000_009)
BROKEN = {
    GOOD.replace("accordé", "", 1): ("Statut", "vide"),
    GOOD.replace("accordé", "peut-être"): ("Statut", "n’est pas un état"),
    GOOD.replace("0400.000.185", ""): ("BCE", "compléter"),
    GOOD.replace("0400.000.185", "0400.000.18"): ("BCE", "9 chiffres"),
    GOOD.replace("0400.000.185", "2.400.000.185"): ("BCE", "commence par 2"),
    GOOD.replace("0400.000.185", "0400.000.186"): ("BCE", "faute de frappe"),
    GOOD.replace("0400.000.185", "BE0400ABC185"): ("BCE", "que des chiffres"),
    GOOD.replace("2.000.000.141", ""): ("Numéro d’unité d’établissement", "compléter"),
    GOOD.replace("2.000.000.141", "2.000.000.14"): ("Numéro d’unité d’établissement", "9 chiffres"),
    GOOD.replace("2.000.000.141", "0400.000.185"): ("Numéro d’unité d’établissement", "C’est un numéro d’entreprise"),
    GOOD.replace("2.000.000.141", "2.000.000.142"): ("Numéro d’unité d’établissement", "faute de frappe"),
    GOOD.replace("2.000.000.141", OURS[1]): ("Numéro d’unité d’établissement", "autre entreprise"),
    GOOD.replace("Zéphyr", ""): ("Entreprise", "compléter"),
    GOOD.replace("5000", ""): ("CP", "compléter"),
    GOOD.replace("5000", "75001"): ("CP", "quatre chiffres"),
    GOOD.replace("5000", "9999"): ("CP", "n’existe pas"),
    GOOD.replace(";4;", ";quatre;"): ("Travailleurs", "nombre"),
    GOOD.replace(";4;", ";-4;"): ("Travailleurs", "plus petite valeur"),
    GOOD.replace("Boulangère", ""): ("Métier", "vide"),
    GOOD.replace("Boulangère", "Alchimiste"): ("Métier", "n’est pas connu"),
    GOOD: ("Métier", "déjà à la ligne 2"),
    GOOD.replace("14/03/2026", ""): ("Date", "vide"),
    GOOD.replace("14/03/2026", "hier"): ("Date", "n’est pas une date"),
    GOOD.replace("14/03/2026", "31/02/2026"): ("Date", "n’est pas une date"),
    GOOD.replace("14/03/2026", "14/03/2031"): ("Date", "pas encore arrivée"),
    GOOD.replace("accordé", "suspendu"): ("Motif", "pourquoi"),
    GOOD.replace("accordé", "suspendu") + "x" * 501: ("Motif", "500"),
}
"""A broken row after a good one, its column and what is said of it."""


@pytest.fixture
def numbered(register: Register) -> Register:
    """Give the bakery of the register numbers that a file may name."""
    with transaction(register.database) as session:
        house = session.get_one(Establishment, session.get_one(Approval, register.approval).establishment_id)
        house.number = OURS[1]
        session.get_one(Company, house.company_id).enterprise_number = OURS[0]
    return register


def ours(state: str, reason: str = "Contrôle") -> str:
    return f"{state};{OURS[0]};{OURS[1]};Maison;5000;5;boulanger;20/11/2026;{reason}"


def handed_in(register: Register, *lines: str, actor: str = "ours", operator: int = 0) -> int:
    content = "\n".join([HEADINGS, *lines]).encode("cp1252")
    who = getattr(register, actor)
    return hand_in_approvals(who, operator, "agréments.csv", content, now=NOW, on=register.database)


def test_a_file_is_read_and_nothing_recorded_before_it_is_confirmed(register: Register) -> None:
    file = handed_in(register, GOOD)
    shown = approval_file(register.ours, file, now=NOW, on=register.database)
    assert (shown.added, shown.changed, shown.refused, shown.problems) == (1, 0, 0, [])
    with reading(register.database) as session:
        assert len(session.exec(select(ApprovalRecord)).all()) == 1


@pytest.mark.parametrize("row", BROKEN)
def test_each_kind_of_slip_is_named_by_row_and_column(numbered: Register, row: str) -> None:
    column, words = BROKEN[row]
    shown = approval_file(numbered.ours, handed_in(numbered, GOOD, row), now=NOW, on=numbered.database)
    assert [(problem.line, problem.column) for problem in shown.problems] == [(3, column)]
    assert words in shown.problems[0].message
    assert (shown.added, shown.refused) == (1, 1)


def test_two_hundred_broken_rows_are_each_named_and_none_is_recorded(numbered: Register) -> None:
    kinds = [each for each in BROKEN.items() if "autre entreprise" not in each[1]][:20]
    lines = [kinds[number % 20][0] for number in range(200)]
    file = handed_in(numbered, GOOD, *lines)
    with reading(numbered.database) as session:
        told = json.loads(session.get_one(ApprovalImport, file).problems)
        assert len(session.exec(select(ApprovalRecord)).all()) == 1
    assert [(each["line"], each["column"]) for each in told] == [
        (number + 3, kinds[number % 20][1][0]) for number in range(200)
    ]
    done = import_approvals(numbered.ours, file, now=NOW, on=numbered.database)
    assert (done.result, done.refused) == ("1 décision notée", 200)


def test_all_problems_of_a_long_file_can_be_downloaded(register: Register) -> None:
    file = handed_in(register, *[GOOD.replace("accordé", f"état {number}") for number in range(301)])
    shown = approval_file(register.ours, file, now=NOW, on=register.database)
    assert (len(shown.problems), shown.problems_cut) == (300, "Les 300 premières lignes sur 301")
    report = approval_file_problems(register.ours, file, now=NOW, on=register.database).decode("utf-8-sig")
    first, *_others, last = report.splitlines()
    assert first == "Ligne;Colonne;Problème" and last.startswith("302;Statut;") and "état 300" in last
    with pytest.raises(NotFound):
        approval_file_problems(register.theirs, file, now=NOW, on=register.database)


def test_a_row_with_several_slips_names_them_all(register: Register) -> None:
    row = GOOD.replace("accordé", "peut-être").replace("Boulangère", "Alchimiste").replace("5000", "9")
    shown = approval_file(register.ours, handed_in(register, row), now=NOW, on=register.database)
    assert {problem.column for problem in shown.problems} == {"Statut", "Métier", "CP"}
    assert shown.refused == 1


def test_importing_records_with_every_effect_and_once(numbered: Register) -> None:
    file = handed_in(numbered, GOOD, ours("suspendu"))
    assert approval_file(numbered.ours, file, now=NOW, on=numbered.database).taken_away == 1
    done = import_approvals(numbered.ours, file, now=NOW, on=numbered.database)
    assert done.result == "2 décisions notées"
    assert statuses(numbered) == [OfferStatus.SUSPENDED] * 2
    with pytest.raises(AlreadyDone):
        import_approvals(numbered.ours, file, now=NOW, on=numbered.database)
    again = handed_in(numbered, GOOD, ours("suspendu"))
    assert approval_file(numbered.ours, again, now=NOW, on=numbered.database).unchanged == 2


def test_a_file_is_imported_whole_or_not_at_all(numbered: Register) -> None:
    file = handed_in(numbered, GOOD, ours("suspendu"))
    with transaction(numbered.database) as session:  # its numbers turn out to be another enterprise's meanwhile
        house = session.exec(select(Establishment).where(Establishment.number == OURS[1])).one()
        house.company_id = factories.a_company(session).id or 0
    with pytest.raises(InvalidInput) as refused:
        import_approvals(numbered.ours, file, now=NOW, on=numbered.database)
    assert refused.value.fields["form"].startswith(_("Ligne 3 : "))
    with reading(numbered.database) as session:
        assert len(session.exec(select(ApprovalRecord)).all()) == 1


def test_the_people_of_a_known_company_are_told_of_a_new_agrement(numbered: Register) -> None:
    file = handed_in(numbered, GOOD, ours("accordé").replace("boulanger", "pâtissière"))
    import_approvals(numbered.ours, file, now=NOW, on=numbered.database)
    with reading(numbered.database) as session:
        member = session.get_one(Person, numbered.member.person_id)
        mails = session.exec(select(OutboxMessage.recipient).where(OutboxMessage.kind == "approval")).all()
        changes = session.exec(select(ApprovalChange.person_id)).all()
    assert mails == [member.email]
    assert changes == [numbered.ours.person_id] * 2


def test_undoing_brings_back_records_and_offers(numbered: Register) -> None:
    file = handed_in(numbered, GOOD, ours("suspendu"))
    import_approvals(numbered.ours, file, now=NOW, on=numbered.database)
    undone = undo_approvals(numbered.ours, file, now=NOW + timedelta(hours=23), on=numbered.database)
    assert undone.state == "annulé"
    assert statuses(numbered) == [OfferStatus.PUBLISHED] * 2
    with reading(numbered.database) as session:
        assert [found.state for found in session.exec(select(Approval))] == [ApprovalState.GRANTED]
    with pytest.raises(AlreadyDone):
        undo_approvals(numbered.ours, file, now=NOW, on=numbered.database)


def test_undoing_leaves_what_was_changed_since_and_ends_after_its_hours(numbered: Register) -> None:
    file = handed_in(numbered, ours("suspendu"))
    import_approvals(numbered.ours, file, now=NOW, on=numbered.database)
    with pytest.raises(NotPossible):
        undo_approvals(numbered.ours, file, now=NOW + timedelta(hours=25), on=numbered.database)
    since = DecisionInput(state=ApprovalState.WITHDRAWN, since=NOW.date(), reason="Fermeture")
    minute = NOW + timedelta(minutes=1)
    change_approval(numbered.ours, numbered.approval, 0, since, now=minute, on=numbered.database)
    undone = undo_approvals(numbered.ours, file, now=NOW + timedelta(hours=1), on=numbered.database)
    assert "1 gardée" in undone.result
    assert statuses(numbered) == [OfferStatus.SUSPENDED] * 2


def test_undoing_what_was_new_halts_the_offers_it_carried(numbered: Register) -> None:
    file = handed_in(numbered, GOOD)
    import_approvals(numbered.ours, file, now=NOW, on=numbered.database)
    with transaction(numbered.database) as session:
        new = session.exec(select(Establishment).where(Establishment.number == "2000000141")).one()
        offer = session.get_one(Offer, numbered.offers[0])
        offer.establishment_id, offer.company_id = new.id or 0, new.company_id
    undo_approvals(numbered.ours, file, now=NOW, on=numbered.database)
    assert statuses(numbered) == [OfferStatus.SUSPENDED, OfferStatus.PUBLISHED]


def test_a_file_is_its_operators(register: Register) -> None:
    file = handed_in(register, GOOD)
    for deed in (approval_file, import_approvals, undo_approvals):
        with pytest.raises(NotFound):
            deed(register.theirs, file, now=NOW, on=register.database)
        for actor in (register.member, register.coach, None):
            with pytest.raises(Denied):
                deed(actor, file, now=NOW, on=register.database)
    assert approval_files(register.theirs, now=NOW, on=register.database).rows == []
    assert len(approval_files(register.offa, now=NOW, on=register.database).rows) == 1


def test_offa_hands_in_for_an_operator_that_it_names(register: Register) -> None:
    with pytest.raises(InvalidInput):
        handed_in(register, GOOD, actor="offa")
    handed_in(register, GOOD, actor="offa", operator=register.theirs.operator_id or 0)
    assert len(approval_files(register.theirs, now=NOW, on=register.database).rows) == 1


def test_the_template_can_be_read_again(register: Register) -> None:
    content = approvals_template(register.ours, now=NOW, on=register.database)
    assert len(read_sheet(content, COLUMNS).rows) == 1


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"Nom;Prix\nA;1\n", b"PK\x03\x04abc"])
def test_a_file_that_is_none_is_refused_in_words(register: Register, content: bytes) -> None:
    file = hand_in_approvals(register.ours, 0, "x.csv", content, now=NOW, on=register.database)
    shown = approval_file(register.ours, file, now=NOW, on=register.database)
    assert (shown.state, shown.problems[0].line) == ("abandonné", 0)
    assert shown.problems[0].message.endswith(".")
    with pytest.raises(AlreadyDone):
        import_approvals(register.ours, file, now=NOW, on=register.database)


def long_row(number: int) -> list[str]:
    """Two establishments a company, four trades each."""
    numbers = [with_check_digits(5_000_000 + number // 8), with_check_digits(25_000_000 + number // 4)]
    trade = ("Boulangère", "coiffeur", "Mécanicien", "pâtissière")[number % 4]
    return ["accordé", *numbers, f"Maison {number // 8}", "5000", "4", trade, "14/03/2026", ""]


def statements_of(register: Register, deed: Callable[[], object]) -> int:
    """Count what is asked of the database, besides the history's new rows, which SQLite takes one by one."""
    seen: list[str] = []

    def note(*told: Any) -> None:
        seen.append(told[2])

    event.listen(register.database, "before_cursor_execute", note)
    deed()
    event.remove(register.database, "before_cursor_execute", note)
    return sum(not statement.startswith("INSERT INTO approval_change") for statement in seen)


def test_what_a_file_changes_costs_few_statements_and_goes_back_alike(register: Register) -> None:
    rows = [";".join(long_row(number)) for number in range(60)]
    import_approvals(register.ours, handed_in(register, *rows), now=NOW, on=register.database)
    changed = [row.replace("accordé", "suspendu") + "Contrôle" for row in rows]
    file, later = handed_in(register, *changed), NOW + timedelta(hours=1)
    assert statements_of(register, lambda: import_approvals(register.ours, file, now=NOW, on=register.database)) < 50
    assert effects(register) == {ApprovalState.SUSPENDED}
    assert statements_of(register, lambda: undo_approvals(register.ours, file, now=later, on=register.database)) < 50
    assert effects(register) == {ApprovalState.GRANTED}


def effects(register: Register) -> set[ApprovalState]:
    with reading(register.database) as session:
        return {each.state for each in session.exec(select(Approval)) if each.id != register.approval}


def test_five_thousand_rows_are_read_shown_and_imported_within_ten_seconds(tmp_path: Path) -> None:
    database = open_engine(f"sqlite:///{tmp_path / 'big.db'}")
    migrate(database)
    with transaction(database) as session:
        factories.minimal_reference(session)
        staff = factories.a_staff_member(session, factories.an_operator(session).id or 0)
    content = export_workbook("Liste", HEADINGS.split(";"), [long_row(number) for number in range(5_000)])
    begun, busy = perf_counter(), process_time()
    file = hand_in_approvals(staff, 0, "grand.xlsx", content, now=NOW, on=database)
    shown = approval_file(staff, file, now=NOW, on=database)
    done = import_approvals(staff, file, now=NOW, on=database)
    took, worked = perf_counter() - begun, process_time() - busy
    print(f"5,000 rows in {took:.1f} s, {worked:.1f} s of work")
    assert (shown.refused, shown.added, done.result) == (0, 5_000, "5000 décisions notées")
    assert worked < 8  # of the processor, with a margin: others may keep this machine busy
    database.dispose()
