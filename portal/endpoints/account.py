"""Sign up, sign in, sign out, reset: all credentials travel by these routes, never over the socket."""

from __future__ import annotations

from limits import RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from portal.callers import SESSION_SECONDS, cookie_line, read_cookie, session_cookie
from portal.clinic.access import Permission
from portal.clinic.errors import Invalid, NotAllowed
from portal.clinic.people import passwords, rules
from portal.clinic.people import service as people
from portal.clinic.people.values import SignUp
from portal.clinic.scheduling import service as scheduling
from portal.endpoints.requests import address_of, guarded, json_body, text_of, viewer_of
from portal.endpoints.sockets import hang_up
from portal.routes import CHECKOUT, HOME, SIGN_IN, own_home, safe_next
from portal.storage.work import UnitOfWork, Viewer
from portal.wiring import parts

_limiter = MovingWindowRateLimiter(MemoryStorage())
_PER_ADDRESS = RateLimitItemPerMinute(20)
_PER_ACCOUNT = RateLimitItemPerMinute(8)
_ACCOUNTS_PER_ADDRESS = RateLimitItemPerHour(20)
_RESETS_PER_ACCOUNT = RateLimitItemPerHour(4)


async def sign_up(request: Request) -> Response:
    """Make a patient's account, adopt the time that this visitor holds, and sign in."""
    sent = await json_body(request)
    _slow_down(_ACCOUNTS_PER_ADDRESS, "sign-up", address_of(request))
    wanted = SignUp(text_of(sent, "name"), text_of(sent, "email"), text_of(sent, "zone", 64) or "UTC")
    password = text_of(sent, "password", rules.LONGEST_PASSWORD + 1)
    if problems := people.sign_up_problems(wanted, password):
        raise Invalid(fields=problems)
    password_hash = await passwords.hashed(password)

    def enter(work: UnitOfWork) -> tuple[int, str]:
        person_id = people.sign_up(work, wanted, password_hash)
        scheduling.adopt_hold(work, person_id)
        return person_id, people.open_session(work, person_id, _device(request))

    _, token = await parts().database.transact(await viewer_of(request), enter)
    return _signed_in(token, safe_next(text_of(sent, "next"), CHECKOUT))


async def sign_in(request: Request) -> Response:
    """Check a password, adopt the time that this visitor holds, and begin a session."""
    sent = await json_body(request)
    email, password = rules.clean_email(text_of(sent, "email")), text_of(sent, "password", rules.LONGEST_PASSWORD + 1)
    who = await viewer_of(request)
    _slow_down(_PER_ADDRESS, "sign-in", address_of(request))
    _slow_down(_PER_ACCOUNT, "account", parts().database.keyring.index("limit", email))
    known = await parts().database.read(who, people.credentials, email)
    right = await passwords.matches(password, known.password_hash if known else None)
    if not right or known is None:
        await parts().database.transact(who, people.refuse_sign_in, known.person_id if known else None)
        raise NotAllowed("wrong_password")

    def enter(work: UnitOfWork) -> str:
        scheduling.adopt_hold(work, known.person_id)
        return people.open_session(work, known.person_id, _device(request))

    token = await parts().database.transact(who, enter)
    home = own_home((await parts().database.read(who, people.viewer_of, token) or who).roles)
    return _signed_in(token, safe_next(text_of(sent, "next"), home))


async def sign_out(request: Request) -> Response:
    """End the session, its cookie and every live socket that came with it."""
    await json_body(request)
    who: Viewer = await viewer_of(request)
    await parts().database.transact(who, people.sign_out)
    settings = parts().settings
    await hang_up(read_cookie(request.headers.get("cookie", ""), session_cookie(settings)))
    answer = JSONResponse({"ok": True, "next": HOME})
    answer.headers.append(
        "set-cookie", cookie_line(session_cookie(settings), "", 0, secure=settings.address.startswith("https"))
    )
    # What this origin's pages kept in the browser goes with the session.
    answer.headers["clear-site-data"] = '"cache", "storage"'
    return answer


async def reset_request(request: Request) -> Response:
    """Mail a reset link; the answer is the same for an address that nobody has."""
    sent = await json_body(request)
    email = rules.clean_email(text_of(sent, "email"))
    if problem := rules.email_problem(email):
        raise Invalid(fields={"email": problem})
    _slow_down(_PER_ADDRESS, "reset", address_of(request))
    _slow_down(_RESETS_PER_ACCOUNT, "reset", parts().database.keyring.index("limit", email))
    await parts().database.transact(await viewer_of(request), people.start_reset, email)
    return JSONResponse({"ok": True, "next": ""})


async def reset_finish(request: Request) -> Response:
    """Set a new password by a mailed link, and end every session of that person."""
    sent = await json_body(request)
    _slow_down(_PER_ADDRESS, "reset", address_of(request))
    password = text_of(sent, "password", rules.LONGEST_PASSWORD + 1)
    if problem := rules.password_problem(password, "", ""):
        raise Invalid(fields={"password": problem})
    password_hash = await passwords.hashed(password)
    await parts().database.transact(
        await viewer_of(request), people.finish_reset, text_of(sent, "token"), password_hash
    )
    return JSONResponse({"ok": True, "next": f"{SIGN_IN}?chosen=1"})


def _slow_down(limit: RateLimitItemPerMinute | RateLimitItemPerHour, purpose: str, whom: str) -> None:
    if not _limiter.hit(limit, purpose, whom):
        raise NotAllowed("too_many_tries")


def _device(request: Request) -> str:
    return request.headers.get("user-agent", "")[:120]


def _signed_in(token: str, onward: str) -> Response:
    settings = parts().settings
    answer = JSONResponse({"ok": True, "next": onward})
    secure = settings.address.startswith("https")
    answer.headers.append("set-cookie", cookie_line(session_cookie(settings), token, SESSION_SECONDS, secure=secure))
    return answer


routes = [
    Route("/api/sign-up", guarded(sign_up, Permission.ANYBODY), methods=["POST"]),
    Route("/api/sign-in", guarded(sign_in, Permission.ANYBODY), methods=["POST"]),
    Route("/api/sign-out", guarded(sign_out, Permission.ANYBODY), methods=["POST"]),
    Route("/api/reset/request", guarded(reset_request, Permission.ANYBODY), methods=["POST"]),
    Route("/api/reset/finish", guarded(reset_finish, Permission.ANYBODY), methods=["POST"]),
]
