"""A spreadsheet is read as people really make it, and refused kindly when it cannot be."""

from contextlib import suppress
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from stageplus.domain.errors import InvalidInput
from stageplus.services.spreadsheets.actions import export_csv, export_workbook, neutral, template_workbook
from stageplus.services.spreadsheets.queries import read_day, read_number, read_sheet
from stageplus.services.spreadsheets.schemas import MOST_BYTES, MOST_ROWS, Column

COLUMNS = (
    Column("reference", "Référence", ("matricule", "n° d’élève"), example="A-1", explanation="La vôtre"),
    Column("name", "Nom", ("nom de famille",), example="Fictif"),
    Column("born", "Date de naissance", ("né le", "naissance"), example="14/03/2008"),
    Column("email", "Adresse e-mail", ("courriel", "mail"), required=False),
)
TODAY = date(2026, 11, 25)
CSV = "Référence;Nom;Date de naissance\nA1;Ébène;14/03/2008\n"
ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3"><office:body><office:spreadsheet>
<table:table table:name="Feuille1">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"""
ODS_MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>
</manifest:manifest>"""


def rows_of(content: bytes) -> list[dict[str, str]]:
    return [dict(row.cells) for row in read_sheet(content, COLUMNS).rows]


def refusal_of(content: bytes) -> str:
    with pytest.raises(InvalidInput) as refused:
        read_sheet(content, COLUMNS)
    return refused.value.fields["file"]


def xlsx(*rows: tuple[object, ...], name: str = "Feuille1", **options: object) -> bytes:
    content = BytesIO()
    with Workbook(content, {"in_memory": True, **options}) as book:
        days = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet(name)
        for line, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(line, place, cell, days)
                else:
                    sheet.write(line, place, cell)
    return content.getvalue()


def ods(rows: str) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", ODS_MANIFEST)
        archive.writestr("content.xml", ODS.format(rows=rows))
    return content.getvalue()


def ods_row(*cells: str, repeated: int = 1) -> str:
    inside = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in cells
    )
    return f'<table:table-row table:number-rows-repeated="{repeated}">{inside}</table:table-row>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_csv_file_is_read_whatever_its_encoding_and_separator(encoding: str, separator: str) -> None:
    content = CSV.replace(";", separator).encode(encoding)
    assert rows_of(content) == [{"reference": "A1", "name": "Ébène", "born": "14/03/2008"}]


def test_a_separator_is_chosen_by_what_cuts_lines_alike() -> None:
    content = "Matricule;Nom;Né le\nA1;Un, deux, trois, quatre;1/2/2008\nA2;Cinq, six;1/2/2008\n".encode()
    assert rows_of(content)[0]["name"] == "Un, deux, trois, quatre"


def test_excel_may_name_its_separator_in_the_first_line() -> None:
    sheet = read_sheet(b"sep=,\r\nmatricule,nom,naissance\r\nA1,Fictif,2008-03-14\r\n", COLUMNS)
    assert (sheet.rows[0].line, sheet.rows[0].cells["name"]) == (3, "Fictif")


@pytest.mark.parametrize(
    "heading",
    ["REFERENCE", "  référence ", "Reference*", "Matricule", "N° élève", "référence (obligatoire)", "La référence"],
)
def test_a_heading_is_known_in_any_spelling(heading: str) -> None:
    content = f"Né le;{heading};NOM DE FAMILLE\n1/2/2008;A1;Fictif\n".encode()
    assert rows_of(content) == [{"reference": "A1", "name": "Fictif", "born": "1/2/2008"}]


def test_lines_above_the_headings_and_empty_lines_are_passed_over_and_still_counted() -> None:
    content = "Liste 2026\n\nNom;Référence;Naissance\n\nFictif;A1;1/2/2008\n;;\nModèle;A2;1/2/2008".encode()
    sheet = read_sheet(content, COLUMNS)
    assert [(row.line, row.cells["reference"]) for row in sheet.rows] == [(5, "A1"), (7, "A2")]


def test_a_cell_with_a_line_break_does_not_shift_the_numbers_of_lines() -> None:
    sheet = read_sheet(b'Nom;Matricule;Naissance\n"a\nb";A1;x\nc;A2;x\n', COLUMNS)
    assert [(row.line, row.cells["name"]) for row in sheet.rows] == [(2, "a b"), (4, "c")]


def test_unknown_columns_are_named_and_left_out() -> None:
    sheet = read_sheet(b"Nom;Matricule;Naissance;NISS\nF;A1;x;00\n", COLUMNS)
    assert sheet.unknown == ("NISS",)
    assert "00" not in sheet.rows[0].cells.values()
    assert sheet.headings["reference"] == "Matricule"


def test_an_xlsx_file_gives_dates_numbers_and_cached_results_as_texts() -> None:
    content = xlsx(
        ("Nom", "Référence", "Date de naissance", "Mail"),
        ("Fictif", 20260012.0, date(2008, 3, 14), True),
        ("B", 1.5, "x"),
    )
    first, second = rows_of(content)
    assert first == {"reference": "20260012", "name": "Fictif", "born": "2008-03-14", "email": "oui"}
    assert second["reference"] == "1.5"


def test_the_sheet_with_most_known_headings_is_read_and_hidden_ones_are_not() -> None:
    content = BytesIO()
    with Workbook(content) as book:
        book.add_worksheet("Lisez-moi").write(0, 0, "Bonjour")
        hidden = book.add_worksheet("Cachée")
        hidden.write_row(0, 0, ["Référence", "Nom", "Naissance", "Mail"])
        hidden.hide()
        book.add_worksheet("Liste").write_row(0, 0, ["Référence", "Nom", "Naissance"])
        book.get_worksheet_by_name("Liste").write_row(1, 0, ["A1", "F", "x"])
    assert read_sheet(content.getvalue(), COLUMNS).name == "Liste"


