"""How Reflex builds and serves Stage+."""

import reflex as rx

from stageplus.config import settings
from stageplus.web.origins import own_origins

REDIS_URL = settings().redis_url or None

config = rx.Config(
    app_name="stageplus",
    plugins=[rx.plugins.TailwindV4Plugin()],
    disable_plugins=[rx.plugins.SitemapPlugin],
    backend_host="127.0.0.1",
    # Baked into the build; stageplus.web.build replaces it by the address in the browser's own bar.
    api_url="http://localhost:8000",
    deploy_url=None,
    cors_allowed_origins=own_origins(),
    frontend_compression_formats=["brotli", "gzip"],
    # The default, "disk", would write people's data into .states/.
    state_manager_mode=rx.constants.StateManagerMode.REDIS if REDIS_URL else rx.constants.StateManagerMode.MEMORY,
    redis_url=REDIS_URL,
    telemetry_enabled=False,
    show_built_with_reflex=False,
)
