"""Runs the outbox: each errand after its commit, at least once, one after the other."""

from __future__ import annotations

from portal.clinic import outbox
from portal.clinic.errors import ClinicError
from portal.clinic.outbox import Errand
from portal.errands.letters import Desk, compose
from portal.errands.pay import close_card_page, send_refund
from portal.gateways.mail import MailRefused, MailUnavailable
from portal.gateways.payments import PaymentsRefused, PaymentsUnavailable
from portal.logs import get_logger, log_error, new_error_code
from portal.storage.work import SYSTEM
from portal.wiring import Parts


async def run_outbox(parts: Parts) -> None:
    """Claim what is due and run it."""
    for errand in await parts.database.transact(SYSTEM, outbox.claim):
        await _run(parts, errand)


async def _run(parts: Parts, errand: Errand) -> None:
    try:
        await _do(parts, errand)
    except (MailUnavailable, PaymentsUnavailable) as later:
        await parts.database.transact(SYSTEM, outbox.failed, errand.id, later.code)
    except (MailRefused, PaymentsRefused, ClinicError) as never:
        get_logger().error("errand_failed", kind=errand.kind, reason=never.code, row=errand.id)
        await parts.database.transact(SYSTEM, outbox.failed, errand.id, never.code, for_good=True)
    except Exception as broken:
        code = new_error_code()
        log_error(code, broken)
        await parts.database.transact(SYSTEM, outbox.failed, errand.id, code)
    else:
        await parts.database.transact(SYSTEM, outbox.done, errand.id)


async def _do(parts: Parts, errand: Errand) -> None:
    if errand.kind == "refund.send":
        await send_refund(parts, errand.payload["refund"])
    elif errand.kind == "checkout.close":
        await close_card_page(parts, errand.payload["payment"])
    else:
        await _send_letter(parts, errand)


async def _send_letter(parts: Parts, errand: Errand) -> None:
    desk = Desk(parts.settings, errand.key)
    letter = await parts.database.read(SYSTEM, compose, desk, errand.kind, errand.payload)
    if letter is None:
        return
    if parts.mail is None:
        raise MailUnavailable("not_set_up")
    await parts.mail.send(letter)
