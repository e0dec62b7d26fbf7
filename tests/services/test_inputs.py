"""What people type: cleaned, bounded, and refused in French beside its field."""

from datetime import date

import pytest
from pydantic import Field

from stageplus.domain.errors import InvalidInput
from stageplus.services.inputs import FilledLine, FormKey, Input, Line, Words, cleaned, identifier


class Sample(Input):
    name: FilledLine
    words: Words = ""
    places: int = Field(default=1, ge=1, le=20)
    day: date | None = None
    key: FormKey = "0" * 32


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Éa \r\n", "Éa"),
        ("a\u202eb\u200b", "ab"),
        ("a\x00b\x07", "ab"),
        ("e\u0301", "é"),
        ("\u200d\u200d", ""),
        ("🙂 <b>'; DROP", "🙂 <b>'; DROP"),
        ("a\ud800b", "ab"),
    ],
)
def test_a_text_is_cleaned(typed: str, kept: str) -> None:
    assert cleaned(typed) == kept


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("name", "", "Ce champ est à compléter."),
        ("name", "\u200b \u202e", "Ce champ est à compléter."),
        ("name", "x" * 100_000, "Ce texte est trop long\u00a0: 120 caractères au plus."),
        ("places", "deux", "Un nombre entier est attendu ici."),
        ("places", "0", "La plus petite valeur possible est 1."),
        ("places", "21", "La plus grande valeur possible est 20."),
        ("day", "2027-02-31", "Cette date ou cette heure n’existe pas."),
        ("key", "'; --", "Cette valeur ne convient pas."),
        ("name", ["a"], "Cette valeur ne convient pas."),
    ],
)
def test_a_refusal_speaks_french_beside_its_field(field: str, value: object, message: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        Sample.read({"name": "Ada", field: value})
    assert refused.value.fields == {field: message}


def test_a_missing_field_is_named() -> None:
    with pytest.raises(InvalidInput) as refused:
        Sample.read({})
    assert refused.value.fields == {"name": "Ce champ est à compléter."}


def test_what_is_not_asked_is_ignored() -> None:
    assert Sample.read({"name": "Ada", "role": "offa"}).name == "Ada"
    assert Line is not None


@pytest.mark.parametrize(
    ("claimed", "read"), [("12", 12), (12, 12), ("-1", 0), ("x", 0), ("9" * 30, 0), ("²", 0), (None, 0)]
)
def test_an_identifier_is_a_claim(claimed: object, read: int) -> None:
    assert identifier(claimed) == read
