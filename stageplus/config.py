"""Settings from the environment (prefix STAGEPLUS_), read once and checked at start."""

from functools import cache
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

MINIMUM_SECRET_LENGTH = 32
LEAST_BCRYPT_COST = 10
"""OWASP's floor; each step more doubles the time of a check, see `stageplus doctor`."""
DEMO_SECRET = "only-for-the-demonstration-never-elsewhere"  # noqa: S105 — demo mode holds invented people only
DATA_FOLDER = Path(__file__).parents[1] / "data"


class Settings(BaseSettings):
    """What an installation may set; each field is the environment variable STAGEPLUS_<NAME>."""

    model_config = SettingsConfigDict(env_prefix="STAGEPLUS_", frozen=True)

    demo: bool = False
    database_url: str = ""
    secret_key: str = ""
    port: int = 8000
    public_url: str = ""
    trusted_proxies: str = ""
    redis_url: str = ""
    bcrypt_cost: int = Field(default=12, ge=LEAST_BCRYPT_COST, le=16)
    smtp_host: str = ""
    smtp_port: int = 25
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_starttls: bool = False
    mail_from: str = "Stage+ <ne-pas-repondre@localhost>"
    clamav: str = ""
    oidc_issuer: str = Field(default="", max_length=200)
    oidc_client_id: str = ""
    oidc_client_secret: str = Field(default="", repr=False)
    oidc_name: str = Field(default="", max_length=40)

    @model_validator(mode="after")
    def _require_a_secret(self) -> "Settings":
        if not self.demo and self.secret_key and len(self.secret_key) < MINIMUM_SECRET_LENGTH:
            raise ValueError("STAGEPLUS_SECRET_KEY doit compter au moins 32 caractères.")
        return self

    @model_validator(mode="after")
    def _require_an_antivirus_address(self) -> "Settings":
        host, _colon, port = self.clamav.rpartition(":")
        if self.clamav and not self.clamav.startswith("/") and not (host and port.isdigit()):
            raise ValueError("STAGEPLUS_CLAMAV est « hôte:port », ou le chemin du socket de clamd.")
        return self

    @model_validator(mode="after")
    def _require_a_whole_provider(self) -> "Settings":
        parts = (self.oidc_issuer, self.oidc_client_id, self.oidc_client_secret, self.oidc_name)
        if any(parts) and not all(parts):
            raise ValueError(
                "STAGEPLUS_OIDC_ISSUER, _CLIENT_ID, _CLIENT_SECRET et _NAME vont ensemble : tous ou aucun."
            )
        if self.oidc_issuer and not _is_safe_issuer(self.oidc_issuer):
            raise ValueError("STAGEPLUS_OIDC_ISSUER doit commencer par https:// et ne contenir ni « ? » ni « # ».")
        return self

    @property
    def database(self) -> str:
        """The database address; without a setting, a SQLite file, never the same one for demo and real data."""
        return self.database_url or f"sqlite:///{DATA_FOLDER / ('demo.db' if self.demo else 'stageplus.db')}"

    @property
    def site(self) -> str:
        """The address that people type and that mails link to, without a slash at its end."""
        return self.public_url.rstrip("/") or f"http://127.0.0.1:{self.port}"

    @property
    def secret(self) -> str:
        """The key that signs tokens."""
        return self.secret_key or (DEMO_SECRET if self.demo else "")


def _is_safe_issuer(issuer: str) -> bool:
    address = urlsplit(issuer)
    is_plain = bool(address.hostname) and not (address.query or address.fragment or address.username)
    return is_plain and (address.scheme == "https" or (address.scheme == "http" and _is_this_machine(address.hostname)))


def _is_this_machine(host: str | None) -> bool:
    try:
        return ip_address(host or "").is_loopback
    except ValueError:
        return host == "localhost"


@cache
def settings() -> Settings:
    """Read the environment once."""
    return Settings()
