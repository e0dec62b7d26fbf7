"""OFFA announces: the right people see it on the right days, without one more query, and it leaves at once."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlmodel import col, select

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor, Role, Stage
from stageplus.domain.announcements import Public, Spot
from stageplus.domain.errors import AlreadyDone, InvalidInput, NotFound
from stageplus.models import JournalEntry
from stageplus.services.accounts.queries import who_am_i
from stageplus.services.announcements.actions import save_announcement, withdraw_announcement
from stageplus.services.announcements.queries import announcements, forget_banners, help_texts, preview_announcement
from stageplus.services.announcements.schemas import AnnouncementInput
from tests import factories
from tests.factories import NOW

TYPED = {
    "spot": "bandeau",
    "audience": "everyone",
    "words": "Bonne rentrée à toutes et à tous.",
    "link": "/aide",
    "starts_on": "2026-11-24",
    "ends_on": "2026-11-30",
}


@pytest.fixture
def people(database: Engine) -> dict[str, Actor | None]:
    with transaction(database) as session:
        factories.minimal_reference(session)
        operator = factories.an_operator(session)
        company = factories.a_company(session)
        return {
            "anonymous": None,
            "learner": factories.actor_of_learner(factories.a_learner(session, operator)),
            "company": factories.a_member(session, company.id or 0),
            "coach": factories.a_coach(session, "soins"),
            "operator": factories.a_staff_member(session, operator.id or 0),
            "offa": factories.an_offa_member(session),
        }


def announce(people: dict[str, Actor | None], database: Engine, **changed: Any) -> int:
    return save_announcement(people["offa"], AnnouncementInput.read(TYPED | changed), now=NOW, on=database)


def seen(people: dict[str, Actor | None], database: Engine, days: int = 0) -> dict[str, str]:
    now = NOW + timedelta(days=days)
    return {who: banner for who, actor in people.items() if (banner := who_am_i(actor, now=now, on=database).banner)}


def test_each_audience_sees_its_own_before_everybodys(people: dict[str, Actor | None], database: Engine) -> None:
    announce(people, database)
    assert set(seen(people, database)) == set(people)
    announce(people, database, audience="learner", words="Bonne rentrée à toi.")
    assert seen(people, database)["learner"] == "Bonne rentrée à toi."
    assert seen(people, database)["company"] == TYPED["words"]
    for audience in ("company", "coach", "operator"):
        announce(people, database, audience=audience, words=audience)
    others = {who: words for who, words in seen(people, database).items() if who in {"company", "coach", "operator"}}
    assert others == {"company": "company", "coach": "coach", "operator": "operator"}


def test_a_word_for_one_role_is_for_nobody_else(people: dict[str, Actor | None], database: Engine) -> None:
    announce(people, database, audience="coach")
    assert set(seen(people, database)) == {"coach"}
    coach = people["coach"]
    assert coach is not None
    half = Actor(coach.person_id, Role.COACH, stage=Stage.FACTOR_DUE)
    assert who_am_i(half, now=NOW, on=database).banner == ""


@pytest.mark.parametrize(("days", "shown"), [(-1, False), (0, True), (6, True), (7, False)])
def test_its_days_are_counted_in_brussels(
    people: dict[str, Actor | None], database: Engine, days: int, shown: bool
) -> None:
    announce(people, database)
    assert bool(seen(people, database, days)) is shown


def test_the_link_and_a_key_that_changes_with_the_words(people: dict[str, Actor | None], database: Engine) -> None:
    number = announce(people, database, words="Ligne | avec une barre")
    first = who_am_i(people["learner"], now=NOW, on=database)
    assert (first.banner, first.banner_link) == ("Ligne | avec une barre", "/aide")
    changed = AnnouncementInput.read(TYPED | {"announcement_id": str(number), "words": "Autre mot"})
    save_announcement(people["offa"], changed, now=NOW + timedelta(minutes=1), on=database)
    again = who_am_i(people["learner"], now=NOW, on=database)
    assert again.banner == "Autre mot" and again.banner_key != first.banner_key


def test_it_leaves_at_once_and_stays_in_the_list(people: dict[str, Actor | None], database: Engine) -> None:
    number = announce(people, database)
    withdraw_announcement(people["offa"], number, now=NOW, on=database)
    assert seen(people, database) == {}
    [row] = announcements(people["offa"], now=NOW, on=database).rows
    assert (row.standing, row.may_withdraw) == ("Retirée", False)
    for act in (
        lambda: withdraw_announcement(people["offa"], number, now=NOW, on=database),
        lambda: announce(people, database, announcement_id=str(number)),
    ):
        with pytest.raises(AlreadyDone):
            act()
    for act in (
        lambda: withdraw_announcement(people["offa"], 999, now=NOW, on=database),
        lambda: announce(people, database, announcement_id="999"),
    ):
        with pytest.raises(NotFound):
            act()
    with reading(database) as session:
        entries = session.exec(select(JournalEntry.action).order_by(col(JournalEntry.id))).all()
    assert entries == ["announcement.saved", "announcement.withdrawn"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"words": ""}, "words"),
        ({"words": "x" * 301}, "words"),
        ({"spot": "aide"}, "title"),
        ({"spot": "ailleurs"}, "spot"),
        ({"audience": "offa"}, "audience"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"starts_on": ""}, "starts_on"),
        ({"ends_on": "2026-11-23"}, "ends_on"),
        ({"starts_on": "2026-11-01", "ends_on": "2026-11-23"}, "ends_on"),
        ({"starts_on": "2036-11-01", "ends_on": ""}, "starts_on"),
    ],
)
def test_what_does_not_fit_is_named_by_its_field(
    people: dict[str, Actor | None], database: Engine, changed: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        announce(people, database, **changed)
    assert list(refused.value.fields) == [field]


def test_a_preview_saves_nothing(people: dict[str, Actor | None], database: Engine) -> None:
    shown = preview_announcement(people["offa"], AnnouncementInput.read(TYPED), now=NOW, on=database)
    assert (shown.words, shown.audience_words, shown.standing) == (TYPED["words"], "Tout le monde", "Affichée")
    assert announcements(people["offa"], now=NOW, on=database).rows == []


def test_help_texts_are_for_ones_role_then_for_everybody(people: dict[str, Actor | None], database: Engine) -> None:
    for audience in ("everyone", "learner"):
        announce(people, database, spot="aide", title=audience, words="Un\nDeux", audience=audience)
    announce(people, database, spot="aide", title="plus tard", starts_on="2026-11-25")

    def read(who: str) -> list[str]:
        return [each.title for each in help_texts(people[who], now=NOW, on=database)]

    assert (read("learner"), read("company"), read("anonymous")) == (
        ["learner", "everyone"],
        ["everyone"],
        ["everyone"],
    )


def test_no_page_gains_a_query(people: dict[str, Actor | None], database: Engine) -> None:
    statements: list[str] = []
    event.listen(database, "before_cursor_execute", lambda *args: statements.append(args[2]))

    def asked(who: str) -> int:
        statements.clear()
        who_am_i(people[who], now=NOW, on=database)
        return len([each for each in statements if each.lstrip().startswith("SELECT")])

    before = asked("learner")
    announce(people, database)
    assert asked("learner") == before
    forget_banners()
    assert (asked("anonymous"), asked("anonymous")) == (1, 0)


def test_another_process_is_followed_after_half_a_minute(
    people: dict[str, Actor | None], database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    from stageplus.services.announcements import remembered

    assert who_am_i(None, now=NOW, on=database).banner == ""
    with transaction(database) as session:
        factories.an_announcement(session, spot=Spot.BANNER, audience=Public.EVERYONE)
    assert who_am_i(None, now=NOW, on=database).banner == ""
    late = remembered.monotonic() + remembered.SECONDS_BETWEEN_LOOKS
    monkeypatch.setattr(remembered, "monotonic", lambda: late)
    assert who_am_i(None, now=NOW, on=database).banner == "Bonne rentrée."
