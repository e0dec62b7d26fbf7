"""OFFA adds the networks and operators that run a dispositif."""

from typing import Any

import pytest

from stageplus.domain.errors import InvalidInput, NotFound
from stageplus.services.claims.queries import operators_near
from stageplus.services.claims.schemas import NearInput
from stageplus.services.networks.actions import save_network, save_operator
from stageplus.services.networks.queries import networks
from stageplus.services.networks.schemas import NetworkInput, NetworkPage, OperatorInput
from tests.factories import NOW
from tests.services.schemes.conftest import HIGHER, Desk

NETWORK = {"name": "Haute école", "words": "Haute école, enseignement supérieur", "why": "Décret"}
OPERATOR = {
    "name": "Haute école d’essai",
    "kind": "haute-ecole",
    "place": "Liège",
    "email": "alternance@demo.test",
    "phone": "04 000 00 00",
    "why": "Décret",
}


def add_network(desk: Desk, **changed: Any) -> str:
    return save_network(desk.offa, NetworkInput.read(NETWORK | changed), now=NOW, on=desk.database)


def add_operator(desk: Desk, **changed: Any) -> str:
    return save_operator(desk.offa, OperatorInput.read(OPERATOR | changed), now=NOW, on=desk.database)


def read(desk: Desk) -> NetworkPage:
    return networks(desk.offa, now=NOW, on=desk.database)


def test_a_network_and_its_operator_are_added_and_run_a_dispositif(desk: Desk) -> None:
    add_network(desk)
    add_operator(desk)
    desk.saves(HIGHER, kinds=["haute-ecole"])
    added = next(each for each in read(desk).networks if each.code == "haute-ecole")
    assert (added.operators, added.schemes) == ("1 opérateur", "Alternance en enseignement supérieur")
    school = next(each for each in read(desk).operators if each.name == OPERATOR["name"])
    assert (school.network, school.place, school.learners) == ("Haute école", "Liège", "0")
    near = operators_near(None, NearInput(place="4000"), now=NOW, on=desk.database).rows[0]
    assert (near.name, near.kind) == (OPERATOR["name"], NETWORK["words"])


def test_both_change_with_their_history(desk: Desk) -> None:
    add_network(desk)
    add_operator(desk)
    number = next(each.operator_id for each in read(desk).operators if each.name == OPERATOR["name"])
    add_network(desk, code="haute-ecole", words="Haute école")
    add_operator(desk, operator_id=str(number), place="5000")
    page = read(desk)
    assert next(each.place for each in page.operators if each.operator_id == number) == "Namur"
    assert [each.why for each in page.history] == ["Décret"] * 4
    assert page.history[1].before == "Haute école · Haute école, enseignement supérieur"


def test_what_does_not_fit_is_named_by_its_field(desk: Desk) -> None:
    add_network(desk)
    for changed, field in (({}, "name"), ({"name": ""}, "name"), ({"code": "haute-ecole"}, "form")):
        with pytest.raises(InvalidInput, match=field):
            add_network(desk, **changed)
    add_operator(desk)
    for changed, field in (
        ({}, "name"),
        ({"name": "Autre", "kind": "inconnu"}, "kind"),
        ({"name": "Autre", "place": "Atlantide"}, "place"),
        ({"name": "Autre", "email": "pas une adresse"}, "email"),
    ):
        with pytest.raises(InvalidInput, match=field):
            add_operator(desk, **changed)
    for act in (
        lambda: add_network(desk, name="X", code="inconnu"),
        lambda: add_operator(desk, name="Y", operator_id=999),
    ):
        with pytest.raises(NotFound):
            act()
