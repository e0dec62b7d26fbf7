"""Trades and the words that people type for them are right."""

import re
from collections import Counter
from collections.abc import Callable

import pytest

Row = dict[str, str]
Reader = Callable[[str], list[Row]]
Folder = Callable[[str], str]

WITHOUT_AGE_LIMIT = {
    "Parqueteur",
    "Ferronnier d'art",
    "Modeleur sur bois",
    "Scieur et débiteur de bois",
    "Maraîcher",
    "Pépiniériste",
    "Arboriculteur fruitier",
    "Sylviculteur",
    "Éleveur de chevaux",
    "Entraîneur de chevaux galopeurs",
    "Expéditeur-agent en douane",
    "Potier-céramiste",
    "Luthier",
    "Facteur d'orgue",
    "Accordeur-réparateur de piano",
    "Taxidermiste",
}


def test_every_trade_has_both_forms_and_its_own_names(rows_of: Reader, folded: Folder) -> None:
    trades = rows_of("trades")
    for form in ("name_m", "name_f"):
        assert len({folded(row[form]) for row in trades}) == len(trades)
    for row in trades:
        assert row["name_m"][0].isupper() and row["name_f"][0].isupper(), row
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["code"]), row


@pytest.mark.parametrize(
    ("masculine", "feminine"),
    [
        ("Coiffeur", "Coiffeuse"),
        ("Maçon", "Maçonne"),
        ("Boulanger-pâtissier", "Boulangère-pâtissière"),
        ("Électricien installateur", "Électricienne installatrice"),
        ("Sculpteur", "Sculptrice"),
        ("Maréchal-ferrant", "Maréchale-ferrante"),
        ("Ébéniste", "Ébéniste"),
        ("Barbier", "Barbière"),
        ("Aide familial", "Aide familiale"),
    ],
)
def test_feminine_forms_follow_french_usage(rows_of: Reader, masculine: str, feminine: str) -> None:
    (found,) = [row for row in rows_of("trades") if row["name_m"] == masculine]
    assert found["name_f"] == feminine


@pytest.mark.parametrize(
    ("masculine", "feminine"),
    [
        ("eur", ("euse", "rice")),
        ("ier", ("ière",)),
        ("ien", ("ienne",)),
        ("on", ("onne",)),
        ("é", ("ée",)),
        ("ant", ("ante",)),
        ("ent", ("ente",)),
    ],
)
def test_regular_endings_are_feminised(rows_of: Reader, masculine: str, feminine: tuple[str, ...]) -> None:
    first_words = [(row["name_m"].split()[0], row["name_f"].split()[0]) for row in rows_of("trades")]
    concerned = [pair for pair in first_words if pair[0].endswith(masculine)]
    assert concerned
    assert [pair for pair in concerned if not pair[1].endswith(feminine)] == []


def test_exactly_the_sixteen_listed_trades_have_no_age_limit(rows_of: Reader) -> None:
    trades = rows_of("trades")
    assert {row["no_age_limit"] for row in trades} == {"true", "false"}
    assert {row["name_m"] for row in trades if row["no_age_limit"] == "true"} == WITHOUT_AGE_LIMIT


def test_every_trade_says_whether_it_is_attested(rows_of: Reader) -> None:
    assert {row["status"] for row in rows_of("trades")} == {"attesté", "à valider"}


def test_every_sector_has_trades_and_eight_have_a_coach(rows_of: Reader) -> None:
    sectors = rows_of("sectors")
    assert {row["sector_code"] for row in rows_of("trades")} == {row["code"] for row in sectors}
    assert {row["has_coach"] for row in sectors} == {"true", "false"}
    assert sum(row["has_coach"] == "true" for row in sectors) >= 8


def test_every_trade_has_at_least_three_words(rows_of: Reader) -> None:
    counted = Counter(row["trade_code"] for row in rows_of("trade_words"))
    assert [row["code"] for row in rows_of("trades") if counted[row["code"]] < 3] == []


def test_words_are_of_a_known_kind_and_each_kind_is_used(rows_of: Reader) -> None:
    assert {row["kind"] for row in rows_of("trade_words")} == {"synonym", "everyday", "tool", "misspelling"}


def test_no_word_is_given_twice_or_repeats_the_name_of_its_trade(rows_of: Reader, folded: Folder) -> None:
    names = {row["code"]: {folded(row["name_m"]), folded(row["name_f"])} for row in rows_of("trades")}
    words = [(row["trade_code"], folded(row["word"])) for row in rows_of("trade_words")]
    assert [word for word, times in Counter(words).items() if times > 1] == []
    assert [word for word in words if word[1] in names[word[0]]] == []


def test_a_misspelling_is_never_a_right_spelling(rows_of: Reader, folded: Folder) -> None:
    words = rows_of("trade_words")
    wrong = {folded(row["word"]) for row in words if row["kind"] == "misspelling"}
    right = {folded(row["word"]) for row in words if row["kind"] != "misspelling"}
    right |= {folded(row[form]) for row in rows_of("trades") for form in ("name_m", "name_f")}
    assert wrong & right == set()


@pytest.mark.parametrize(
    ("typed", "trade"),
    [
        ("coiffure", "Coiffeur"),
        ("resto", "Cuisinier"),
        ("cuisine", "Cuisinier"),
        ("mécano", "Mécanicien automobile"),
        ("garage", "Mécanicien automobile"),
        ("bagnole", "Carrossier"),
        ("élec", "Électricien installateur"),
        ("plomberie", "Plombier"),
        ("chantier", "Maçon"),
        ("boulange", "Boulanger-pâtissier"),
        ("onglerie", "Styliste ongulaire"),
        ("chien", "Toiletteur canin"),
        ("toilettage", "Toiletteur canin"),
        ("informatique", "Technicien de maintenance informatique"),
        ("PC", "Technicien de maintenance informatique"),
        ("jardin", "Entrepreneur de jardins"),
        ("vente", "Vendeur"),
        ("magasin", "Vendeur"),
        ("bébé", "Accueillant d'enfants"),
        ("crèche", "Auxiliaire de l'enfance"),
        ("GSM", "Réparateur de smartphones et tablettes"),
    ],
)
def test_everyday_words_lead_to_the_expected_trade(rows_of: Reader, typed: str, trade: str) -> None:
    codes = {row["trade_code"] for row in rows_of("trade_words") if row["word"] == typed}
    names = {row["name_m"] for row in rows_of("trades") if row["code"] in codes}
    assert trade in names
