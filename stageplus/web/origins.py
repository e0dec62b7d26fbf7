"""The addresses from which our own pages may call us; read by `rxconfig` and by the origin guard."""

import os

DEFAULT_PORT = "8000"


def own_origins() -> list[str]:
    """List our origins: the public address when there is one, else this machine on the served port."""
    public_url = os.environ.get("STAGEPLUS_PUBLIC_URL", "").rstrip("/")
    if public_url:
        return [public_url]
    port = os.environ.get("STAGEPLUS_PORT", DEFAULT_PORT)
    return [f"http://127.0.0.1:{port}", f"http://localhost:{port}"]
