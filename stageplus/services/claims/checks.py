"""Compares a claim with the register, line by line, so that whoever decides sees what matches and what does not."""

import re
import unicodedata

from sqlmodel import Session, select

from stageplus.domain.plain_text import plain
from stageplus.domain.titles import both_genders
from stageplus.models import Approval, Company, CompanyClaim, CompanyMember, Establishment, Person, Trade
from stageplus.services.approvals.schemas import STATE_WORDS
from stageplus.services.claims.schemas import CheckLine
from stageplus.services.numbers import shown
from stageplus.texts import _, ngettext

FITS, DIFFERS, UNKNOWN = "fits", "differs", "unknown"
PERSONAL_MAILS = frozenset(
    [
        "gmail.com",
        "hotmail.com",
        "hotmail.be",
        "outlook.com",
        "outlook.be",
        "live.be",
        "live.com",
        "yahoo.com",
        "yahoo.fr",
        "icloud.com",
        "proximus.be",
        "skynet.be",
        "telenet.be",
        "voo.be",
        "orange.be",
        "scarlet.be",
        "laposte.net",
    ]
)
SHORTEST_WORD = 4
_SILENT = frozenset(["srl", "sprl", "scs", "asbl", "commv", "boulangerie", "societe", "entreprise", "maison"])


def checks_of(session: Session, claim: CompanyClaim) -> tuple[list[CheckLine], bool]:
    """Compare numbers, name, address, agréments and the domain of the address with what the register knows.

    Says too whether the register knows both numbers together: without that nobody can be let in.
    """
    company = session.exec(select(Company).where(Company.enterprise_number == claim.enterprise_number)).first()
    found = session.exec(select(Establishment).where(Establishment.number == claim.establishment_number)).first()
    names = [each.name for each in (company, found) if each]
    members = _members(session, company)
    matches = found is not None and company is not None and found.company_id == company.id
    lines = [
        _line(_("Numéro d’entreprise"), shown(claim.enterprise_number), company.name if company else "", bool(company)),
        _establishment(claim, found, matches),
        _name(claim, names),
        _line(
            _("Code postal"),
            claim.postal_code,
            found.postal_code if found else "",
            None if found is None else claim.postal_code == found.postal_code,
        ),
        _approvals(session, found),
        _mail(claim, members, names),
        _represented(members),
    ]
    return lines, matches


def plain_words(text: str) -> set[str]:
    """Return the telling words of a name, without accents or case."""
    spelled = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(sign for sign in spelled if not unicodedata.combining(sign))
    return {word for word in re.findall("[a-z0-9]+", letters) if len(word) >= SHORTEST_WORD} - _SILENT


def _line(label: str, claimed: str, known: str, fits: bool | None) -> CheckLine:
    verdict = UNKNOWN if fits is None or not known else FITS if fits else DIFFERS
    return CheckLine(label, claimed, known or _("Pas dans le registre"), verdict)


def _establishment(claim: CompanyClaim, found: Establishment | None, matches: bool) -> CheckLine:
    label, claimed = _("Unité d’établissement"), shown(claim.establishment_number)
    if found is None:
        return _line(label, claimed, "", None)
    known = found.name if matches else _("{name}, d’une autre entreprise").format(name=found.name)
    return _line(label, claimed, known, matches)


def _name(claim: CompanyClaim, names: list[str]) -> CheckLine:
    fits = any(_alike(claim.company_name, name) for name in names) if names else None
    return _line(_("Nom"), claim.company_name, " · ".join(dict.fromkeys(names)), fits)


def _alike(one: str, other: str) -> bool:
    return one.casefold() == other.casefold() or bool(plain_words(one) & plain_words(other))


def _approvals(session: Session, found: Establishment | None) -> CheckLine:
    label = _("Agrément")
    if found is None:
        return CheckLine(label, "", _("Aucun"), UNKNOWN)
    held = select(Approval, Trade).join(Trade).where(Approval.establishment_id == found.id)
    rows = sorted(session.exec(held), key=lambda row: plain(row[1].name_f))
    words = [
        f"{both_genders(trade.name_f, trade.name_m)} : {STATE_WORDS[approval.state].lower()}"
        for approval, trade in rows
    ]
    is_granted = any(approval.state.value == "accordé" for approval, _trade in rows)
    return CheckLine(label, "", " · ".join(words) or _("Aucun"), FITS if is_granted else DIFFERS)


def _mail(claim: CompanyClaim, members: list[Person], names: list[str]) -> CheckLine:
    label, domain = _("Domaine de l’adresse e-mail"), claim.email.rpartition("@")[2]
    if domain in {member.email.rpartition("@")[2] for member in members} - PERSONAL_MAILS:
        return CheckLine(label, domain, _("Le même que celui de l’équipe"), FITS)
    if domain in PERSONAL_MAILS:
        return CheckLine(label, domain, _("Une messagerie personnelle : ne prouve rien"), UNKNOWN)
    words = set().union(*[plain_words(name) for name in names])
    fits = any(word in domain.replace("-", "") for word in words)
    return CheckLine(
        label, domain, _("Contient le nom") if fits else _("Aucun lien visible avec le nom"), FITS if fits else UNKNOWN
    )


def _members(session: Session, company: Company | None) -> list[Person]:
    if company is None:
        return []
    return list(session.exec(select(Person).join(CompanyMember).where(CompanyMember.company_id == company.id)))


def _represented(members: list[Person]) -> CheckLine:
    known = ngettext(
        "{n} personne agit déjà pour l’entreprise", "{n} personnes agissent déjà pour l’entreprise", len(members)
    )
    words = known.format(n=len(members)) if members else _("Personne n’agit encore pour l’entreprise")
    return CheckLine(_("Équipe"), "", words, UNKNOWN if members else FITS)
