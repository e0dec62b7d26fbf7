"""The names that other tools and people rely on to find a button or a field, letter by letter."""

from pathlib import Path

import pytest

import stageplus.texts

CATALOGUE = Path(stageplus.texts.__file__).parent / "locale" / "stageplus.pot"
LABELS = (
    "Adresse e-mail",
    "Mot de passe",
    "Se connecter",
    "Se déconnecter",
    "Rechercher un métier ou un mot-clé",
    "Commune ou code postal",
    "Rayon",
    "Voir l'offre",
    "Postuler",
    "Ma motivation",
    "Envoyer ma candidature",
    "Retirer ma candidature",
    "Publier l'offre",
    "Enregistrer le brouillon",
    "Clôturer l'offre",
    "Proposer un entretien",
    "Accepter",
    "Refuser",
    "Motif",
)


@pytest.mark.parametrize("label", LABELS)
def test_a_label_that_others_rely_on_is_written_exactly_so(label: str) -> None:
    assert f'msgid "{label}"\n' in CATALOGUE.read_text(encoding="utf-8")
