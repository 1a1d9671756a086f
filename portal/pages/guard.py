"""Nobody in by default: the policy that every handler declares, and the one middleware that sees every event.

`allow` declares a policy and checks arguments. `Guard` binds a tab to its session and decides. `transact` and `read`
hand the viewer of the current event to a service. The law: docs/rules/access.md.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar, cast
from urllib.parse import quote

import reflex as rx
from limits import RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from pydantic import ConfigDict, ValidationError, validate_call
from reflex.state import BaseState, StateUpdate
from reflex_base.event import Event
from reflex_base.registry import RegistrationContext

from portal import routes
from portal.callers import client_address, has_no_place, keep_alive, viewer_from
from portal.clinic.access import Permission, may
from portal.logs import log_refusal
from portal.refusals import note_refusal
from portal.storage.work import ANONYMOUS, Service, Viewer
from portal.wiring import parts

P = ParamSpec("P")
R = TypeVar("R")
F = TypeVar("F", bound=Callable[..., Any])

_viewer: ContextVar[Viewer] = ContextVar("viewer", default=ANONYMOUS)
_POLICY = "__policy__"
_BY_ITSELF = "__by_itself__"
_ROOT = "reflex___state____state."
# Reflex's own events that pages need; each only concerns the tab that the guard has just bound.
_INTERNAL = frozenset(
    {
        f"{_ROOT}hydrate",
        f"{_ROOT}hydrate_and_load",
        f"{_ROOT}set_is_hydrated",
        f"{_ROOT}reflex___state____on_load_internal_state.on_load_internal",
        f"{_ROOT}reflex___state____on_load_internal_state.set_is_hydrated",
        f"{_ROOT}reflex___state____update_vars_internal_state.update_vars_internal",
        f"{_ROOT}reflex___state____frontend_event_exception_state.handle_frontend_exception",
    }
)
_EVENTS_PER_SECOND = RateLimitItemPerSecond(60)
_limiter = FixedWindowRateLimiter(MemoryStorage())


class TabState(rx.State):
    """Which session this tab is bound to; never sent to the browser."""

    _bound: str = ""


def allow(permission: Permission, *, by_itself: bool = False) -> Callable[[F], F]:
    """Declare who may call a handler, and refuse arguments that do not fit its annotations.

    `by_itself`: a clock of the page sends it, so it is no sign that somebody sits there.
    """

    def wrap(fn: F) -> F:
        checked = validate_call(config=ConfigDict(arbitrary_types_allowed=True, hide_input_in_errors=True))(
            cast(Callable[..., Any], fn)
        )
        if inspect.isasyncgenfunction(fn):
            guarded = _steps(fn, checked)
        elif inspect.iscoroutinefunction(fn):
            guarded = _once(fn, checked)
        else:
            raise TypeError(f"{fn.__qualname__} must be async: a handler never blocks the loop")
        setattr(guarded, _POLICY, permission)
        setattr(guarded, _BY_ITSELF, by_itself)
        return cast(F, guarded)

    return wrap


def _steps(fn: Callable[..., Any], checked: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(fn)
    async def steps(self: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            async for step in checked(self, *args, **kwargs):
                yield step
        except ValidationError as problem:
            _raise_unless_ours(problem, fn)

    return steps


def _once(fn: Callable[..., Any], checked: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(fn)
    async def once(self: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return await checked(self, *args, **kwargs)
        except ValidationError as problem:
            _raise_unless_ours(problem, fn)

    return once


def _raise_unless_ours(problem: ValidationError, fn: Callable[..., Any]) -> None:
    """Junk arguments are refused in silence; a validation error from deeper down is a fault of ours."""
    if problem.title != fn.__name__ and not problem.title.endswith(f".{fn.__name__}"):
        raise problem
    log_refusal("arguments", fn.__qualname__)


def viewer() -> Viewer:
    """Who sent the event that is being handled."""
    return _viewer.get()


async def transact(service: Service[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run a service in one transaction for the viewer of this event."""
    return await parts().database.transact(viewer(), service, *args, **kwargs)


