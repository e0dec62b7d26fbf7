"""The addresses from which our own pages may call us; read by `rxconfig` and by the origin guard."""

from stageplus.config import settings


def own_origins() -> list[str]:
    """List our origins: the public address when there is one, else this machine on the served port."""
    chosen = settings()
    return [chosen.site] if chosen.public_url else [chosen.site, f"http://localhost:{chosen.port}"]
