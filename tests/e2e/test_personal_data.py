"""A learner takes a copy of all their data from the phone; a session that is no longer fresh proves who asks first."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from playwright.sync_api import Page, expect
from sqlalchemy import Engine
from sqlmodel import col, select, update

from stageplus.db.engine import transaction
from stageplus.models import Person, SignInSession
from tests.e2e.conftest import PASSWORD

ACCOUNT = "apprenant7"
EMAIL = f"{ACCOUNT}@demo.test"


def download(page: Page, folder: Path) -> dict[str, Any]:
    with page.expect_download() as started:
        page.get_by_role("button", name="Télécharger mes données").click()
    assert started.value.suggested_filename.startswith("stageplus-mes-donnees-")
    given = folder / started.value.suggested_filename
    started.value.save_as(given)
    content = given.read_bytes()
    if given.suffix == ".zip":  # the CVs lie beside
        with ZipFile(given) as archive:
            content = archive.read(f"{given.stem}.json")
    read: dict[str, Any] = json.loads(content)
    return read


def test_the_file_comes_at_once_and_after_an_hour_behind_a_proof(
    open_as: Callable[..., Page], world: Engine, tmp_path: Path
) -> None:
    page = open_as(ACCOUNT, "/compte", width=390)
    expect(page.get_by_role("heading", name="Mes données")).to_be_visible()
    first = download(page, tmp_path)
    assert first["compte"]["contenu"][0]["adresse_e_mail"] == EMAIL
    assert {"formation", "appareils", "candidatures"} <= set(first)
    with transaction(world) as session:
        mine = select(Person.id).where(Person.email == EMAIL).scalar_subquery()
        theirs = update(SignInSession).where(col(SignInSession.person_id) == mine)
        session.exec(theirs.values(created_at=datetime.now(UTC) - timedelta(hours=1)))
    page.get_by_role("button", name="Télécharger mes données").click()
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Confirmer").click()
    expect(page.get_by_text("L’identité est confirmée : le fichier peut être téléchargé.")).to_be_visible()
    assert len(download(page, tmp_path)["gestes_au_sujet_du_compte"]["contenu"]) >= 1
