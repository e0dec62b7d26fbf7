"""Looks at what the site needs around it: a mail server, Redis, room on the disk, the right time, timed work."""

import shutil
import smtplib
import socket
import ssl
from collections.abc import Callable
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import redis

from stageplus.config import Settings
from stageplus.domain.refusals import ProviderDown
from stageplus.services.documents.antivirus import Clamd, NoVerdict
from stageplus.services.federation.provider import Provider, ProviderMisconfigured
from stageplus.services.notifications.delivery import SmtpServer
from stageplus.web.finding import Finding

SECONDS_TO_ANSWER = 5.0
LEAST_FREE_BYTES = 1024**3
MOST_APART = timedelta(seconds=30)
MAIL_REMEDIES: tuple[tuple[type[OSError], str], ...] = (
    (smtplib.SMTPAuthenticationError, "Vérifiez STAGEPLUS_SMTP_USER et STAGEPLUS_SMTP_PASSWORD."),
    (smtplib.SMTPNotSupportedError, "Ce serveur ne le propose pas : vérifiez STAGEPLUS_SMTP_PORT et _STARTTLS."),
    (ssl.SSLCertVerificationError, "Installez un certificat reconnu sur le serveur, ou corrigez STAGEPLUS_SMTP_HOST."),
    (socket.gaierror, "Ce nom n'existe pas : corrigez STAGEPLUS_SMTP_HOST."),
    (OSError, "Vérifiez STAGEPLUS_SMTP_HOST, STAGEPLUS_SMTP_PORT et le pare-feu."),
)


def check_mail(server: SmtpServer | None, demo: bool, seconds: float = SECONDS_TO_ANSWER) -> Finding:
    """Try the mail server as if to send, without sending: reach it, encrypt, sign in."""
    if demo:
        return Finding("Courrier", True, "boîte locale /demo/courrier")
    if server is None:
        return Finding("Courrier", False, "aucun serveur", "Définissez STAGEPLUS_SMTP_HOST.")
    address = f"{server.host}:{server.port}"
    if server.user and not server.starttls and not _is_this_machine(server.host):
        seen = f"{address} : le mot de passe partirait en clair"
        return Finding("Courrier", False, seen, "Définissez STAGEPLUS_SMTP_STARTTLS=true.")
    try:
        server.greet(seconds)
    except OSError as error:
        remedy = next(words for kind, words in MAIL_REMEDIES if isinstance(error, kind))
        return Finding("Courrier", False, f"{address} : {type(error).__name__}", remedy)
    return Finding("Courrier", True, f"{address} répond")


def check_redis(url: str, seconds: float = SECONDS_TO_ANSWER) -> Finding:
    """Try Redis when it is set; one process does without."""
    if not url:
        return Finding("Redis", True, "non demandé : un seul processus")
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=seconds, socket_timeout=seconds) as client:
            client.ping()
    except (redis.RedisError, ValueError, OSError) as error:
        remedy = "Vérifiez STAGEPLUS_REDIS_URL et le serveur, ou retirez ce réglage."
        return Finding("Redis", False, type(error).__name__, remedy)
    return Finding("Redis", True, "répond")


def check_provider(chosen: Settings) -> Finding:
    """Read what the identity provider says of itself, when there is one."""
    if not chosen.oidc_issuer:
        return Finding("Fournisseur d'identité", True, "non demandé")
    there = Provider(chosen.oidc_issuer, chosen.oidc_client_id, chosen.oidc_client_secret, chosen.site)
    try:
        there.look()
    except ProviderMisconfigured as error:
        seen = f"{chosen.oidc_issuer} : « {error} » ne convient pas"
        return Finding("Fournisseur d'identité", False, seen, "Recopiez STAGEPLUS_OIDC_ISSUER de sa documentation.")
    except ProviderDown as error:
        seen = f"{chosen.oidc_issuer} : {type(error.__cause__ or error).__name__}"
        return Finding("Fournisseur d'identité", False, seen, "Vérifiez STAGEPLUS_OIDC_ISSUER et le pare-feu.")
    return Finding("Fournisseur d'identité", True, f"{chosen.oidc_name} répond")


def check_antivirus(antivirus: Clamd | None, seconds: float = SECONDS_TO_ANSWER) -> Finding:
    """Ask the antivirus whether it is there; without one CVs are rewritten, and let through unexamined."""
    if antivirus is None:
        return Finding("Antivirus", True, "non demandé : les CV sont réécrits, mais pas examinés (STAGEPLUS_CLAMAV)")
    try:
        antivirus.greet(seconds)
    except NoVerdict as error:
        remedy = "Vérifiez STAGEPLUS_CLAMAV et clamd : en attendant, les CV restent « en cours de vérification »."
        return Finding("Antivirus", False, f"{antivirus.address} : {error}", remedy)
    return Finding("Antivirus", True, f"{antivirus.address} répond")


def check_disk(folder: Path, least: int = LEAST_FREE_BYTES) -> Finding:
    """Look whether the disk of the data has room for the database, its journal and a copy."""
    nearest = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(nearest).free
    remedy = f"Libérez de la place sur le disque de {nearest}, ou déplacez les données."
    return Finding("Disque", free >= least, f"{free / 1024**3:.1f} Go libres", remedy)


def check_clock(
    now: datetime, elsewhere: Callable[[], datetime | None], zone: Callable[[str], ZoneInfo] = ZoneInfo
) -> Finding:
    """Look whether the time zone of Brussels is known and this machine's clock agrees with the database's."""
    try:
        here = now.astimezone(zone("Europe/Brussels"))
    except ZoneInfoNotFoundError:
        return Finding("Heure", False, "fuseau Europe/Brussels inconnu", "Installez le paquet tzdata du système.")
    other = elsewhere()
    apart = abs(now - other) if other else timedelta()
    seen = f"{here:%d/%m/%Y %H:%M} à Bruxelles"
    if apart > MOST_APART:
        seen = f"{seen}, {apart.total_seconds():.0f} s d'écart avec la base de données"
    return Finding("Heure", apart <= MOST_APART, seen, "Synchronisez l'horloge des deux machines (NTP).")


def check_jobs(serves: bool, unwell: Callable[[], list[str]]) -> Finding:
    """Look whether the timed work ran lately; it runs inside the site, so only while that serves."""
    if not serves:
        return Finding("Tâches", True, "le site ne tourne pas ici")
    found = unwell()
    remedy = "Cherchez le numéro d'erreur dans le journal, puis lancez « stageplus jobs »."
    return Finding("Tâches", not found, ", ".join(found) or "toutes exécutées récemment", remedy)


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