async def read(service: Service[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run a service that only reads for the viewer of this event."""
    return await parts().database.read(viewer(), service, *args, **kwargs)


class Guard(rx.Middleware):
    """Sees every event before its handler, `hydrate` and chained ones included."""

    async def preprocess(self, app: Any, state: BaseState, event: Event) -> StateUpdate | None:
        """Bind the tab, set the viewer, decide; anything but None stops the event."""
        root = state._get_root_state()  # noqa: SLF001 - Reflex has no public way to the root
        headers = dict(root.router_data.get("headers") or {})
        address = client_address(headers, headers.get("asgi-scope-client", ""), parts().settings.trusted_proxy_hops)
        who = await viewer_from(headers.get("cookie", ""), address)
        _viewer.set(who)
        await _bind(root, who)
        if has_no_place(event.payload):
            log_refusal("arguments", event.name if policy_of(event.name) else "unknown")
            return StateUpdate()
        if not _limiter.hit(_EVENTS_PER_SECOND, str(root.router_data.get("token", "")) or address):
            log_refusal("too_many", event.name)
            return StateUpdate()
        if event.name in _INTERNAL:
            await keep_alive(who)
            return None
        permission = policy_of(event.name)
        if permission is not None and may(who, permission):
            if not _by_itself(event.name):
                await keep_alive(who)
            return None
        log_refusal("policy", event.name if permission else "unknown")
        if permission is not None:
            await note_refusal(parts().database, who, permission.partition(":")[0])
        return _refusal(root, who, permission)


async def _bind(root: BaseState, who: Viewer) -> None:
    """A tab that changes hands forgets everything before anything is sent."""
    now = f"person:{who.session_id}" if who.session_id else f"visitor:{who.visitor or ''}"
    tab = await root.get_state(TabState)
    if tab._bound != now:  # noqa: SLF001 - a backend var of our own state
        if tab._bound:  # noqa: SLF001
            root.reset()
        tab._bound = now  # noqa: SLF001


def policy_of(event_name: str) -> Permission | None:
    """The declared policy of a registered handler."""
    registered = RegistrationContext.get().event_handlers.get(event_name)
    return getattr(registered.handler.fn, _POLICY, None) if registered else None


def _by_itself(event_name: str) -> bool:
    registered = RegistrationContext.get().event_handlers.get(event_name)
    return bool(registered and getattr(registered.handler.fn, _BY_ITSELF, False))


def _refusal(root: BaseState, who: Viewer, permission: Permission | None) -> StateUpdate:
    """Nothing but, where it helps, the way to the door."""
    if permission is None or permission is Permission.SYSTEM:
        return StateUpdate()
    if who.session_id is not None:
        return StateUpdate(events=Event.from_event_type(rx.redirect(routes.own_home(who.roles))))
    wanted = routes.safe_next(str(root.router_data.get("asPath") or "/"), "/")
    if wanted.startswith(routes.SIGN_IN):  # the page before has sent another event on its way out
        return StateUpdate()
    return StateUpdate(events=Event.from_event_type(rx.redirect(f"{routes.SIGN_IN}?next={quote(wanted, safe='/')}")))


def lock_the_doors() -> None:
    """Take every `setvar` away and refuse to start while a handler has no policy.

    Raises:
        RuntimeError: names each handler without a policy.
    """
    handlers = RegistrationContext.get().event_handlers
    for name in [name for name in handlers if name.endswith(".setvar")]:
        del handlers[name]
    open_doors = unguarded()
    if open_doors:
        raise RuntimeError(f"handlers without a policy: {', '.join(open_doors)}")


def unguarded() -> list[str]:
    """Full names of handlers that declare no policy and are not Reflex's own."""
    handlers = RegistrationContext.get().event_handlers
    ours = (name for name in handlers if name not in _INTERNAL and not name.endswith(".setvar"))
    return sorted(name for name in ours if policy_of(name) is None)
