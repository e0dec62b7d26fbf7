"""A kind hint comes when the same is repeated often enough, and not before."""

import pytest

from stageplus.domain.variety import Attempt, HintsAfter, VarietyHint, alike, variety_hints

TEXT = "Je suis motivée et ponctuelle, j’aime travailler en équipe et apprendre chaque jour."
AFTER = HintsAfter(texts=2, companies=2, trades=3)


def attempt(text: str = "", company: int = 0, trade: str = "boulanger") -> Attempt:
    return Attempt(company, trade, text)


def test_the_same_text_with_another_name_is_the_same_text() -> None:
    assert alike(TEXT, f"{TEXT} Chez Nuage.")
    assert not alike(TEXT, "J’ai cuit des croissants chez ma tante et je veux savoir comment on fait le levain.")
    assert not alike("Merci", "Merci"), "a word or two are alike by chance"


@pytest.mark.parametrize(("times", "hinted"), [(1, False), (2, True)])
def test_a_text_sent_often_enough_is_noticed(times: int, hinted: bool) -> None:
    earlier = [attempt(TEXT, company=number) for number in range(1, times + 1)]
    assert (VarietyHint.SAME_TEXT in variety_hints(attempt(TEXT, company=9), earlier, AFTER)) is hinted


@pytest.mark.parametrize(("times", "hinted"), [(1, False), (2, True)])
def test_a_company_asked_often_enough_is_noticed(times: int, hinted: bool) -> None:
    found = variety_hints(attempt(company=1), [attempt(company=1)] * times, AFTER)
    assert (VarietyHint.SAME_COMPANY in found) is hinted


@pytest.mark.parametrize(
    ("earlier", "hinted"), [(["a", "a"], False), (["a", "a", "a"], True), (["a", "a", "b"], False)]
)
def test_a_trade_alone_is_noticed(earlier: list[str], hinted: bool) -> None:
    attempts = [attempt(company=number, trade=trade) for number, trade in enumerate(earlier, start=1)]
    assert (VarietyHint.SAME_TRADE in variety_hints(attempt(trade="a"), attempts, AFTER)) is hinted


def test_a_first_application_gets_no_hint() -> None:
    assert variety_hints(attempt(TEXT), [], AFTER) == []
