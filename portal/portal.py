"""The Reflex entry: builds the app, mounts the endpoints, locks the doors, starts the jobs."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

import reflex as rx

from portal.components.connection import connection_overlay
from portal.components.head import STYLESHEETS, head
from portal.endpoints.api import api
from portal.endpoints.shell import shell
from portal.endpoints.sockets import watch
from portal.jobs.runner import running_jobs
from portal.pages.guard import Guard, lock_the_doors
from portal.pages.notice import failure_notice, on_failure
from portal.pages.register import register_pages
from portal.serving import inline_script_hashes, leave_alone_what_stays
from portal.settings import settings
from portal.wiring import parts

app = rx.App(
    theme=None,
    toaster=None,
    stylesheets=STYLESHEETS,
    reset_style=False,  # Tailwind's own does the same
    head_components=head(),
    api_transformer=[api(), shell(settings(), inline_script_hashes())],
    backend_exception_handler=on_failure,
    extra_app_wraps={
        (5, "Overlay"): connection_overlay,
        (4, "Notice"): lambda stateful: failure_notice() if stateful else None,
    },
)
app._middlewares.clear()  # noqa: SLF001 - the guard alone decides
app.add_middleware(Guard())
register_pages(app)
watch(app)


@contextlib.asynccontextmanager
async def running() -> AsyncIterator[None]:
    """From the first request to the last: doors locked, database open, jobs at work."""
    lock_the_doors()
    leave_alone_what_stays()
    async with running_jobs(parts()):
        yield


app.register_lifespan_task(running)
