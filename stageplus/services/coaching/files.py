"""The lists of a coach as files: a few hundred rows are read at a time, each time in a short session."""

from collections.abc import Callable, Collection, Iterator
from itertools import compress
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col

from stageplus.db.engine import reading
from stageplus.domain.titles import both_genders
from stageplus.models import Company, Municipality, Offer, Sector, Trade
from stageplus.services.coaching.companies import CompanyFacts, facts_of, standing_of
from stageplus.services.coaching.counting import applications_per
from stageplus.services.coaching.followed import offers_named
from stageplus.services.coaching.scope import Bounds
from stageplus.services.postings.schemas import STATUS_WORDS
from stageplus.services.spreadsheets.actions import streamed_file
from stageplus.services.spreadsheets.schemas import SheetFormat
from stageplus.texts import _
from stageplus.texts.formats import day_in_brussels

AT_A_TIME = 500
Line = list[Any]
Headings = tuple[tuple[str, str], ...]


def offers(ids: list[int], hidden: Collection[str], kind: SheetFormat, on: Engine | None) -> Iterator[bytes]:
    """Write some offers, in the order of their identifiers, without hidden columns; one that is gone is left out."""
    headings = (
        ("", _("Offre")),
        ("entreprise", _("Entreprise")),
        ("entreprise", _("Numéro d’entreprise")),
        ("commune", _("Commune")),
        ("", _("Secteur")),
        ("etat", _("État")),
        ("places", _("Places")),
        ("places", _("Places prises")),
        ("candidatures", _("Candidatures")),
        ("repondues", _("Répondues")),
        ("", _("Publiée le")),
        ("fin", _("Fin")),
    )
    return _written(kind, _("Offres"), headings, hidden, _by_pieces(ids, _offer_lines, on))


def companies(
    ids: list[int],
    sectors: Collection[str],
    known: Bounds,
    hidden: Collection[str],
    kind: SheetFormat,
    on: Engine | None,
) -> Iterator[bytes]:
    """Write some companies, with what is known of them in some sectors, without hidden columns."""
    headings = (
        ("", _("Entreprise")),
        ("", _("Numéro d’entreprise")),
        ("", _("Communes")),
        ("situation", _("Situation")),
        ("agrements", _("Agréments accordés")),
        ("offres", _("Offres en ligne")),
        ("places", _("Places libres")),
        ("activite", _("Dernière activité")),
        ("reponses", _("Candidatures comptées")),
        ("reponses", _("Répondues")),
        ("rappel", _("À rappeler le")),
    )

    def lines(session: Session, piece: list[int]) -> list[Line]:
        return [_company_line(facts, known) for facts in facts_of(session, sectors, piece)]

    return _written(kind, _("Entreprises"), headings, hidden, _by_pieces(ids, lines, on))


def _written(
    kind: SheetFormat, title: str, headings: Headings, hidden: Collection[str], lines: Iterator[Line]
) -> Iterator[bytes]:
    """Write a file without what belongs to a hidden column of the list; each heading says which one."""
    kept = [column not in hidden for column, _heading in headings]
    shown = [heading for column, heading in headings if column not in hidden]
    return streamed_file(kind, title, shown, (list(compress(line, kept)) for line in lines))


def _by_pieces(ids: list[int], lines: Callable[[Session, list[int]], list[Line]], on: Engine | None) -> Iterator[Line]:
    for start in range(0, len(ids), AT_A_TIME):
        with reading(on) as session:
            found = lines(session, ids[start : start + AT_A_TIME])
        yield from found


def _offer_lines(session: Session, piece: list[int]) -> list[Line]:
    counts = applications_per(session, col(Offer.id), col(Offer.id).in_(piece))
    return [_offer_line(*found, counts.get(found[0].id, (0, 0))) for found in offers_named(session, piece)]


def _offer_line(
    offer: Offer, trade: Trade, company: Company, town: Municipality, sector: Sector, counts: tuple[int, int]
) -> Line:
    return [
        both_genders(trade.name_f, trade.name_m),
        company.name,
        company.enterprise_number,
        town.name,
        sector.name,
        STATUS_WORDS[offer.status],
        offer.places,
        offer.places_taken,
        *counts,
        day_in_brussels(offer.published_at) if offer.published_at else None,
        offer.ends_on,
    ]


def _company_line(facts: CompanyFacts, known: Bounds) -> Line:
    return [
        facts.company.name,
        facts.company.enterprise_number,
        ", ".join(facts.towns),
        standing_of(facts, known)[0],
        facts.approvals,
        facts.published,
        facts.places_left,
        day_in_brussels(facts.last_touched) if facts.last_touched else None,
        facts.received,
        facts.answered,
        facts.due_on,
    ]
