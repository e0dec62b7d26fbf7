"""The right to see one's data and to take them along (articles 15 and 20 of the GDPR)."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from stageplus.db.engine import reading, transaction
from stageplus.domain.actors import Actor, Permission, require
from stageplus.models import Person
from stageplus.services.documents.queries import kept_files
from stageplus.services.factors.queries import require_recent_proof
from stageplus.services.journal.actions import note_deed
from stageplus.services.privacy.account import ACCOUNT
from stageplus.services.privacy.company import COMPANY
from stageplus.services.privacy.followed import FOLLOWED
from stageplus.services.privacy.learner import LEARNER
from stageplus.services.privacy.schemas import PersonalFile, Section, Whose
from stageplus.services.privacy.talking import TALKING
from stageplus.services.privacy.work import WORK
from stageplus.services.throttle import Limit, throttle
from stageplus.texts import _
from stageplus.texts.formats import BRUSSELS, day_in_brussels

SECTIONS: dict[str, Section] = {**ACCOUNT, **LEARNER, **FOLLOWED, **TALKING, **COMPANY, **WORK}
PER_PERSON = Limit("personal data", 10, 60)


def export_my_data(actor: Actor | None, *, now: datetime, on: Engine | None = None) -> PersonalFile:
    """Give everybody one JSON file of all that is kept of them, and write in the journal that it was given.

    A learner's own CVs lie beside it, those that were found clean.
    Never a secret, never another person's name or words that they could not read already; the parts that hold nothing
    are named. Needs a recent proof; at most ten files an hour. Raises `FreshFactorNeeded` and `TooManyTries`.
    """
    actor = require(actor, Permission.ACCOUNT_OWN)
    with reading(on) as session:
        require_recent_proof(session, actor, now)
        throttle().admit(PER_PERSON, str(actor.person_id))
        email = session.get_one(Person, actor.person_id).email
        kept = _kept(session, Whose(actor.person_id, email, actor.learner_id or 0))
        beside = kept_files(session, actor.learner_id) if actor.learner_id else {}
    with transaction(on) as session:
        note_deed(session, "data.exported", by=actor, to=actor.person_id, now=now)
    content = json.dumps(_about(kept, now) | kept, ensure_ascii=False, indent=2)
    return PersonalFile(f"stageplus-mes-donnees-{day_in_brussels(now)}.json", f"{content}\n", beside)


def _kept(session: Session, whose: Whose) -> dict[str, Any]:
    read = {name: (section.words, section.read(session, whose)) for name, section in SECTIONS.items()}
    return {name: {"explication": words, "contenu": rows} for name, (words, rows) in read.items() if rows}


def _about(kept: dict[str, Any], now: datetime) -> dict[str, Any]:
    return {
        "a_propos": {
            "quoi": _("Tout ce que Stage+ garde au sujet de ce compte, lisible par une personne et par un programme."),
            "fait_le": now.astimezone(BRUSSELS).isoformat(timespec="seconds"),
            "responsable": _("OFFA, Office francophone de la formation en alternance"),
            "droits": _("Corriger, effacer, s’opposer, porter plainte : voir la page « Vie privée » de Stage+."),
            "dates": _("Année-mois-jour, et l’heure de Bruxelles avec son décalage (ISO 8601)."),
            "jamais_dans_ce_fichier": _(
                "Mots de passe, codes et clés : Stage+ n’en garde que des empreintes ou une forme chiffrée. "
                "Les noms et les mots d’autres personnes, sauf ceux qui étaient adressés à ce compte."
            ),
            "sans_contenu": [section.words for name, section in SECTIONS.items() if name not in kept],
        }
    }
