"""What OFFA reads of the networks that run dispositifs, and of their operators."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from stageplus.db.engine import reading
from stageplus.domain.actors import Actor, Permission, require
from stageplus.models import Learner, Municipality, Operator, OperatorNetwork, Scheme, SchemeRule
from stageplus.services.networks.schemas import NetworkPage, NetworkRow, OperatorRow
from stageplus.services.reference.queries import changes_of
from stageplus.services.registers.queries import schemes_in_force
from stageplus.texts import _, ngettext
from stageplus.texts.formats import day_in_brussels, number


def names(session: Session) -> dict[str, str]:
    """Name every network by its code, in the order of their names."""
    return {each.code: each.name for each in session.exec(select(OperatorNetwork).order_by(OperatorNetwork.name))}


def networks(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> NetworkPage:
    """List the networks with the dispositifs that they run, and their operators with how many learners they have."""
    actor = require(actor, Permission.REFERENCE_MANAGE)
    with reading(on) as session:
        found = session.exec(select(OperatorNetwork).order_by(OperatorNetwork.name)).all()
        running = schemes_in_force(session, day_in_brussels(now))
        operators = _operators(session, {each.code: each.name for each in found})
        return NetworkPage(
            networks=[_network_row(each, running, operators) for each in found],
            operators=operators,
            choices=[(each.code, each.name) for each in found],
            history=changes_of(session, "operator_networks", "operators"),
        )


def _operators(session: Session, networks: Mapping[str, str]) -> list[OperatorRow]:
    enrolled = select(func.count(col(Learner.id))).where(
        Learner.operator_id == Operator.id, col(Learner.enrolment_ended_on).is_(None)
    )
    wanted: Any = select(Operator, Municipality.name, enrolled.correlate(Operator).scalar_subquery())
    wanted = wanted.join(Municipality, Operator.municipality_ins == Municipality.ins).order_by(Operator.name)
    return [
        OperatorRow(
            operator_id=each.id or 0,
            name=each.name,
            kind=each.kind,
            network=networks.get(each.kind, each.kind),
            place=town,
            email=each.contact_email,
            phone=each.contact_phone,
            learners=number(learners),
        )
        for each, town, learners in session.execute(wanted)
    ]


def _network_row(
    network: OperatorNetwork, running: Sequence[tuple[Scheme, SchemeRule]], operators: Sequence[OperatorRow]
) -> NetworkRow:
    mine = [scheme.name for scheme, rule in running if network.code in rule.operator_kinds.split("|")]
    count = sum(each.kind == network.code for each in operators)
    return NetworkRow(
        code=network.code,
        name=network.name,
        words=network.words,
        operators=ngettext("{n} opérateur", "{n} opérateurs", count).format(n=number(count)),
        schemes=", ".join(mine) or _("aucun dispositif en vigueur"),
    )
