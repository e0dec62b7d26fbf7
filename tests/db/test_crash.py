"""A process that is killed inside a transaction leaves nothing half done; what was confirmed stays."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, func, select

from stageplus.db.engine import transaction
from stageplus.models import Application, ApplicationChange, OutboxMessage
from tests import factories

ROOT = Path(__file__).resolve().parents[2]
SENDER = """
import sys, time
from stageplus.db.engine import open_engine
from stageplus.domain.actors import Actor, Role
from stageplus.services.applications import actions, letters
from stageplus.services.applications.schemas import ApplicationInput
from tests.factories import NOW

url, moment, person, learner, offer = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:])

def stay(*_told):
    print("there", flush=True)
    time.sleep(60)

if moment == "inside":
    letters.sent = stay
actor = Actor(person, Role.LEARNER, learner_id=learner)
data = ApplicationInput(form_key="a" * 32, motivation="J’aime le pain.")
actions.send_application(actor, offer, data, now=NOW, on=open_engine(url))
stay()
"""


def written(database: Engine) -> list[int]:
    tables: list[type[SQLModel]] = [Application, ApplicationChange, OutboxMessage]
    with Session(database) as session:
        return [session.exec(select(func.count()).select_from(table)).one() for table in tables]


@pytest.mark.parametrize(("moment", "rows"), [("inside", [0, 0, 0]), ("after", [1, 1, 2])])
def test_a_killed_process_leaves_all_or_nothing(moment: str, rows: list[int], database: Engine) -> None:
    with transaction(database) as session:
        factories.minimal_reference(session)
        offer = factories.an_offer(session)
        factories.a_member(session, offer.company_id)
        learner = factories.a_learner(session)
        ids = [str(each) for each in (learner.person_id, learner.id, offer.id)]
    address = database.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", SENDER, address, moment, *ids]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as sender:
        assert sender.stdout is not None
        assert sender.stdout.readline() == "there\n"
        sender.kill()
    assert written(database) == rows
