"""OFFA adds a dispositif, changes what it asks from a day on, looks at the effect first, and ends it."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, col, select

from stageplus.db.engine import reading
from stageplus.domain.errors import AlreadyDone, InvalidInput, NotFound, NotPossible
from stageplus.models import JournalEntry, Offer, SchemeRule
from stageplus.services.registers.actions import import_reference
from stageplus.services.registers.queries import schemes_in_force
from stageplus.services.schemes.actions import drop_rule, end_scheme, reopen_scheme
from stageplus.services.schemes.queries import preview_scheme, schemes
from stageplus.services.schemes.schemas import EndInput, ReopenInput, RuleInput, SchemeInput
from tests.factories import NOW
from tests.services.schemes.conftest import HIGHER, SECONDARY, Desk

TODAY, LATER = date(2026, 11, 24), date(2027, 1, 1)
CODE = "alternance-en-enseignement-superieur"


def in_force(desk: Desk, day: date = TODAY) -> dict[str, SchemeRule]:
    with reading(desk.database) as session:
        return {scheme.code: rule for scheme, rule in schemes_in_force(session, day)}


def test_a_dispositif_is_added_with_everything_it_asks(desk: Desk) -> None:
    assert desk.saves(HIGHER) == CODE
    row = desk.reads(CODE).row
    assert (row.ages, row.kinds_words, row.standing) == ("dès 18 ans, contrat avant 30 ans", "IFAPME", "En vigueur")
    assert row.pay_words == "rétribution\u00a0: 50 · 60\u00a0% du revenu minimum"
    assert list(in_force(desk)) == ["alternance-secondaire", CODE]
    assert [each.name for each in schemes(desk.offa, now=NOW, on=desk.database).rows] == [
        "Alternance en enseignement supérieur",
        "Formation en alternance",
    ]


def test_one_that_opens_later_is_not_there_before(desk: Desk) -> None:
    desk.saves(HIGHER, effective_from="2027-01-01")
    assert CODE not in in_force(desk) and CODE in in_force(desk, LATER)
    assert desk.reads(CODE).row.standing == "S’ouvre le 1 janv. 2027"


def test_other_rules_count_from_their_day_and_the_past_stays(desk: Desk) -> None:
    desk.saves(SECONDARY, max_age_contract="30")
    assert in_force(desk)["alternance-secondaire"].max_age_contract == 25
    assert in_force(desk, LATER)["alternance-secondaire"].max_age_contract == 30
    detail = desk.reads()
    assert [each.standing for each in detail.rules] == ["Prévue", "En vigueur"]
    assert (detail.max_age_contract, detail.earliest, bool(detail.row.planned)) == ("30", "2027-01-01", True)
    assert (detail.history[0].why, "contrat avant 30 ans" in detail.history[0].after) == ("Décret", True)


def test_planned_rules_are_taken_back_those_in_force_are_not(desk: Desk) -> None:
    desk.saves(SECONDARY, max_age_contract="30")
    assert drop_rule(desk.offa, "alternance-secondaire", LATER, now=NOW, on=desk.database) == "Formation en alternance"
    assert [each.standing for each in desk.reads().rules] == ["En vigueur"]
    with pytest.raises(NotPossible):
        drop_rule(desk.offa, "alternance-secondaire", date(2020, 1, 1), now=NOW, on=desk.database)
    for code, day in (("alternance-secondaire", LATER), ("inconnu", LATER)):
        with pytest.raises(NotFound):
            drop_rule(desk.offa, code, day, now=NOW, on=desk.database)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": "Formation en alternance"}, "name"),
        ({"kinds": ["inconnu"]}, "kinds"),
        ({"kinds": []}, "kinds"),
        ({"max_age_contract": "17"}, "max_age_contract"),
        ({"min_age_with_two_years": "19"}, "min_age_with_two_years"),
        ({"min_age": "x"}, "min_age"),
        ({"pay_rates": "60 50"}, "pay_rates"),
        ({"effective_from": "2126-01-01"}, "effective_from"),
        ({"effective_from": "31/31/2026"}, "effective_from"),
        ({"why": ""}, "why"),
    ],
)
def test_what_does_not_fit_is_named_by_its_field(desk: Desk, changed: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        desk.saves(HIGHER, **changed)
    assert list(refused.value.fields) == [field]
    assert len(schemes(desk.offa, now=NOW, on=desk.database).rows) == 1


def test_yesterday_cannot_be_changed_and_nothing_new_is_refused(desk: Desk) -> None:
    with pytest.raises(InvalidInput, match="effective_from"):
        desk.saves(SECONDARY, max_age_contract="30", effective_from="2026-11-23")
    with pytest.raises(InvalidInput, match="form"):
        desk.saves(SECONDARY, kinds=["efp", "ifapme", "cefa"])
    with pytest.raises(NotFound):
        desk.saves(SECONDARY, code="inconnu")


def test_a_name_alone_changes_without_a_new_rule(desk: Desk) -> None:
    desk.saves(SECONDARY, name="Alternance des jeunes")
    assert (desk.reads().row.name, len(desk.reads().rules)) == ("Alternance des jeunes", 1)


def test_the_effect_is_counted_before_anything_is_saved(desk: Desk) -> None:
    def effects(typed: dict[str, Any], **changed: Any) -> list[tuple[str, str]]:
        tried = preview_scheme(desk.offa, RuleInput.read(typed | changed), now=NOW, on=desk.database)
        return [(each.before, each.after) for each in tried.effects]

    assert effects(HIGHER)[:4] == [("–", "1"), ("–", "2"), ("–", "0"), ("–", "0")]
    assert effects(SECONDARY, max_age_contract="30")[:4] == [("1", "1"), ("1", "2"), ("1", "0"), ("1", "1")]
    assert [after for _before, after in effects(SECONDARY, pay_rates="50")[4:]] == ["1\u00a0055,94\u00a0€", "–", "–"]
    assert len(schemes(desk.offa, now=NOW, on=desk.database).rows) == 1
    with pytest.raises(InvalidInput, match="name"):
        effects(HIGHER, name="Formation en alternance")


def test_one_ends_when_another_is_left_and_its_offers_stay(desk: Desk) -> None:
    end = EndInput(last_day=LATER, why="Décret")
    with pytest.raises(InvalidInput, match="last_day"):
        end_scheme(desk.offa, "alternance-secondaire", end, now=NOW, on=desk.database)
    desk.saves(HIGHER)
    assert end_scheme(desk.offa, "alternance-secondaire", end, now=NOW, on=desk.database)
    assert list(in_force(desk)) == ["alternance-secondaire", CODE]
    assert list(in_force(desk, date(2027, 1, 2))) == [CODE]
    assert desk.reads().row.standing == "Se ferme le 1 janv. 2027"
    for code, last_day in ((CODE, LATER), (CODE, date(2026, 11, 23))):
        with pytest.raises(InvalidInput, match="last_day"):
            end_scheme(desk.offa, code, EndInput(last_day=last_day, why="Décret"), now=NOW, on=desk.database)
    with pytest.raises(AlreadyDone):
        end_scheme(desk.offa, "alternance-secondaire", end, now=NOW, on=desk.database)
    with Session(desk.database) as session:
        assert session.exec(select(Offer.scheme_code)).all() == ["alternance-secondaire"]
    again = ReopenInput(why="Prolongé")
    reopen_scheme(desk.offa, "alternance-secondaire", again, now=NOW, on=desk.database)
    assert desk.reads().row.standing == "En vigueur"
    with pytest.raises(AlreadyDone):
        reopen_scheme(desk.offa, "alternance-secondaire", again, now=NOW, on=desk.database)


def test_every_change_is_in_the_journal_and_no_import_undoes_it(desk: Desk) -> None:
    import_reference(on=desk.database, now=NOW)
    desk.saves(SECONDARY, name="Alternance des jeunes", max_age_contract="30", effective_from="2026-11-24")
    with reading(desk.database) as session:
        deeds = session.exec(select(JournalEntry.action).order_by(col(JournalEntry.id))).all()
    assert deeds == ["reference.schemes", "reference.scheme_rules"]
    kept = {each.table: each.kept for each in import_reference(on=desk.database, now=NOW)}
    assert (kept["schemes"], kept["scheme_rules"]) == (1, 1)
    assert (desk.reads().row.name, desk.reads().max_age_contract) == ("Alternance des jeunes", "30")


def test_a_preview_reads_what_is_typed_without_a_reason() -> None:
    assert RuleInput.read(HIGHER).pay_rates == "50|60"
    with pytest.raises(InvalidInput, match="why"):
        SchemeInput.read({name: value for name, value in HIGHER.items() if name != "why"})
