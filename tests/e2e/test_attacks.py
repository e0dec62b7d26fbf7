"""The running site as an attacker meets it: every handler, called over the websocket by whoever may not call it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256

import httpx
import pytest
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, col, select

from stageplus.domain.actors import Role
from stageplus.domain.applications import ApplicationStatus
from stageplus.models import Application, CompanyMember, Introduction, Learner, Offer, Person
from stageplus.pages.registry import PAGES
from stageplus.states.audience import Audience
from stageplus.states.session import REFERENCE, SessionState
from tests.e2e.wire import ROOT_STATE, SESSION, Wire, changes, events

ACCOUNTS = {"": None, "apprenant": Role.LEARNER, "entreprise": Role.COMPANY, "coach": Role.COACH} | {
    "operateur": Role.OPERATOR,
    "offa": Role.OFFA,
}
QUIET_TABLES = {
    "alert_offer",
    "answer_rate",
    "job_lease",
    "offer_day",
    "offer_reminder",
    "sign_in_session",
    "outbox_message",
}
QUIET_COLUMNS = {"alert.checked_until", "alert.mailed_at", "suggestion.mailed_at"}
"""What the clock and the mere presence of somebody change."""


def handlers() -> Iterator[tuple[str, Audience]]:
    """List every handler that a browser can name, with who may call it."""
    assert PAGES  # the registry imports every state
    classes = [SessionState]
    while classes:
        owner = classes.pop()
        classes += owner.get_substates()
        for name in vars(owner).get("event_handlers", {}):
            if name != "setvar":
                yield f"{owner.get_full_name()}.{name}", owner.AUDIENCE


def admits(audience: Audience, role: Role | None) -> bool:
    everyone = {Audience.SIGNED_IN, Audience.IDENTIFYING}
    if audience is Audience.REGISTRARS:
        return role in {Role.OPERATOR, Role.OFFA}
    return audience is Audience.EVERYONE or (role is not None and (audience in everyone or audience.value == role))


def contents(world: Engine) -> dict[str, str]:
    """Return what stands for everything that people saved, table by table."""
    read = {}
    with world.connect() as connection:
        for table in SQLModel.metadata.sorted_tables:
            if table.name not in QUIET_TABLES:
                columns = [each for each in table.columns if str(each) not in QUIET_COLUMNS]
                rows = connection.execute(select(*columns).order_by(*table.primary_key))
                read[table.name] = sha256(repr([*rows]).encode()).hexdigest()
    return read


@pytest.mark.parametrize("account", ACCOUNTS)
def test_no_handler_answers_whom_it_does_not_admit(
    account: str, site: str, world: Engine, cookie_of: Callable[[str], str]
) -> None:
    forbidden = [name for name, audience in handlers() if not admits(audience, ACCOUNTS[account])]
    assert len(forbidden) > 15
    before = contents(world)
    with Wire(site, cookie_of(account), "/compte") as wire:
        wire.call(f"{SESSION}.enter")
        for name in forbidden:
            answer = wire.answer_to(name, typed={}, application_id=1, introduction_id=1, offer_id=1, name="suspend")
            told = {state: set(variables) for state, variables in changes(answer).items() if state != ROOT_STATE}
            if account:
                assert told == {SESSION: {"denied_rx_state_", "loading_rx_state_"}}, name
                assert events(answer) == []
            else:
                assert told == {}, name
                [door] = events(answer)
                assert door["payload"]["path"].startswith("/connexion?suite=")
    assert contents(world) == before


@pytest.mark.parametrize("account", ACCOUNTS)
def test_reflex_setters_are_closed(account: str, site: str, cookie_of: Callable[[str], str]) -> None:
    with Wire(site, cookie_of(account)) as wire:
        wire.call(f"{SESSION}.enter")
        for owner in (ROOT_STATE, SESSION):
            told = changes(wire.answer_to(f"{owner}.setvar", var_name="role", value="offa"))
            assert {state for state in told if state != ROOT_STATE} == set()


@dataclass(frozen=True)
class Strangers:
    """Objects of other organizations than those of the demonstration accounts."""

    offer: int
    draft: int
    application: int
    introduction: int
    learner: int


@pytest.fixture(scope="module")
def strangers(world: Engine) -> Strangers:
    with Session(world) as session:
        known = {person.email: person.id for person in session.exec(select(Person))}
        member = select(CompanyMember).where(CompanyMember.person_id == known["entreprise@demo.test"])
        company = session.exec(member).one().company_id
        mine = session.exec(select(Learner).where(Learner.person_id == known["apprenant@demo.test"])).one()
        foreign = select(Application).join(Offer).where(Offer.company_id != company)
        foreign = foreign.where(Application.learner_id != mine.id, Application.status == ApplicationStatus.SENT)
        application = session.exec(foreign.limit(1)).one()
        elsewhere = select(Introduction.id).where(Introduction.operator_id != mine.operator_id)
        learner = select(Learner.id).where(Learner.operator_id != mine.operator_id)
        offers = select(Offer.id).where(Offer.company_id != company).order_by(col(Offer.id))
        return Strangers(
            application.offer_id,
            session.exec(offers.limit(1)).one() or 0,
            application.id or 0,
            session.exec(elsewhere.limit(1)).one(),
            session.exec(learner.limit(1)).one() or 0,
        )


THEIRS: dict[str, Callable[[Strangers], tuple[str, str, dict[str, object]]]] = {
    "see": lambda other: ("entreprise", f"/entreprise/candidatures/{other.application}", {"_": "company_inbox.load"}),
    "accept": lambda other: ("entreprise", "/", {"_": "company_inbox.accept", "application_id": other.application}),
    "refuse": lambda other: (
        "entreprise",
        "/",
        {"_": "company_inbox.refuse", "typed": {"application": other.application, "reason": "autre", "words": "Non."}},
    ),
    "read an offer": lambda other: ("entreprise", f"/entreprise/offres/{other.offer}", {"_": "company_offer.load"}),
    "suspend": lambda other: (
        "entreprise",
        "/",
        {"_": "company_offer.step", "offer_id": other.offer, "name": "suspend"},
    ),
    "close": lambda other: (
        "entreprise",
        "/",
        {"_": "company_offer.close", "typed": {"offer": other.offer, "reason": "autre"}},
    ),
    "withdraw": lambda other: (
        "apprenant",
        "/",
        {"_": "learner_application.withdraw", "application_id": other.application},
    ),
    "read mine": lambda other: ("apprenant", f"/candidatures/{other.application}", {"_": "learner_application.load"}),
    "take over": lambda other: (
        "operateur",
        "/",
        {"_": "operator_introductions.take", "introduction_id": other.introduction},
    ),
    "follow": lambda other: ("operateur", f"/operateur/apprenants/{other.learner}", {"_": "operator_learner.load"}),
    "suggest": lambda other: (
        "operateur",
        "/",
        {
            "_": "operator_offer.suggest",
            "typed": {"offer": other.offer, "learners": [other.learner], "reason": "Tout près."},
        },
    ),
    "not a number": lambda _other: ("entreprise", "/entreprise/offres/’ OR 1=1", {"_": "company_offer.load"}),
    "too big a number": lambda _other: (
        "entreprise",
        "/",
        {"_": "company_inbox.accept", "application_id": 10**30},
    ),
}


@pytest.mark.parametrize("deed", THEIRS)
def test_what_belongs_to_others_is_not_found(
    deed: str, site: str, world: Engine, strangers: Strangers, cookie_of: Callable[[str], str]
) -> None:
    account, path, payload = THEIRS[deed](strangers)
    owner, handler = str(payload.pop("_")).split(".")
    [full] = [name for name, _who in handlers() if f"____{owner}_state." in name and name.endswith(f".{handler}")]
    before = contents(world)
    with Wire(site, cookie_of(account), path) as wire:
        answer = changes(wire.answer_to(full, **payload))
    assert answer[SESSION]["missing_rx_state_"] is True or "form" in answer[SESSION]["errors_rx_state_"]
    assert contents(world) == before


def test_a_handler_that_breaks_gives_a_number_and_no_english(site: str, cookie_of: Callable[[str], str]) -> None:
    [search] = [name for name, _who in handlers() if name.endswith("learner_offers_state.search")]
    with Wire(site, cookie_of("apprenant"), "/offres") as wire:
        answer = wire.call(search, typed=5)
        for asked in events(answer):
            answer = wire.call(asked["name"], **asked["payload"])
    assert REFERENCE.fullmatch(changes(answer)[SESSION]["fault_rx_state_"])


@pytest.mark.parametrize("origin", ["https://example.invalid", "null", ""])
def test_another_site_may_not_open_the_websocket(origin: str, site: str, cookie_of: Callable[[str], str]) -> None:
    asked = {"Origin": origin, "Cookie": cookie_of("apprenant"), "Connection": "Upgrade", "Upgrade": "websocket"}
    asked |= {"Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "c3RhZ2VwbHVzLXN0YWdlcA=="}
    answer = httpx.get(f"{site}/_event/?EIO=4&transport=websocket", headers=asked)
    assert answer.status_code == 403
