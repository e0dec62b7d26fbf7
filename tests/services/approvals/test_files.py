"""Files of agréments: problems by line and column, one transaction, undone within the hours in force."""

from datetime import timedelta

import pytest
from sqlmodel import select

from stageplus.db.engine import reading, transaction
from stageplus.domain.approvals import ApprovalState
from stageplus.domain.errors import AlreadyDone, Denied, InvalidInput, NotFound, NotPossible
from stageplus.domain.identifiers import with_check_digits
from stageplus.domain.offers import OfferStatus
from stageplus.models import Approval, ApprovalRecord, Company, Establishment, Offer
from stageplus.services.approvals.actions import change_approval, hand_in_approvals, import_approvals, undo_approvals
from stageplus.services.approvals.columns import COLUMNS
from stageplus.services.approvals.queries import approval_file, approval_files, approvals_template
from stageplus.services.approvals.schemas import DecisionInput
from stageplus.services.spreadsheets.queries import read_sheet
from tests.factories import NOW
from tests.services.approvals.test_recording import Register, register, statuses

__all__ = ["register"]
HEADINGS = "Statut;BCE;Numéro d’unité d’établissement;Entreprise;CP;Travailleurs;Métier;Date;Motif"
GOOD = "accordé;0400.000.185;2.000.000.141;Zéphyr;5000;4;Boulangère;14/03/2026;"


@pytest.fixture
def numbered(register: Register) -> Register:
    """Give the bakery of the register numbers that a file may name."""
    with transaction(register.database) as session:
        house = session.get_one(Establishment, session.get_one(Approval, register.approval).establishment_id)
        house.number = with_check_digits(20_000_009)
        session.get_one(Company, house.company_id).enterprise_number = with_check_digits(4_000_009)
    return register


def ours(state: str, reason: str = "Contrôle") -> str:
    numbers = f"{with_check_digits(4_000_009)};{with_check_digits(20_000_009)}"
    return f"{state};{numbers};Maison;5000;5;boulanger;20/11/2026;{reason}"


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


def test_problems_are_told_by_line_and_column_as_the_file_spells_it(register: Register) -> None:
    file = handed_in(
        register,
        GOOD,
        GOOD,
        GOOD.replace("2.000.000.141", "2.000.000.142"),
        GOOD.replace("Boulangère", "Alchimiste"),
        GOOD.replace("accordé", "peut-être"),
        GOOD.replace("14/03/2026", "hier"),
        GOOD.replace("5000", "9999"),
        GOOD.replace("accordé", "suspendu"),
        GOOD.replace("Zéphyr", ""),
    )
    shown = approval_file(register.ours, file, now=NOW, on=register.database)
    found = [(problem.line, problem.column) for problem in shown.problems]
    assert found == [
        (3, "Métier"),
        (4, "Numéro d’unité d’établissement"),
        (5, "Métier"),
        (6, "Statut"),
        (7, "Date"),
        (8, "CP"),
        (9, "Motif"),
        (10, "Entreprise"),
    ]
    assert (shown.added, shown.refused) == (1, 8)


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
    stolen = ours("accordé").replace(with_check_digits(4_000_009), "0400000185")
    file = handed_in(numbered, GOOD, stolen)
    with pytest.raises(InvalidInput) as refused:
        import_approvals(numbered.ours, file, now=NOW, on=numbered.database)
    assert refused.value.fields["form"].startswith("Ligne 3 : ")
    with reading(numbered.database) as session:
        assert len(session.exec(select(ApprovalRecord)).all()) == 1


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
