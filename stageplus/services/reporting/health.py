"""How the site's timed work goes, in words for whoever runs it."""

from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session

from stageplus.db.engine import reading
from stageplus.models import JobLease
from stageplus.services.leases import job_leases
from stageplus.services.reporting.schemas import JobRow
from stageplus.texts import _, ngettext
from stageplus.texts.formats import moment_near, number

JOB_WORDS = {
    "courrier": (_("Envoi du courrier"), _("Envoie ce qui attend, réessaie ce qui a échoué.")),
    "e-mails du jour": (_("E-mails du jour"), _("Écrit à qui préfère un seul e-mail par jour.")),
    "réponses des entreprises": (
        _("Réponses des entreprises"),
        _("Montre aux apprenants les réponses qui ne peuvent plus être reprises."),
    ),
    "examen des CV": (_("Examen des CV"), _("Demande à l’antivirus de regarder les fichiers qui attendent.")),
    "brouillons et CV": (
        _("Oubli des brouillons et des CV"),
        _("Efface les brouillons abandonnés et les CV des candidatures finies."),
    ),
    "offres échues": (_("Fin des offres"), _("Ferme les offres dont le dernier jour est passé.")),
    "fins d’offres": (_("Rappels de fin d’offre"), _("Écrit aux entreprises avant la fin d’une offre.")),
    "messages non lus": (_("Messages non lus"), _("Écrit une fois à qui un message attend d’être lu.")),
    "rappels aux entreprises": (_("Rappels aux entreprises"), _("Rappelle les candidatures sans réponse.")),
    "rappels d’entretiens": (_("Rappels d’entretiens"), _("Rappelle aux deux un entretien du lendemain, une fois.")),
    "candidatures sans réponse": (_("Fin de l’attente"), _("Dit à l’apprenant que l’entreprise n’a pas répondu.")),
    "alertes": (_("Alertes"), _("Cherche les nouvelles offres des recherches gardées et écrit à qui l’a demandé.")),
    "journal des consultations": (
        _("Journal des consultations"),
        _("Oublie qui a consulté quoi, après les mois fixés."),
    ),
    "consultations": (_("Consultations des offres"), _("Compte les visites de la veille et oublie qui c’était.")),
    "chiffres": (
        _("Chiffres du site"),
        _("Compte ce que chaque journée a apporté et publie les mois terminés."),
    ),
    "demandes d’accès": (
        _("Demandes d’accès"),
        _("Oublie les demandes d’entreprises restées sans suite."),
    ),
    "invitations": (_("Oubli des invitations"), _("Efface celles que personne n’a acceptées, après quelques mois.")),
    "notifications": (_("Oubli des notifications"), _("Efface celles qui sont gardées depuis assez longtemps.")),
    "candidatures terminées": (
        _("Contenu des candidatures"),
        _("Efface ce qui a été écrit dans les candidatures terminées ; la ligne reste pour les chiffres."),
    ),
    "comptes qui dorment": (
        _("Comptes qui dorment"),
        _("Prévient les apprenants qui ne viennent plus, puis efface leur compte ; aussi après la fin d’inscription."),
    ),
    "journaux": (_("Oubli des journaux"), _("Efface les gestes, les sessions et les courriers trop anciens.")),
    "taux de réponse": (_("Taux de réponse"), _("Compte les candidatures auxquelles chaque entreprise a répondu.")),
    "recherches sans résultat": (
        _("Recherches sans résultat"),
        _("Efface les mots que plus personne ne cherche."),
    ),
    "statistiques de la base": (
        _("Statistiques de la base"),
        _("Compte les lignes, pour que les recherches restent rapides."),
    ),
    "listes importées": (_("Oubli des listes"), _("Efface les lignes des listes d’apprenants qui ne servent plus.")),
}
"""What each job is called and does; tests/jobs checks that every job is here."""
LATE_AFTER = timedelta(minutes=15)
FAILURE = "erreur "
GOES_WELL = {"fine", "running"}
STATES = {
    "fine": _("En ordre"),
    "running": _("En cours"),
    "late": _("En retard"),
    "failed": _("Échec"),
    "never": _("Jamais exécutée"),
}


def jobs_of(session: Session, now: datetime) -> list[JobRow]:
    """List every job, also those that never ran."""
    leases = {lease.name: lease for lease in job_leases(session)}
    names = [*JOB_WORDS, *sorted(leases.keys() - JOB_WORDS.keys())]
    return [_job(name, leases.get(name), now) for name in names]


def unwell_jobs(now: datetime, on: Engine | None = None) -> list[str]:
    """Name the jobs that failed, are late or never ran, for whoever looks from the terminal."""
    with reading(on) as session:
        jobs = jobs_of(session, now)
    return [f"{job.name} ({job.state_words.lower()})" for job in jobs if job.state not in GOES_WELL]


def state_of(lease: JobLease | None, now: datetime) -> str:
    """Say how a job goes: it runs right now, its last run failed, it is late, it never ran, or all is fine."""
    if lease is None:
        return "never"
    if lease.holder and lease.until > now:
        return "running"
    if lease.last_result.startswith(FAILURE):
        return "failed"
    if lease.until + LATE_AFTER < now:
        return "late"
    return "fine" if lease.last_run_at else "never"


def _job(name: str, lease: JobLease | None, now: datetime) -> JobRow:
    title, explanation = JOB_WORDS.get(name, (name.capitalize(), ""))
    state = state_of(lease, now)
    return JobRow(
        name=title,
        explanation=explanation,
        last_run=moment_near(lease.last_run_at, now) if lease and lease.last_run_at else "—",
        result=_result(lease.last_result) if lease else "—",
        due=moment_near(lease.until, now) if lease else "—",
        state=state,
        state_words=STATES[state],
        **_figures_of(lease),
    )


def _figures_of(lease: JobLease | None) -> dict[str, str]:
    """Say how long the last run took, what it treated, and how often it failed since the last one that did not."""
    if lease is None or lease.last_run_at is None:
        return {}
    seconds = lease.last_milliseconds / 1000
    took = (
        _("{n} s").format(n=number(round(seconds, 1)))
        if seconds >= 1
        else _("{n} ms").format(n=lease.last_milliseconds)
    )
    return {"duration": took, "rows": number(lease.last_rows), "failures": number(lease.failures)}


def _result(text: str) -> str:
    if not text.isdigit():
        return text or "—"
    count = int(text)
    return ngettext("{n} traité", "{n} traités", count).format(n=number(count)) if count else _("rien à faire")
