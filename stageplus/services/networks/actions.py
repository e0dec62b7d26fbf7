"""Use cases of the networks that run dispositifs, and of their operators: OFFA adds and changes them."""

from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, select

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor, Permission, require
from stageplus.domain.errors import InvalidInput, NotFound
from stageplus.models import Municipality, Operator, OperatorNetwork
from stageplus.services.networks.queries import names
from stageplus.services.networks.schemas import NetworkInput, OperatorInput
from stageplus.services.offers.queries import municipality_named
from stageplus.services.reference.actions import fresh_code, note_change
from stageplus.services.reference.schemas import Change
from stageplus.texts import _

LONGEST_CODE = 20


def save_network(actor: Actor | None, data: NetworkInput, *, now: datetime, on: Engine | None = None) -> str:
    """Change the words of a network of operators, or add one, and return its name.

    Raises `NotFound` for a code of nothing, `InvalidInput` for a name that another has or when nothing changes.
    """
    actor = require(actor, Permission.REFERENCE_MANAGE)
    with transaction(on) as session:
        same = select(OperatorNetwork).where(OperatorNetwork.name == data.name, OperatorNetwork.code != data.code)
        if session.exec(same).first():
            raise InvalidInput({"name": _("Un autre réseau porte déjà ce nom.")})
        known = session.get(OperatorNetwork, data.code) if data.code else None
        if data.code and known is None:
            raise NotFound
        before = _network_line(known) if known else ""
        network = known or OperatorNetwork(
            code=fresh_code(session, OperatorNetwork, data.name, LONGEST_CODE), name="", words=""
        )
        network.name, network.words = data.name, data.words
        change = Change("operator_networks", network.code, before, _network_line(network), data.why)
        _save(session, actor, network, change, now)
        return network.name


def save_operator(actor: Actor | None, data: OperatorInput, *, now: datetime, on: Engine | None = None) -> str:
    """Change an operator, or add one to a network, and return its name; its staff is invited from the accounts.

    Raises `NotFound` for a number of nothing, `InvalidInput` for a name that another has, a network or a place of
    nothing, or when nothing changes.
    """
    actor = require(actor, Permission.REFERENCE_MANAGE)
    with transaction(on) as session:
        town = _checked(session, data)
        known = session.get(Operator, data.operator_id) if data.operator_id else None
        if data.operator_id and known is None:
            raise NotFound
        before = _operator_line(session, known) if known else ""
        operator = known or Operator(kind="", name="", municipality_ins="")
        operator.name, operator.kind, operator.municipality_ins = data.name, data.kind, town.ins
        operator.contact_email, operator.contact_phone = data.email, data.phone
        session.add(operator)
        session.flush()
        change = Change("operators", str(operator.id), before, _operator_line(session, operator), data.why)
        _save(session, actor, operator, change, now)
        return operator.name


def _network_line(network: OperatorNetwork) -> str:
    return f"{network.name} · {network.words}"


def _operator_line(session: Session, operator: Operator) -> str:
    town = session.get_one(Municipality, operator.municipality_ins).name
    network = names(session).get(operator.kind, operator.kind)
    return " · ".join(filter(None, [operator.name, network, town, operator.contact_email, operator.contact_phone]))


def _checked(session: Session, data: OperatorInput) -> Municipality:
    wrong = {}
    if session.exec(select(Operator).where(Operator.name == data.name, Operator.id != data.operator_id)).first():
        wrong["name"] = _("Un autre opérateur porte déjà ce nom.")
    if data.kind not in names(session):
        wrong["kind"] = _("Un choix de la liste est attendu ici.")
    town = municipality_named(session, data.place)
    if town is None:
        wrong["place"] = _("Nous ne connaissons pas ce lieu. Essayez un code postal.")
    if wrong or town is None:
        raise InvalidInput(wrong)
    return town


def _save(session: Session, actor: Actor, row: OperatorNetwork | Operator, change: Change, now: datetime) -> None:
    if change.before == change.after:
        raise InvalidInput({"form": _("Rien n’a changé : il n’y a rien à enregistrer.")})
    session.add(row)
    session.flush()
    note_change(session, actor, change, now)