def test_an_ods_file_is_read_with_the_empty_rows_that_libreoffice_repeats() -> None:
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    tail = f'<table:table-row table:number-rows-repeated="1048000">{empty}</table:table-row>'
    content = ods(ods_row("Nom", "Référence", "Naissance") + ods_row("Fictif", "A1", "14/03/2008") + tail)
    assert rows_of(content) == [{"reference": "A1", "name": "Fictif", "born": "14/03/2008"}]


def test_our_template_is_readable_by_our_own_reader() -> None:
    content = template_workbook("Apprenants", COLUMNS, ["Une ligne par personne."])
    sheet = read_sheet(content, COLUMNS)
    assert (sheet.name, sheet.rows[0].cells["born"]) == ("Apprenants", "14/03/2008")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "est vide"),
        (b"\r\n  \r\n", "est vide"),
        (b"x" * (MOST_BYTES + 1), "trop lourd"),
        (b"\xd0\xcf\x11\xe0" + b"a" * 600, "ancien Excel"),
        (b"%PDF-1.7\x00\x01binary", "pas un tableau"),
        (b"PK\x03\x04 not an archive", "abîmé"),
        (b"bonjour", "Aucun titre de colonne"),
        (b"Nom;Mail\nA;b\n", "« Référence », « Date de naissance »"),
        (b"Nom;Matricule;Naissance\n;;\n", "aucune ligne"),
        (b"Nom;Matricule;Naissance\n" + b"a;b;c\n" * (MOST_ROWS + 1), "trop grand"),
        (b"Nom;Matricule;Naissance\n" + b"\n" * 200_000, "trop grand"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_in_french(content: bytes, words: str) -> None:
    assert words in refusal_of(content)


def test_the_most_rows_we_say_are_read() -> None:
    assert len(read_sheet(b"Nom;Matricule;Naissance\n" + b"a;b;c\n" * MOST_ROWS, COLUMNS).rows) == MOST_ROWS


def test_an_archive_that_swells_is_refused_before_it_does() -> None:
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<a>" + b" " * 200_000_000 + b"</a>")
    assert len(content.getvalue()) < 1_000_000
    assert "trop grand" in refusal_of(content.getvalue())


@pytest.mark.parametrize("place", [(1_048_575, 0), (0, 16_383), (1_048_575, 16_383)])
def test_one_value_at_the_far_end_of_a_sheet_is_refused(place: tuple[int, int]) -> None:
    content = BytesIO()
    with Workbook(content) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Nom", "Matricule", "Naissance"])
        sheet.write(*place, "loin")
    assert "trop grand" in refusal_of(content.getvalue())


def test_rows_repeated_a_million_times_are_refused() -> None:
    content = ods(ods_row("Nom", "Référence", "Naissance") + ods_row("a", "b", "c", repeated=1_000_000))
    assert "trop grand" in refusal_of(content)


def test_declared_entities_are_refused() -> None:
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        archive.writestr("content.xml", '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>')
    assert "abîmé" in refusal_of(content.getvalue())


def test_an_archive_of_something_else_is_no_spreadsheet() -> None:
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        archive.writestr("photo.txt", "bonjour")
    assert "tableau lisible" in refusal_of(content.getvalue())


@given(st.binary(max_size=400))
def test_no_bytes_make_it_fail_otherwise(noise: bytes) -> None:
    for content in (noise, b"PK\x03\x04" + noise, b"Nom;Matricule;Naissance\n" + noise):
        with suppress(InvalidInput):
            read_sheet(content, COLUMNS)


@pytest.mark.parametrize(
    "text",
    [
        "14/03/2008",
        "14-3-08",
        "14.03.2008",
        "14 / 3 / 2008",
        "2008-03-14",
        "2008-03-14 00:00:00",
        "14 mars 2008",
        "39521",
    ],
)
def test_a_day_is_read_as_people_write_it(text: str) -> None:
    assert read_day(text, TODAY) == date(2008, 3, 14)


@pytest.mark.parametrize(
    ("text", "day"), [("1er février 2009", date(2009, 2, 1)), ("5 août 99", None), ("3/4/99", date(1999, 4, 3))]
)
def test_months_in_words_and_years_of_two_digits(text: str, day: date | None) -> None:
    if day:
        assert read_day(text, TODAY) == day
    else:
        with pytest.raises(ValueError, match="n’est pas une date"):
            read_day(text, TODAY)


@pytest.mark.parametrize("text", ["31/02/2008", "2008", "demain", "", "03/14/2008", "0000-01-01", "14/03/20088"])
def test_what_is_no_day_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="14/03/2008"):
        read_day(text, TODAY)


@pytest.mark.parametrize(
    ("text", "words"), [("deux", "nombre entier"), ("1,5", "nombre entier"), ("9", "de 1 à 7"), ("²", "entier")]
)
def test_what_is_no_number_is_refused(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_number(text, 1, 7)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_export_holds_a_cell_that_a_program_takes_for_a_formula(start: str) -> None:
    cell = f"{start}cmd|' /C calc'!A0"
    assert neutral(cell).startswith("'")
    assert f";'{start}".encode() in export_csv(["a", "b"], [["x", cell]]) or start in "\t\r"
    with ZipFile(BytesIO(export_workbook("Feuille", ["a"], [[cell]]))) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_an_export_read_again_is_what_it_was() -> None:
    content = export_csv(["Référence", "Nom", "Naissance"], [["-1", "=Nom", "1/2/2008"]])
    assert rows_of(content) == [{"reference": "-1", "name": "=Nom", "born": "1/2/2008"}]
