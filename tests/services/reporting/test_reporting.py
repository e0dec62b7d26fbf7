"""OFFA sees totals and how the site goes, everybody three true numbers and how long data are kept."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from stageplus.db.engine import transaction
from stageplus.domain.actors import Actor
from stageplus.domain.applications import ApplicationStatus
from stageplus.domain.errors import Denied
from stageplus.domain.offers import OfferStatus
from stageplus.models import ApplicationDraft, JobLease, OutboxMessage, Parameter
from stageplus.services.drafts.actions import forget_drafts
from stageplus.services.leases import DEMO_MARK, end_lease, take_lease
from stageplus.services.reporting import keeping, mails
from stageplus.services.reporting.health import JOB_WORDS
from stageplus.services.reporting.queries import public_totals, retention_periods, site_keeping, site_totals
from stageplus.services.reporting.schemas import JobRow, Keeping, SiteTotals
from tests import factories
from tests.factories import NOW

MINUTE = timedelta(minutes=1)


@pytest.fixture
def actors(database: Engine) -> dict[str, Actor]:
    with transaction(database) as session:
        factories.minimal_reference(session)
        offer = factories.an_offer(session, places=2)
        factories.an_offer(session, trade_code="coiffeur", published_at=NOW - timedelta(days=3))
        factories.an_offer(session, status=OfferStatus.DRAFT)
        old = NOW - timedelta(days=15)
        factories.an_application(session, offer, factories.a_learner(session), sent_at=old)
        factories.an_application(session, offer, factories.a_learner(session), status=ApplicationStatus.REFUSED)
        return {
            "baker": factories.a_coach(session, "alimentation"),
            "offa": factories.an_offa_member(session),
            "member": factories.a_member(session, offer.company_id),
        }


def totals_of(database: Engine, actors: dict[str, Actor]) -> SiteTotals:
    return site_totals(actors["offa"], now=NOW, on=database)


def job(totals: SiteTotals, name: str) -> JobRow:
    return next(row for row in totals.jobs if row.name == name)


def ran(database: Engine, name: str, result: str, every: timedelta, ago: timedelta = timedelta()) -> None:
    at = NOW - ago
    take_lease(name, "un", MINUTE, now=at, on=database)
    end_lease(name, "un", result, at + every, now=at, on=database)


def test_offa_counts_people_places_and_applications(database: Engine, actors: dict[str, Actor]) -> None:
    figures = {figure.label: figure.value for figure in totals_of(database, actors).figures}
    assert (figures["Apprenants"], figures["Sans lieu de stage"]) == ("2", "2")
    assert (figures["Offres ouvertes"], figures["Places libres"], figures["Candidatures"]) == ("2", "3", "2")
    assert figures["Offres publiées aujourd’hui"] == "1"
    assert figures["Sans réponse depuis plus de 14 jours"] == "1"


def test_each_status_has_its_share(database: Engine, actors: dict[str, Actor]) -> None:
    shares = {row.label: (row.value, row.share) for row in totals_of(database, actors).applications}
    assert (shares["Envoyée"], shares["Refusée"], shares["Retenue"]) == (("1", 50), ("1", 50), ("0", 0))
    assert "Brouillon" not in shares


def test_jobs_have_human_names_and_say_how_they_went(database: Engine, actors: dict[str, Actor]) -> None:
    ran(database, "courrier", "0", MINUTE)
    ran(database, "offres échues", "3", 10 * MINUTE)
    ran(database, "rappels aux entreprises", "erreur 4F1A-09C2", 30 * MINUTE)
    ran(database, "candidatures sans réponse", "1", 30 * MINUTE, ago=timedelta(hours=2))
    ran(database, "ménage", "", MINUTE)
    totals = totals_of(database, actors)
    seen = {row.name: (row.state_words, row.result) for row in totals.jobs}
    assert seen["Envoi du courrier"] == ("En ordre", "rien à faire")
    assert seen["Fin des offres"] == ("En ordre", "3 traités")
    assert seen["Rappels aux entreprises"] == ("Échec", "erreur 4F1A-09C2")
    assert seen["Fin de l’attente"] == ("En retard", "1 traité")
    assert seen["Ménage"] == ("En ordre", "—")
    assert job(totals, "Envoi du courrier").last_run == "aujourd’hui à 10\u00a0h"
    assert not totals.is_healthy


def test_a_job_that_runs_at_this_moment_and_one_that_never_ran(database: Engine, actors: dict[str, Actor]) -> None:
    take_lease("courrier", "un", MINUTE, now=NOW, on=database)
    totals = totals_of(database, actors)
    assert job(totals, "Envoi du courrier").state_words == "En cours"
    assert job(totals, "Fin des offres").state_words == "Jamais exécutée"
    assert not totals.is_healthy


def test_the_mark_of_a_demonstration_is_no_job(database: Engine, actors: dict[str, Actor]) -> None:
    with transaction(database) as session:
        session.add(JobLease(name=DEMO_MARK, until=NOW, last_run_at=NOW, last_result="monde inventé"))
    assert DEMO_MARK not in str(totals_of(database, actors).jobs).casefold()


def test_all_is_well_when_every_job_ran_and_every_mail_left(database: Engine, actors: dict[str, Actor]) -> None:
    for name in JOB_WORDS:
        ran(database, name, "0", MINUTE)
    assert totals_of(database, actors).is_healthy
    with transaction(database) as session:
        for number, given_up in enumerate((None, NOW)):
            waiting = {"created_at": NOW, "next_try_at": NOW, "given_up_at": given_up, "kind": "", "subject": ""}
            session.add(OutboxMessage(key=str(number), recipient="a@demo.test", text="", html="", **waiting))
    totals = totals_of(database, actors)
    assert [(figure.value, figure.tone) for figure in totals.mails] == [
        ("1", "neutral"),
        ("1", "danger"),
        ("0", "neutral"),
    ]
    assert not totals.is_healthy


def a_refused_mail(database: Engine, kind: str, refusal: str, days_ago: int = 0) -> None:
    at = NOW - timedelta(days=days_ago)
    with transaction(database) as session:
        mail = {"key": f"{kind} {refusal} {days_ago}", "recipient": "ada.essai@demo.test", "kind": kind}
        moments = {"created_at": at, "next_try_at": at, "given_up_at": at, "refused_at": at}
        session.add(OutboxMessage(subject="", text="", html="", refusal=refusal, **mail, **moments))


def test_mails_that_addresses_refuse_are_listed_for_a_month_and_leave_the_site_healthy(
    database: Engine, actors: dict[str, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in JOB_WORDS:
        ran(database, name, "0", MINUTE)
    for days_ago, (kind, refusal) in enumerate(
        [("account", "550 5.1.1"), ("application-received", "5.2.2"), ("digest", "550")]
    ):
        a_refused_mail(database, kind, refusal, days_ago)
    a_refused_mail(database, "alerts", "550 5.1.1", 31)
    totals = totals_of(database, actors)
    assert totals.is_healthy and totals.mails[-1].value == "3"
    assert {row.address for row in totals.refused} == {"a…@demo.test"}
    assert [(row.kind, row.reason, row.code) for row in totals.refused] == [
        ("Sécurité", "Cette adresse n’existe pas", "550 5.1.1"),
        ("Candidatures", "Boîte pleine", "5.2.2"),
        ("Résumé", "Refusée par son serveur", "550"),
    ]
    assert totals.refused_more == ""
    monkeypatch.setattr(mails, "MOST_REFUSED", 1)
    totals = totals_of(database, actors)
    assert (len(totals.refused), totals.refused_more) == (1, "Et 2 plus anciens.")


def keeping_of(database: Engine, actors: dict[str, Actor]) -> Keeping:
    return site_keeping(actors["offa"], now=NOW, on=database)


def test_what_is_due_for_erasure_is_counted_and_late_after_two_days(database: Engine, actors: dict[str, Actor]) -> None:
    assert {row.state for row in keeping_of(database, actors).due} == {"À jour"}
    with transaction(database) as session:
        learner = factories.a_learner(session)
        for days in (59, 61, 63):
            offer = factories.an_offer(session)
            session.add(
                ApplicationDraft(
                    learner_id=learner.id or 0, offer_id=offer.id or 0, saved_at=NOW - timedelta(days=days)
                )
            )
    due = {row.what: row for row in keeping_of(database, actors).due}["Brouillons de candidature"]
    assert (due.waiting, due.state, due.tone, due.last_run) == ("2", "1 en retard", "danger", "jamais")
    ran(database, "brouillons et CV", "0", MINUTE)
    assert forget_drafts(now=NOW, on=database) == 2
    due = {row.what: row for row in keeping_of(database, actors).due}["Brouillons de candidature"]
    assert (due.waiting, due.state, due.tone, due.period) == ("0", "À jour", "success", "60 jours")
    assert due.last_run != "jamais"


def test_every_rule_names_a_job_that_exists(database: Engine, actors: dict[str, Actor]) -> None:
    assert {rule.job for rule in keeping.RULES} <= set(JOB_WORDS)
    assert len(keeping_of(database, actors).due) == len(keeping.RULES)


def test_what_is_stored_is_measured(database: Engine, actors: dict[str, Actor]) -> None:
    with transaction(database) as session:
        application = factories.an_application(session, factories.an_offer(session), factories.a_learner(session))
        factories.a_document(session, application, size=1_250_000)
    size, documents, weight, mails_kept = keeping_of(database, actors).storage
    assert size.value.split()[-1] in {"Ko", "Mo"}
    assert [each.value for each in (documents, weight, mails_kept)] == ["1", "1,2 Mo", "0"]


def test_only_offa_reads_what_is_kept(database: Engine, actors: dict[str, Actor]) -> None:
    for who in ("baker", "member"):
        with pytest.raises(Denied):
            site_keeping(actors[who], now=NOW, on=database)


def test_everybody_sees_true_numbers(database: Engine, actors: dict[str, Actor]) -> None:
    totals = public_totals(None, now=NOW, on=database)
    assert (totals.offers, totals.trades, totals.municipalities) == ("2", "2", "1")


def test_retention_is_what_the_parameters_in_force_say(database: Engine, actors: dict[str, Actor]) -> None:
    periods = retention_periods(None, now=NOW, on=database)
    assert (periods.ended_application, periods.inactive_warning, periods.logs) == ("3 mois", "11 mois", "12 mois")
    with transaction(database) as session:
        for day, value in ((date(2026, 11, 1), "1"), (date(2026, 12, 1), "9")):
            name = "retention_ended_application_months"
            session.add(Parameter(name=name, effective_from=day, value=value, unit="months", source="test"))
    assert retention_periods(None, now=NOW, on=database).ended_application == "1 mois"


def test_each_view_is_for_its_role(database: Engine, actors: dict[str, Actor]) -> None:
    for view, wrong in ((site_totals, "baker"), (site_totals, "member")):
        with pytest.raises(Denied):
            view(actors[wrong], now=NOW, on=database)
