"""A roster is judged row by row, shown before anything happens, imported whole, and undone exactly."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter, process_time

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from stageplus.db.engine import open_engine, transaction
from stageplus.db.revisions import migrate
from stageplus.domain.actors import Actor
from stageplus.domain.errors import AlreadyDone, NotFound, NotPossible
from stageplus.domain.refusals import LaterImport
from stageplus.models import Enrolment, EnrolmentState, Learner, Person, RosterChange, RosterImport
from stageplus.services.enrolment.actions import drop_import, forget_rosters, hand_in_roster, import_roster, undo_import
from stageplus.services.enrolment.queries import import_preview, import_problems, roster_imports, roster_template
from stageplus.services.enrolment.schemas import ConfirmInput, ImportPreview
from stageplus.services.spreadsheets.actions import export_workbook
from stageplus.texts import _
from tests import factories
from tests.factories import NOW
from tests.services.enrolment.conftest import ADA, BOB, HEADINGS, School

DAY = timedelta(days=1)
BROKEN = {
    ";Essai;Ada;14/03/2009;;5000;Boulangère;1;lundi;": ("Matricule", "vide"),
    f"{'R' * 41};Essai;Ada;14/03/2009;;5000;Boulangère;1;lundi;": ("Matricule", "trop long"),
    "09.03.14-123-45;Essai;Ada;14/03/2009;;5000;Boulangère;1;lundi;": ("Matricule", "NISS"),
    "B1;;Ada;14/03/2009;;5000;Boulangère;1;lundi;": ("Nom", "vide"),
    "B2;Essai 2;Ada;14/03/2009;;5000;Boulangère;1;lundi;": ("Nom", "chiffre"),
    "B3;Essai;;14/03/2009;;5000;Boulangère;1;lundi;": ("Prénom", "vide"),
    "B4;Essai;---;14/03/2009;;5000;Boulangère;1;lundi;": ("Prénom", "une lettre"),
    f"B5;Essai;{'a' * 81};14/03/2009;;5000;Boulangère;1;lundi;": ("Prénom", "trop long"),
    "B6;Essai;Ada;;;5000;Boulangère;1;lundi;": ("Né le", "vide"),
    "B7;Essai;Ada;31/02/2009;;5000;Boulangère;1;lundi;": ("Né le", "n’est pas une date"),
    "B8;Essai;Ada;14/03/2090;;5000;Boulangère;1;lundi;": ("Né le", "dans le futur"),
    "B9;Essai;Ada;14/03/1809;;5000;Boulangère;1;lundi;": ("Né le", "trop ancienne"),
    "B10;Essai;Ada;14/03/2009;ada@;5000;Boulangère;1;lundi;": ("E-mail", "adresse e-mail"),
    "B11;Essai;Ada;14/03/2009;;;Boulangère;1;lundi;": ("CP", "vide"),
    "B12;Essai;Ada;14/03/2009;;75001;Boulangère;1;lundi;": ("CP", "quatre chiffres"),
    "B13;Essai;Ada;14/03/2009;;9999;Boulangère;1;lundi;": ("CP", "9999 n’est pas un code postal"),
    "B14;Essai;Ada;14/03/2009;;5000;;1;lundi;": ("Métier", "vide"),
    "B15;Essai;Ada;14/03/2009;;5000;Boulangger;1;lundi;": ("Métier", _("Peut-être « Boulangère / Boulanger »")),
    "B16;Essai;Ada;14/03/2009;;5000;Astronaute;1;lundi;": ("Métier", "n’est pas connu"),
    "B17;Essai;Ada;14/03/2009;;5000;Boulangère;première;lundi;": ("Année", "nombre entier"),
    "B18;Essai;Ada;14/03/2009;;5000;Boulangère;12;lundi;": ("Année", "de 1 à 7"),
    "B19;Essai;Ada;14/03/2009;;5000;Boulangère;1;;": ("Jours en entreprise", "vide"),
    "B20;Essai;Ada;14/03/2009;;5000;Boulangère;1;demain;": ("Jours en entreprise", "écrivez des jours"),
    f"B21;Essai;Ada;14/03/2009;;5000;Boulangère;1;lundi;{'i' * 121}": ("Implantation", "trop long"),
}
"""A broken row, its column and what is said of it."""


def long_row(number: int) -> list[str]:
    trade = ("Boulangère", "coiffeur", "Mécanicien", "pâtissière")[number % 4]
    return [f"R{number}", "Essai", "Ada", "14/03/2009", "", "5000", trade, "1", "lundi au jeudi", "Namur"]


def preview(school: School, *lines: str, by: Actor | None = None) -> ImportPreview:
    import_id = school.hand_in(*lines, by=by)
    return import_preview(by or school.staff, import_id, now=NOW, on=school.database)


def undone(school: School, import_id: int, after: timedelta = timedelta(hours=1)) -> int:
    return undo_import(school.staff, import_id, now=NOW + after, on=school.database).kept


def dump(school: School) -> list[dict[str, object]]:
    return [each.model_dump() for each in school.enrolments().values()]


@pytest.mark.parametrize("row", BROKEN)
def test_each_kind_of_slip_is_named_by_row_and_column(school: School, row: str) -> None:
    column, words = BROKEN[row]
    shown = preview(school, ADA, row)
    assert [(each.line, each.column) for each in shown.problems] == [(3, column)]
    assert words in shown.problems[0].message
    assert (shown.added, shown.refused) == (1, 1)


def test_two_hundred_broken_rows_are_each_named_and_none_is_imported(school: School) -> None:
    kinds = list(BROKEN.items())[3:23]  # those with a reference of their own
    lines = [kinds[number % 20][0].replace("B", f"L{number}B", 1) for number in range(200)]
    import_id = school.hand_in(ADA, *lines)
    shown = import_preview(school.staff, import_id, now=NOW, on=school.database)
    assert [(each.line, each.column) for each in shown.problems] == [
        (number + 3, kinds[number % 20][1][0]) for number in range(200)
    ]
    assert school.enrolments() == {}
    report = import_problems(school.staff, import_id, now=NOW, on=school.database).decode("utf-8-sig")
    assert len(report.splitlines()) == 201
    result = import_roster(school.staff, import_id, ConfirmInput(), now=NOW, on=school.database)
    assert (result.added, list(school.enrolments())) == (1, ["A1"])


def test_a_reference_that_is_there_twice_is_refused_on_both_lines(school: School) -> None:
    shown = preview(school, ADA, BOB, ADA.replace("Ada", "Zoé"))
    assert [(each.line, each.column) for each in shown.problems] == [(2, "Matricule"), (4, "Matricule")]
    assert shown.added == 1


def test_an_unusual_age_and_a_shared_address_are_said_and_let_through(school: School) -> None:
    shown = preview(school, ADA.replace("2009", "1980"), BOB.replace(";;", ";ada@exemple.test;", 1))
    assert [(each.column, each.is_warning) for each in shown.warnings] == [("Né le", True), ("E-mail", True)]
    assert (shown.added, shown.refused) == (2, 0)


def test_looking_enrols_nobody_and_confirming_enrols_everybody(school: School) -> None:
    shown = preview(school, ADA, BOB)
    assert (shown.added, shown.changed, shown.new_implantations) == (2, 0, "Namur, Liège")
    assert shown.added_lines[0].words == "Boulangère / Boulanger · année 1 · lundi, mardi, mercredi et jeudi"
    assert school.enrolments() == {}
    school.take(ADA, BOB)
    bob = school.enrolments()["A2"]
    assert (bob.trade_code, bob.year, bob.company_days) == ("coiffeur", 2, 0b10110)
    assert (bob.birth_date, bob.municipality_ins, bob.state) == (date(2008, 10, 2), "62063", EnrolmentState.ACTIVE)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Boulangère", "boulanger"),
        ("BOULANGER", "boulanger"),
        ("boulanger/boulangère", "boulanger"),
        ("Boulanger(ère)", "boulanger"),
        ("boulangerie", "boulanger"),
        ("mécano", "mecanicien"),
        ("Mécanicien·ne", "mecanicien"),
        ("Pâtissier", "patissier"),
    ],
)
def test_a_trade_is_known_in_both_genders_and_by_everyday_words(school: School, typed: str, code: str) -> None:
    school.take(ADA.replace("Boulangère", typed))
    assert school.enrolments()["A1"].trade_code == code


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("lundi", 0b1),
        ("Lu, Ma et Me", 0b111),
        ("du lundi au jeudi", 0b1111),
        ("mercredi à vendredi", 0b11100),
        ("lundis mardis", 0b11),
        ("sam dim", 0b1100000),
    ],
)
def test_days_are_read_as_people_write_them(school: School, typed: str, days: int) -> None:
    school.take(ADA.replace("lundi au jeudi", typed))
    assert school.enrolments()["A1"].company_days == days


def test_the_same_file_again_changes_nothing(school: School) -> None:
    school.take(ADA, BOB)
    before = dump(school)
    again = school.take(BOB, ADA, now=NOW + DAY)
    assert (again.added, again.changed, again.unchanged, again.ended) == (0, 0, 2, 0)
    assert dump(school) == before


def test_a_changed_row_shows_old_and_new(school: School) -> None:
    school.take(ADA, BOB)
    shown = preview(school, ADA.replace("Boulangère;1", "coiffeuse;2"), BOB)
    assert (shown.added, shown.changed, shown.unchanged) == (0, 1, 1)
    assert shown.changed_lines[0].words == "Métier : Boulangère / Boulanger → Coiffeuse / Coiffeur · Année : 1 → 2"


def test_an_empty_address_takes_none_away(school: School) -> None:
    school.take(ADA)
    school.take(ADA.replace("ada@exemple.test", ""))
    assert school.enrolments()["A1"].email == "ada@exemple.test"


def test_who_is_absent_is_proposed_and_ended_only_when_ticked(school: School) -> None:
    school.take(ADA, BOB)
    shown = preview(school, ADA)
    assert [line.reference for line in shown.absent_lines] == ["A2"]
    school.take(ADA)
    assert school.enrolments()["A2"].state is EnrolmentState.ACTIVE
    result = school.take(ADA, ended=[str(school.enrolments()["A2"].id)])
    bob = school.enrolments()["A2"]
    assert (result.ended, bob.state, bob.ended_on) == (1, EnrolmentState.ENDED, NOW.date())


def test_a_preview_says_how_many_lines_it_leaves_out(school: School) -> None:
    rows = [ADA.replace("A1", f"A{number}").replace("ada@", f"ada{number}@") for number in range(302)]
    shown = preview(school, *rows)
    assert (len(shown.added_lines), shown.added) == (300, 302)
    assert shown.added_cut == "Les 300 premières lignes sur 302" and shown.changed_cut == ""
    school.take(*rows)
    shown = preview(school, BOB.replace("A2", "B2"))
    assert (shown.absent_cut, shown.added_cut, shown.problems_cut) == ("Les 300 premières lignes sur 302", "", "")


def test_who_is_on_a_broken_row_is_not_absent(school: School) -> None:
    school.take(ADA, BOB)
    assert preview(school, ADA, BOB.replace("4000", "x")).absent_lines == []


def test_ticking_somebody_of_another_operator_ends_nobody(school: School) -> None:
    with transaction(school.database) as session:
        stranger = factories.an_enrolment(session)
    school.take(ADA, ended=[str(stranger.id)], all_absent="oui")
    assert school.enrolments()[stranger.reference].state is EnrolmentState.ACTIVE


def test_who_comes_back_is_enrolled_again(school: School) -> None:
    school.take(ADA, BOB)
    school.take(ADA, all_absent="oui")
    assert "reprend" in preview(school, ADA, BOB).changed_lines[0].words
    school.take(ADA, BOB)
    assert school.enrolments()["A2"].ended_on is None


def test_an_account_follows_its_roster(school: School) -> None:
    school.take(ADA)
    with transaction(school.database) as session:
        enrolment = session.exec(select(Enrolment)).one()
        person = factories.a_person(session, factories.Role.LEARNER, first_name="Ada", last_name="Surnom")
        operator = session.get(factories.Operator, school.operator_id)
        learner = factories.a_learner(session, operator, person_id=person.id, operator_reference="A1")
        enrolment.learner_id = learner.id
    school.take(ADA.replace("Essai;Ada", "Nouveau;Adèle").replace("Boulangère;1", "coiffeuse;2"))
    with Session(school.database) as session:
        learner, person = session.exec(select(Learner, Person).join(Person)).one()
    assert (learner.trade_code, learner.year, learner.enrolment_ended_on) == ("coiffeur", 2, None)
    assert (person.first_name, person.last_name) == ("Adèle", "Surnom")  # the name she chose herself stays
    result = school.take(BOB, all_absent="oui")
    with Session(school.database) as session:
        assert session.exec(select(Learner)).one().enrolment_ended_on == NOW.date()
    undone(school, result.import_id)
    with Session(school.database) as session:
        assert session.exec(select(Learner)).one().enrolment_ended_on is None


def test_undoing_brings_back_exactly_what_was(school: School) -> None:
    school.take(ADA, BOB)
    before = dump(school)
    other = BOB.replace("A2", "A3")
    result = school.take(ADA.replace("5000", "7000"), other, all_absent="oui", now=NOW + DAY)
    assert dump(school) != before
    assert undone(school, result.import_id, DAY + timedelta(hours=1)) == 0
    assert dump(school) == before


def test_imports_are_undone_one_after_the_other(school: School) -> None:
    first = school.take(ADA)
    before = dump(school)
    second = school.take(ADA.replace("5000", "7000"), now=NOW + timedelta(minutes=5))
    with pytest.raises(LaterImport):
        undone(school, first.import_id)
    assert undone(school, second.import_id) == 0
    assert dump(school) == before
    assert undone(school, first.import_id) == 0
    assert dump(school) == []


def test_undoing_leaves_who_was_activated_meanwhile(school: School) -> None:
    result = school.take(ADA, BOB)
    with transaction(school.database) as session:
        operator = session.get(factories.Operator, school.operator_id)
        learner = factories.a_learner(session, operator, operator_reference="A1")
        session.exec(select(Enrolment).where(Enrolment.reference == "A1")).one().learner_id = learner.id
    assert undone(school, result.import_id) == 1
    assert list(school.enrolments()) == ["A1"]


def test_undoing_ends_after_the_hours_in_force(school: School) -> None:
    result = school.take(ADA)
    with pytest.raises(NotPossible):
        undone(school, result.import_id, timedelta(hours=24, seconds=1))
    assert undone(school, result.import_id, timedelta(hours=24)) == 0


def test_what_was_done_is_not_done_twice(school: School) -> None:
    import_id = school.hand_in(ADA)
    import_roster(school.staff, import_id, ConfirmInput(), now=NOW, on=school.database)
    with pytest.raises(AlreadyDone):
        import_roster(school.staff, import_id, ConfirmInput(), now=NOW, on=school.database)
    with pytest.raises(AlreadyDone):
        drop_import(school.staff, import_id, now=NOW, on=school.database)
    undone(school, import_id)
    with pytest.raises(AlreadyDone):
        undone(school, import_id)


def test_a_file_that_cannot_be_read_is_in_the_history_with_the_reason(school: School) -> None:
    import_id = school.hand_in("x", headings="bonjour")
    shown = import_preview(school.staff, import_id, now=NOW, on=school.database)
    assert (shown.state, "Aucun titre" in shown.refusal) == ("abandonné", True)
    assert roster_imports(school.staff, now=NOW, on=school.database).rows[0].state == "Pas importé"


def test_columns_that_nobody_knows_are_named(school: School) -> None:
    import_id = school.hand_in(f"{ADA};x", headings=f"{HEADINGS};NISS")
    assert import_preview(school.staff, import_id, now=NOW, on=school.database).unknown_columns == "NISS"


def test_restricted_staff_imports_its_own_implantation_only(school: School, restricted: Callable[[str], Actor]) -> None:
    school.take(ADA, BOB)
    colleague = restricted("Namur")
    shown = preview(school, ADA.replace("5000", "7000"), BOB.replace("4000", "7000"), by=colleague)
    assert (shown.changed, [each.reference for each in shown.problems]) == (1, ["A2"])
    report = import_problems(colleague, shown.import_id, now=NOW, on=school.database).decode("utf-8-sig")
    assert [line.split(";")[2] for line in report.splitlines()[1:]] == ["A2"]
    new = BOB.replace("A2", "A9").replace("Liège", "")
    school.take(ADA, new, by=colleague, all_absent="oui")
    found = school.enrolments()
    assert found["A9"].implantation_id == found["A1"].implantation_id
    assert found["A2"].state is EnrolmentState.ACTIVE


def test_restricted_staff_sees_its_own_files_only(school: School, restricted: Callable[[str], Actor]) -> None:
    import_id = school.take(ADA).import_id
    colleague = restricted("Namur")
    assert roster_imports(colleague, now=NOW, on=school.database).rows == []
    with pytest.raises(NotFound):
        import_preview(colleague, import_id, now=NOW, on=school.database)


def test_what_files_said_is_forgotten_when_it_is_of_no_use(school: School) -> None:
    waiting, done = school.hand_in(BOB), school.take(ADA).import_id
    school.take(ADA.replace("5000", "7000"))
    assert forget_rosters(now=NOW + timedelta(hours=23), on=school.database) == 0
    assert forget_rosters(now=NOW + 2 * DAY, on=school.database) == 3
    assert forget_rosters(now=NOW + 2 * DAY, on=school.database) == 0
    with Session(school.database) as session:
        files = session.exec(select(RosterImport)).all()
        assert {each.rows for each in files} | {each.problems for each in files} == {"[]"}
        assert {each.before for each in session.exec(select(RosterChange))} == {""}
        assert session.get_one(RosterImport, waiting).state.value == "abandonné"
    assert done


def test_the_template_imports_as_it_is(school: School) -> None:
    content = roster_template(school.staff, now=NOW, on=school.database)
    import_id = hand_in_roster(school.staff, "modele.xlsx", content, now=NOW, on=school.database)
    shown = import_preview(school.staff, import_id, now=NOW, on=school.database)
    assert (shown.added, shown.problems) == (1, [])


def test_five_thousand_rows_are_read_shown_and_imported_within_ten_seconds(tmp_path: Path) -> None:
    database = open_engine(f"sqlite:///{tmp_path / 'big.db'}")
    migrate(database)
    with transaction(database) as session:
        factories.minimal_reference(session)
        operator = factories.an_operator(session)
        staff = factories.a_staff_member(session, operator.id or 0)
    content = export_workbook("Liste", HEADINGS.split(";"), [long_row(number) for number in range(5_000)])
    begun, busy = perf_counter(), process_time()
    import_id = hand_in_roster(staff, "grande.xlsx", content, now=NOW, on=database)
    shown = import_preview(staff, import_id, now=NOW, on=database)
    result = import_roster(staff, import_id, ConfirmInput(), now=NOW, on=database)
    took, worked = perf_counter() - begun, process_time() - busy
    print(f"5,000 rows in {took:.1f} s, {worked:.1f} s of work")
    assert (shown.refused, shown.added, result.added) == (0, 5_000, 5_000)
    assert worked < 8  # of the processor, with a margin: others may keep this machine busy
    database.dispose()


def test_a_database_keeps_one_enrolment_per_reference(database: Engine) -> None:
    with transaction(database) as session:
        factories.minimal_reference(session)
        operator = factories.an_operator(session)
        factories.an_enrolment(session, operator, reference="X")
    with pytest.raises(Exception, match=r"(?i)unique"), transaction(database) as session:
        factories.an_enrolment(session, operator, reference="X")
