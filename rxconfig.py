"""Reflex's own configuration: what is unsafe by default for health data is switched off here."""

import reflex as rx
from reflex_base.constants import StateManagerMode

from portal.settings import settings

_here = settings()

config = rx.Config(
    app_name="portal",
    api_url=_here.bundle_url,
    deploy_url=_here.bundle_url,
    frontend_port=None,
    backend_host="127.0.0.1",
    cors_allowed_origins=[_here.address],
    state_manager_mode=StateManagerMode.MEMORY,
    telemetry_enabled=False,
    show_built_with_reflex=False,
    plugins=[rx.plugins.TailwindV4Plugin()],
    disable_plugins=[rx.plugins.SitemapPlugin],
)
