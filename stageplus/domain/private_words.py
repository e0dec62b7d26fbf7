"""Notices what nobody needs for a first contact: a street, a national number, health, what concerns the parents.

It warns whoever writes, before sending, and never refuses: a rule of words is sometimes wrong, and the choice is hers.
Ground: loi du 8 août 1983 (national number), GDPR article 9 (health), article 5.1.c (nothing that is not needed).
"""

import re
from enum import StrEnum

from stageplus.domain.plain_text import plain


class PrivateMatter(StrEnum):
    """What a text says that nobody needs for a first contact."""

    ADDRESS = "adresse"
    NATIONAL_NUMBER = "numéro national"
    HEALTH = "santé"
    PARENTS = "parents"


_SENTENCE = re.compile(r"(?<!\bav\.)(?<!\bbd\.)(?<=[.!?;])\s+|\n+", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\d+])\d{2}[.\-/ ]?\d{2}[.\-/ ]?\d{2}[.\-/ ]{0,3}\d{3}[.\-/ ]?\d{2}(?!\d)")
_NUMBER_NAMED = re.compile(r"\b(numero (national|de registre)|registre national|niss)\b[^\d]{0,25}\d")
_STREETS = r"(?:rue|avenue|av|boulevard|bd|chaussee|allee|impasse|quai|chemin|dreve|clos|sentier|venelle|square)"
_NO_NAME = r"(?!(?:ou|y|a|ai|et|en|il|qui|depuis|dans|avec|pendant|pour|il|je|nous|on|bus|tous|j)\b)"
_UNIT = (
    r"(?!\d| (?:ans?|annees?|mois|semaines?|jours?|h|heures?|min|minutes?|km|metres?|m|fois|euros?|e|eme|er|"
    r"magasins?|personnes|boulangeries|commerces)\b)"
)
_STREET_THEN_NUMBER = re.compile(
    rf"\b{_STREETS}(?: {_NO_NAME}[a-z]+){{1,5}} (?:n |no |numero )?\d{{1,4}}[a-z]?\b{_UNIT}"
)
_NUMBER_THEN_STREET = re.compile(
    rf"(?<!bus )(?<!tram )(?<!metro )(?<!ligne )(?<!tec )"
    rf"\b\d{{1,4}}(?: ?[a-z]| bis)? (?:de la |du |de l )?{_STREETS} [a-z]"
)
_PLACE = re.compile(
    r"\b[Pp]lace (?:(?:de la |du |des |de |d[’'])?[A-ZÉÈÀ][\w’'-]+ ?){1,3},? ?(?:n° ?)?\d{1,3}\b"
    r"(?! ?(?:h|%|mois|jours|ans|heures))"
)
_MINE = re.compile(
    r"\b(j ai|j avais|je suis|j etais|m arrive|etant|je souffre|je prends|je fais de l|mon|ma|mes|"
    r"m a diagnostique|on m a|atteinte? d|a cause d|suite a une?)\b"
)
_HEALTH = re.compile(
    r"\b(maladies?|malade chronique|handicape?e?|"
    r"dys(lexi|phasi|praxi|orthographi|calculi)\w*|tdah?|hyperacti\w+|autis\w+|"
    r"asthm\w+|diabet\w+|epilep\w+|depress\w+|depression|allergiques?|allergies?|medicaments?|enceinte|hospitalise?e?|"
    r"psychologue|psychiatre|cancer|burn out|anorexi\w+|operee?|operation|traitement medical|sante mentale|"
    r"crises? d angoisse|trouble\w* (de|du|d) \w+|mal au dos|surdite|sourde?|malentendante?)\b"
)
_OF_OTHERS = re.compile(
    r"\b(aide[rs]?|accompagne\w*|occupe\w*|soigne\w*|personnes|patients?|enfants|gens|clients?|residents?|animaux|"
    r"produits|plats|recettes|livre|cours|sujet|clientele|chien|chat)\b"
)
_PARENT = re.compile(
    r"\b(mon|ma|mes) (pere|mere|parents?|papa|maman|beau pere|belle mere|tuteur legal|"
    r"grands? parents?|grand mere|grand pere)\b"
)
_ABOUT_PARENTS = re.compile(
    r"\b(s appelle\w*|divorce\w*|separe\w*|chomage|chomeu\w+|cpas|deced\w+|mort|morte|prison|revenus?|salaire|"
    r"gagne\w* \d|malades?|alcool\w*|mutuelle|invalid\w+|pension\w*|nee? (en|le)|"
    r"sans papiers|ne parle\w* pas|faillite|dettes?)\b"
)
_REACHED = re.compile(r"\d{3,4}[ ./]?\d{2}[ ./]?\d{2}[ ./]?\d{2}|[^\s@]+@[^\s@]+\.\w+")


def private_matters(text: str) -> list[PrivateMatter]:
    """Name what a text says that nobody needs for a first contact, each once, in the order of the list."""
    sentences = [each for each in _SENTENCE.split(text) if each.strip()]
    rules = {
        PrivateMatter.ADDRESS: _has_address,
        PrivateMatter.HEALTH: _has_health,
        PrivateMatter.PARENTS: _has_parents,
    }
    found = {matter for matter, says in rules.items() if any(says(each) for each in sentences)}
    if _has_national_number(text):
        found.add(PrivateMatter.NATIONAL_NUMBER)
    return [matter for matter in PrivateMatter if matter in found]


def _has_address(sentence: str) -> bool:
    words = plain(sentence)
    return bool(_STREET_THEN_NUMBER.search(words) or _NUMBER_THEN_STREET.search(words) or _PLACE.search(sentence))


def _has_national_number(text: str) -> bool:
    named = _NUMBER_NAMED.search(plain(text))
    return bool(named) or any(_is_national_number(found) for found in _NUMBER.findall(text))


def _is_national_number(written: str) -> bool:
    """Check the two last digits: 97 less the rest of the others, with a 2 before them since 2000."""
    digits = re.sub(r"\D", "", written)
    first, check = digits[:9], int(digits[9:])
    return check in {97 - int(first) % 97, 97 - int(f"2{first}") % 97}


def _has_health(sentence: str) -> bool:
    words = plain(sentence)
    for found in _HEALTH.finditer(words):
        before = words[max(0, found.start() - 45) : found.start()]
        mine = list(_MINE.finditer(before))
        if mine and not _OF_OTHERS.search(before[mine[-1].start() :] + words[found.end() : found.end() + 12]):
            return True
    return False


def _has_parents(sentence: str) -> bool:
    words = plain(sentence)
    named = _PARENT.search(words)
    return named is not None and bool(_ABOUT_PARENTS.search(words, named.end()) or _REACHED.search(sentence))
