"""Places, municipalities, their other names and their basins are right."""

import re
from collections import Counter
from collections.abc import Callable

import pytest

Row = dict[str, str]
Reader = Callable[[str], list[Row]]
Folder = Callable[[str], str]
Finder = Callable[[str], Row]

GERMAN_SPEAKING = {
    "Amblève",
    "Bullange",
    "Burg-Reuland",
    "Butgenbach",
    "Eupen",
    "La Calamine",
    "Lontzen",
    "Raeren",
    "Saint-Vith",
}


@pytest.mark.parametrize("name", ["places", "municipalities"])
def test_coordinates_lie_inside_belgium(rows_of: Reader, name: str) -> None:
    for row in rows_of(name):
        assert 49.49 <= float(row["latitude"]) <= 51.51, row
        assert 2.54 <= float(row["longitude"]) <= 6.41, row


def test_a_municipality_lies_among_its_places(rows_of: Reader) -> None:
    places: dict[str, list[Row]] = {}
    for place in rows_of("places"):
        places.setdefault(place["municipality_ins"], []).append(place)
    for row in rows_of("municipalities"):
        own = places[row["ins"]]
        for axis in ("latitude", "longitude"):
            values = [float(place[axis]) for place in own]
            assert min(values) - 0.001 <= float(row[axis]) <= max(values) + 0.001, row


def test_postal_codes_and_precisions_are_well_formed(rows_of: Reader) -> None:
    for row in rows_of("places"):
        assert re.fullmatch(r"[1-9]\d{3}", row["postal_code"]), row
        assert row["precision"] in {"locality", "municipality"}, row


def test_regions_count_their_municipalities(rows_of: Reader) -> None:
    counted = Counter(row["region"] for row in rows_of("municipalities"))
    assert counted == {"Région flamande": 285, "Région wallonne": 261, "Région de Bruxelles-Capitale": 19}


def test_brussels_municipalities_have_a_province_label(rows_of: Reader) -> None:
    labels = {row["province"] for row in rows_of("municipalities") if row["ins"].startswith("21")}
    assert labels == {"Bruxelles-Capitale"}
    assert len({row["province"] for row in rows_of("municipalities")}) == 11


@pytest.mark.parametrize(
    ("name", "basin"),
    [
        ("Bruxelles", "bruxelles"),
        ("Molenbeek-Saint-Jean", "bruxelles"),
        ("Ottignies-Louvain-la-Neuve", "brabant-wallon"),
        ("Ath", "wallonie-picarde"),
        ("Enghien", "wallonie-picarde"),
        ("Comines-Warneton", "wallonie-picarde"),
        ("Mons", "hainaut-centre"),
        ("Soignies", "hainaut-centre"),
        ("La Louvière", "hainaut-centre"),
        ("Chapelle-lez-Herlaimont", "hainaut-centre"),
        ("Charleroi", "hainaut-sud"),
        ("Thuin", "hainaut-sud"),
        ("Cerfontaine", "hainaut-sud"),
        ("Couvin", "hainaut-sud"),
        ("Philippeville", "hainaut-sud"),
        ("Viroinval", "hainaut-sud"),
        ("Walcourt", "hainaut-sud"),
        ("Doische", "namur"),
        ("Florennes", "namur"),
        ("Dinant", "namur"),
        ("Namur", "namur"),
        ("Bastogne", "luxembourg"),
        ("Virton", "luxembourg"),
        ("Huy", "huy-waremme"),
        ("Waremme", "huy-waremme"),
        ("Liège", "liege"),
        ("Verviers", "verviers"),
        ("Malmedy", "verviers"),
        ("Eupen", ""),
        ("Anvers", ""),
        ("Fourons", ""),
    ],
)
def test_each_municipality_belongs_to_the_right_basin(municipality: Finder, name: str, basin: str) -> None:
    assert municipality(name)["basin_code"] == basin


def test_only_flanders_and_the_german_speaking_municipalities_have_no_basin(rows_of: Reader) -> None:
    without = {row["name"] for row in rows_of("municipalities") if not row["basin_code"]}
    flemish = {row["name"] for row in rows_of("municipalities") if row["region"] == "Région flamande"}
    assert without == flemish | GERMAN_SPEAKING


def test_basins_have_their_known_sizes(rows_of: Reader) -> None:
    counted = Counter(row["basin_code"] for row in rows_of("municipalities") if row["basin_code"])
    assert counted == {
        "bruxelles": 19,
        "brabant-wallon": 27,
        "wallonie-picarde": 23,
        "hainaut-centre": 24,
        "hainaut-sud": 27,
        "namur": 33,
        "luxembourg": 43,
        "huy-waremme": 31,
        "liege": 24,
        "verviers": 20,
    }
    assert set(counted) == {row["code"] for row in rows_of("basins")}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Luik", "Liège"),
        ("Namen", "Namur"),
        ("Bergen", "Mons"),
        ("Doornik", "Tournai"),
        ("Brussel", "Bruxelles"),
        ("BXL", "Bruxelles"),
        ("LLN", "Ottignies-Louvain-la-Neuve"),
        ("Charleroi centre", "Charleroi"),
        ("St-Gilles", "Saint-Gilles"),
        ("Kelmis", "La Calamine"),
        ("Jambes", "Namur"),
        ("Tamines", "Sambreville"),
        ("Gent", "Gand"),
    ],
)
def test_other_names_lead_to_the_municipality(rows_of: Reader, municipality: Finder, typed: str, expected: str) -> None:
    found = {row["municipality_ins"] for row in rows_of("place_names") if row["name"] == typed}
    assert found == {municipality(expected)["ins"]}


def test_other_names_add_something_to_the_official_ones(rows_of: Reader, folded: Folder) -> None:
    official = {(row["ins"], folded(row["name"])) for row in rows_of("municipalities")}
    official |= {(row["municipality_ins"], folded(row["locality"])) for row in rows_of("places")}
    others = [(row["municipality_ins"], folded(row["name"])) for row in rows_of("place_names")]
    assert set(others) & official == set()
    assert len(set(others)) == len(others)
