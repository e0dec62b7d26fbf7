"""The `stageplus` command: what an administrator does from a terminal."""

import importlib.util
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import click

LOOPBACK = "127.0.0.1"
DEMO_ENVIRONMENT = {"STAGEPLUS_DEMO": "true"}
LARGEST_BOUNCE = 1_000_000
LEARNER_ACCOUNT = ("apprenant@demo.test", "Stage-plus-demo-2026")
port_option = click.option(
    "--port", default=8000, show_default=True, envvar="PORT", type=click.IntRange(1, 65535), help="Port d'écoute."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Une seule ligne JSON sur la sortie standard.")
host_option = click.option("--host", default=LOOPBACK, show_default=True, help="Adresse d'écoute.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="stageplus")
def main() -> None:
    """Stage+ : places d'alternance et candidatures."""


@main.command()
@click.option("--force", is_flag=True, help="Reconstruire même si rien n'a changé.")
@click.option("--update-lock", is_flag=True, help="Accepter d'autres paquets npm dans reflex.lock.")
def build(force: bool, update_lock: bool) -> None:
    """Construit les pages, seulement si leurs sources ont changé."""
    _build_when_needed(force or update_lock, update_lock)


@main.command()
@host_option
@port_option
def serve(host: str, port: int) -> None:
    """Sert pages, websocket et routes HTTP sur un seul port."""
    os.environ["STAGEPLUS_PORT"] = str(port)
    from stageplus.web.build import pages_are_current
    from stageplus.web.server import address_of
    from stageplus.web.server import serve as serve_site

    if not pages_are_current():
        raise click.ClickException("Les pages ne sont pas construites ou plus à jour : lancez « stageplus build ».")
    _require_free_port(host, port)
    _require_real_installation()
    serve_site(host, port, lambda: click.echo(f"Stage+ répond sur {address_of(host, port)}"))


@main.command()
@click.option(
    "--size",
    default="small",
    show_default=True,
    type=click.Choice(["small", "full"]),
    help="« full » ajoute 35 000 apprenants, 10 000 entreprises, 100 000 offres et 1 000 000 de candidatures.",
)
@host_option
@port_option
def demo(size: str, host: str, port: int) -> None:
    """Remplit un monde inventé et sert le site avec ses comptes de démonstration."""
    os.environ.update(DEMO_ENVIRONMENT | {"STAGEPLUS_PORT": str(port)})
    from stageplus.web.server import address_of
    from stageplus.web.server import serve as serve_site

    _require_free_port(host, port)
    _build_when_needed()
    _prepare_demo()
    if size == "full":
        _prepare_full_world()
    _step("Démarrage du serveur")
    serve_site(host, port, lambda: _show_accounts(address_of(host, port)))


@main.command()
@click.option("--check", is_flag=True, help="Vérifier que les migrations donnent les tables du code.")
def migrate(check: bool) -> None:
    """Amène la base de données à la dernière migration."""
    from stageplus.db.engine import engine, open_engine
    from stageplus.db.revisions import differences_from_models
    from stageplus.db.revisions import migrate as apply_migrations

    target = open_engine("sqlite://") if check else engine()
    apply_migrations(target)
    if check and (found := differences_from_models(target)):
        raise click.ClickException("Les migrations ne donnent pas les tables du code :\n" + "\n".join(found))


@main.command(name="import-reference")
def import_reference_data() -> None:
    """Charge ou rafraîchit communes, métiers, secteurs et paramètres, et dit ce qui a changé."""
    from stageplus.services.registers.actions import import_reference

    for change in import_reference():
        click.echo(
            f"{change.table} : {change.added} ajoutés, {change.changed} changés, {change.unchanged} inchangés, "
            f"{change.kept} laissés comme OFFA les a voulus"
        )


@main.command()
@host_option
@port_option
def doctor(host: str, port: int) -> None:
    """Dit ce qui manque ou est mal réglé sur cette machine, et comment le réparer."""
    from stageplus.web.doctor import examine, machine_checks, settings_checks

    findings = examine([*machine_checks(host, port), *settings_checks(host, port)])
    for finding in findings:
        click.echo(str(finding))
    sys.exit(0 if all(finding.is_right for finding in findings) else 1)


@main.command(name="reset-second-factor")
@click.argument("email")
def reset_second_factor(email: str) -> None:
    """Retire le second facteur d'une personne qui l'a perdu, termine ses sessions et la prévient par courrier."""
    from datetime import UTC, datetime

    from stageplus.domain.errors import NotFound
    from stageplus.services.factors.actions import reset_factor_from_terminal

    try:
        reset_factor_from_terminal(email, datetime.now(UTC))
    except NotFound as unknown:
        raise click.ClickException(f"Personne n'a l'adresse {email}.") from unknown
    click.echo(f"Second facteur de {email} retiré, sessions terminées, courrier en attente d'envoi.")


@main.group(invoke_without_command=True)
@click.pass_context
def jobs(context: click.Context) -> None:
    """Exécute une fois le travail programmé (courrier, échéances, rappels), et dit ce qu'il a fait."""
    if context.invoked_subcommand:
        return
    from datetime import UTC, datetime

    from stageplus.jobs.clock import run_due

    for name, result in run_due(now=datetime.now(UTC), at_once=True).items():
        click.echo(f"{name} : {result}")


@jobs.command(name="run")
@click.argument("name")
@click.option("--at", metavar="DATE", help="Comme si c'était ce moment, par exemple 2027-01-31T09:00 (heure belge).")
def run_job(name: str, at: str | None) -> None:
    """Exécute une tâche, par exemple « fins-d-offres », et dit ce qu'elle a fait."""
    from datetime import UTC, datetime

    from stageplus.domain.errors import AlreadyDone, NotFound
    from stageplus.jobs.clock import FAILURE, JOBS, run_one

    now = datetime.now(UTC)
    try:
        result = run_one(name, at=_moment(at) if at else now, now=now)
    except NotFound as refusal:
        known = ", ".join(f"« {job.name} »" for job in JOBS)
        raise click.ClickException(f"Aucune tâche ne s'appelle « {name} ». Les tâches sont : {known}.") from refusal
    except AlreadyDone as refusal:
        raise click.ClickException("Un autre processus exécute cette tâche en ce moment.") from refusal
    click.echo(f"{name} : {result}")
    if result.startswith(FAILURE):
        raise SystemExit(1)


def _moment(typed: str) -> datetime:
    """Read a moment of Brussels, or one that names its time zone."""
    from stageplus.texts.formats import BRUSSELS

    try:
        read = datetime.fromisoformat(typed)
    except ValueError as error:
        raise click.ClickException("Ce moment ne se lit pas. Exemple : 2027-01-31T09:00") from error
    return read if read.tzinfo else read.replace(tzinfo=BRUSSELS)


@main.group()
def facts() -> None:
    """Les chiffres de chaque journée, comptés à partir des journaux."""


@facts.command(name="rebuild")
def rebuild_facts() -> None:
    """Recompte tous les chiffres à partir des journaux, et dit combien il y en a."""
    from datetime import UTC, datetime

    from stageplus.services.facts.actions import rebuild_facts as rebuild

    click.echo(f"Chiffres recomptés : {rebuild(now=datetime.now(UTC))}")


@main.command(name="create-administrator")
@click.argument("email")
def create_administrator_account(email: str) -> None:
    """Donne à une adresse un compte OFFA : un lien part pour en choisir le mot de passe."""
    from datetime import UTC, datetime

    from stageplus.config import settings
    from stageplus.domain.errors import AlreadyDone, InvalidInput, NotFound
    from stageplus.services.accounts.actions import create_administrator
    from stageplus.services.accounts.schemas import EmailInput

    try:
        address = EmailInput.read({"email": email}).email
        path = create_administrator(address, now=datetime.now(UTC))
    except InvalidInput as refusal:
        raise click.ClickException(refusal.fields["email"]) from refusal
    except NotFound as refusal:
        raise click.ClickException("Les paramètres manquent : lancez « stageplus import-reference ».") from refusal
    except AlreadyDone as refusal:
        raise click.ClickException("Cette adresse est celle d’un compte d’un autre profil.") from refusal
    if settings().smtp_host or settings().demo:
        click.echo(f"Un lien part vers {address} pour choisir le mot de passe.")
    else:
        click.echo(f"Aucun serveur de courrier : ouvrez ce lien, il ne sert qu’une fois.\n{settings().site}{path}")


@main.command(name="end-sessions")
@click.argument("email")
def end_sessions(email: str) -> None:
    """Déconnecte partout la personne qui a cette adresse."""
    from datetime import UTC, datetime

    from stageplus.domain.errors import NotFound
    from stageplus.services.accounts.actions import end_sessions_of

    try:
        count = end_sessions_of(email, now=datetime.now(UTC))
    except NotFound as refusal:
        raise click.ClickException("Aucun compte n’a cette adresse.") from refusal
    click.echo(f"Sessions terminées : {count}")


@main.command(name="mail-bounce")
def mail_bounce() -> None:
    """Lit sur l'entrée standard un courrier revenu et marque l'adresse qu'il n'a pas atteinte."""
    from datetime import UTC, datetime

    from stageplus.services.notifications.actions import note_bounce

    address = note_bounce(sys.stdin.buffer.read(LARGEST_BOUNCE), now=datetime.now(UTC))
    nothing = "Rien à marquer : ce n’est pas l’échec définitif d’un de nos envois."
    click.echo(f"Adresse marquée : {address}" if address else nothing)


@main.group()
def bench() -> None:
    """Mesure la rapidité et le poids, en JSON."""


@bench.command(name="web")
@json_option
def bench_web(as_json: bool) -> None:
    """Compare une première visite sur téléphone à une page Reflex nue."""
    from stageplus.bench.browser import NoBrowser
    from stageplus.bench.web import LEARNER_OFFERS, compare

    _require_playwright()
    _build_when_needed()
    with _demo_world() as environment:
        try:
            figures = compare(LEARNER_OFFERS, environment, LEARNER_ACCOUNT)
        except NoBrowser as missing:
            raise click.ClickException(str(missing)) from missing
    _show_figures(figures, as_json)


@bench.command(name="sign-in")
@click.option("--people", default=200, show_default=True, type=click.IntRange(2), help="Connexions en 10 secondes.")
@json_option
def bench_sign_in(people: int, as_json: bool) -> None:
    """Mesure les recherches d'une personne pendant que beaucoup d'autres se connectent."""
    from stageplus.bench.sign_in import measure_sign_in

    _build_when_needed()
    with _demo_world() as environment:
        figures = measure_sign_in(environment, LEARNER_ACCOUNT[0], people)
    _show_figures(figures, as_json)


@bench.command(name="live")
@click.option("--sessions", default=100, show_default=True, type=click.IntRange(1), help="Autres onglets actifs.")
@click.option(
    "--turns", default=20, show_default=True, type=click.IntRange(1), help="Candidatures, trois gestes chacune."
)
@json_option
def bench_live(sessions: int, turns: int, as_json: bool) -> None:
    """Mesure en combien de temps le geste d'un côté se voit sur la page ouverte de l'autre."""
    from stageplus.bench.live import measure_live

    _require_playwright()
    _build_when_needed()
    with _demo_world() as environment:
        figures = measure_live(environment, sessions, turns)
    _show_figures(figures, as_json)


@bench.command(name="search")
@click.option("--offers", default=100_000, show_default=True, type=click.IntRange(1), help="Offres ouvertes.")
@click.option(
    "--database", default="sqlite", show_default=True, help="sqlite, postgresql ou l'adresse d'une base vide."
)
@json_option
def bench_search(offers: int, database: str, as_json: bool) -> None:
    """Mesure les recherches d'un apprenant dans une base temporaire."""
    from stageplus.bench.search import NoDatabase, measure_search

    _step(f"Recherches parmi {offers} offres ({database.split(':')[0]})")
    try:
        figures = measure_search(offers, database)
    except NoDatabase as refused:
        raise click.ClickException(str(refused)) from refused
    _show_figures(figures, as_json)


@bench.command(name="search-quality")
@json_option
def bench_search_quality(as_json: bool) -> None:
    """Compte les recherches d'apprenants qui trouvent une bonne offre parmi les cinq premières."""
    from stageplus.bench.search_quality import measure_quality

    _step("Recherches écrites comme des apprenants les écrivent")
    _show_figures(measure_quality().figures, as_json)


@contextmanager
def _demo_world() -> Iterator[dict[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        environment = DEMO_ENVIRONMENT | {"STAGEPLUS_DATABASE_URL": f"sqlite:///{folder}/bench.db"}
        os.environ.update(environment)
        _prepare_demo()
        yield environment


@bench.command(name="desks")
@click.option("--learners", default=50_000, show_default=True, type=click.IntRange(10), help="Apprenants en tout.")
@json_option
def bench_desks(learners: int, as_json: bool) -> None:
    """Mesure les listes des opérateurs, des coachs et de l'OFFA dans une base temporaire."""
    from stageplus.bench.desks import measure_desks

    _step(f"Listes avec {learners} apprenants")
    _show_figures(measure_desks(learners), as_json)


@bench.command(name="dashboards")
@click.option("--applications", default=1_000_000, show_default=True, type=click.IntRange(10), help="En deux ans.")
@click.option(
    "--database", default="sqlite", show_default=True, help="sqlite, postgresql ou l'adresse d'une base vide."
)
@json_option
def bench_dashboards(applications: int, database: str, as_json: bool) -> None:
    """Mesure ce que lisent les tableaux de bord et les statistiques ouvertes, dans un grand monde temporaire."""
    from stageplus.bench.dashboards import measure_dashboards
    from stageplus.bench.search import NoDatabase

    _step(f"Tableaux de bord avec {applications} candidatures ({database.split(':')[0]})")
    try:
        figures = measure_dashboards(applications, database, progress=_step)
    except NoDatabase as refused:
        raise click.ClickException(str(refused)) from refused
    _show_figures(figures, as_json)


def _show_figures(figures: dict[str, Any], as_json: bool) -> None:
    click.echo(json.dumps(figures, indent=None if as_json else 2))


def _build_when_needed(force: bool = False, update_lock: bool = False) -> None:
    from stageplus.web.build import BuildFailed, build_pages, pages_are_current

    if not force and pages_are_current():
        _step("Pages à jour, rien à construire")
        return
    _step("Construction des pages")
    try:
        build_pages(update_lock)
    except BuildFailed as error:
        raise click.ClickException(str(error)) from error


def _prepare_demo() -> None:
    from datetime import UTC, datetime

    from stageplus.db.engine import engine
    from stageplus.db.revisions import migrate as apply_migrations
    from stageplus.demo.world import fill_demo_world, has_people, is_demo_database
    from stageplus.services.registers.actions import import_reference

    _step("Base de données et données de référence")
    apply_migrations(engine())
    if has_people(engine()) and not is_demo_database(engine()):
        raise click.ClickException(
            "Cette base contient de vraies personnes : la démonstration n'y touche pas. "
            "Retirez STAGEPLUS_DATABASE_URL ou choisissez une base vide."
        )
    import_reference()
    fill_demo_world(now=datetime.now(UTC), on=engine(), progress=_step)


def _prepare_full_world() -> None:
    from datetime import UTC, datetime

    from stageplus.db.engine import engine
    from stageplus.demo.full import HalfFilled, fill_full_world
    from stageplus.demo.full_ground import Size

    try:
        fill_full_world(Size(), now=datetime.now(UTC), on=engine(), progress=_step)
    except HalfFilled as interrupted:
        raise click.ClickException(
            "Le grand monde a été interrompu pendant son remplissage : effacez cette base et recommencez."
        ) from interrupted


def _show_accounts(address: str) -> None:
    from stageplus.services.accounts.schemas import DEMO_ACCOUNTS, DEMO_PASSWORD

    click.echo(f"\nStage+ répond sur {address}\n")
    for label, email in DEMO_ACCOUNTS:
        click.echo(f"  {label:<16} {email}")
    click.echo(f"\nMot de passe de tous ces comptes : {DEMO_PASSWORD}")
    # A passkey is made for a name; a bare number has none.
    click.echo(f"Clés d'accès (passkeys) à essayer sur {address.replace(LOOPBACK, 'localhost')}")


def _require_free_port(host: str, port: int) -> None:
    from stageplus.web.server import is_port_free

    if not is_port_free(host, port):
        raise click.ClickException(f"Le port {port} est déjà occupé : choisissez-en un autre avec PORT=… ou --port.")


def _require_real_installation() -> None:
    from stageplus.config import MINIMUM_SECRET_LENGTH, settings
    from stageplus.db.engine import engine
    from stageplus.db.revisions import migrate as apply_migrations
    from stageplus.demo.world import is_demo_database

    if len(settings().secret) < MINIMUM_SECRET_LENGTH:
        raise click.ClickException("STAGEPLUS_SECRET_KEY doit compter au moins 32 caractères.")
    apply_migrations(engine())
    if is_demo_database(engine()) and not settings().demo:
        raise click.ClickException("Cette base est celle de la démonstration : choisissez-en une autre.")


def _require_playwright() -> None:
    if importlib.util.find_spec("playwright") is None:
        raise click.ClickException("Playwright manque (dépendance de test) : lancez « make install-dev ».")


def _step(name: str) -> None:
    click.echo(f"→ {name}", err=True)


if __name__ == "__main__":
    sys.exit(main())
