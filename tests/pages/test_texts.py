"""Help, privacy and accessibility say what is true, in words that everybody reads."""

import re
from typing import Any

import pytest

from stageplus.pages.public.privacy import privacy_page
from stageplus.pages.public.questions import QUESTIONS, help_page
from stageplus.pages.public.texts import accessibility_page, conditions_page
from stageplus.services.reporting.schemas import RetentionPeriods
from stageplus.states import privacy
from stageplus.states.audience import current_actor
from stageplus.states.privacy import PrivacyState
from stageplus.texts import _
from tests.components.rendered import attribute, plain, tags, text_of

LONGEST_SENTENCE = 32
PAGES = {
    "accessibility": accessibility_page,
    "conditions": conditions_page,
    "help": help_page,
    "privacy": privacy_page,
}


def test_each_question_has_an_address_and_steps_for_whom_it_concerns() -> None:
    page = help_page()
    headings = [plain(heading.id) for heading in tags(page, "h2") if heading.id is not None]
    assert headings == [question.anchor for question in QUESTIONS]
    assert all(question.answers and all(answer.steps for answer in question.answers) for question in QUESTIONS)
    assert len(tags(page, "ol")) == sum(len(question.answers) for question in QUESTIONS)


@pytest.mark.parametrize("name", PAGES)
def test_sentences_stay_short(name: str) -> None:
    paragraphs = [*tags(PAGES[name](), "p"), *tags(PAGES[name](), "li")]
    sentences = [each for part in paragraphs for each in re.split(r"[.:;!?]\s", text_of(part))]
    assert {each for each in sentences if len(each.split()) > LONGEST_SENTENCE} == set()


def test_privacy_names_every_period_that_the_service_reads() -> None:
    page = str(privacy_page())
    assert all(f'"{name}"' in page for name in RetentionPeriods.__dataclass_fields__)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("privacy", ("OFFA", "Autorité de protection des données", "corriger", "effacer", "copie", "opposer")),
        ("accessibility", ("2 mai 2019", "3 mai 2019", "9 mai 2019", "WCAG 2.1", "partiellement", "Médiateur", "2026")),
        ("conditions", ("gratuit", "10 mai 2007", "contrat")),
    ],
)
def test_what_the_law_asks_for_is_said(name: str, said: tuple[str, ...]) -> None:
    words = text_of(PAGES[name]())
    assert [each for each in said if _(each) not in words] == []


def test_links_to_other_sites_are_plain_ones() -> None:
    links = [link for name in PAGES for link in tags(PAGES[name](), "a")]
    leaving = {attribute(link, "href") for link in links if attribute(link, "href").startswith("http")}
    assert {address.split("/")[2] for address in leaving} >= {"www.autoriteprotectiondonnees.be", "www.le-mediateur.be"}
    assert all(address.startswith("https://") for address in leaving)


async def test_the_periods_are_those_in_force(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(actor: Any, *, now: Any) -> RetentionPeriods:
        return RetentionPeriods(logs="12 mois")

    monkeypatch.setattr(privacy, "retention_periods", read)
    current_actor.set(None)
    state: Any = PrivacyState(_reflex_internal_init=True)  # type: ignore[call-arg]
    await PrivacyState.load.fn(state)  # type: ignore[attr-defined]
    assert (state.periods.logs, state.loading) == ("12 mois", False)
