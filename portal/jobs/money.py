"""Money that moves by itself: stored webhooks are acted on, and what no webhook told is asked for."""

from __future__ import annotations

from portal.clinic.billing import service as billing
from portal.clinic.errors import ClinicError
from portal.errands.pay import free_stale_holds, send_refund, settle_payment
from portal.gateways.payments import PaymentsError, PaymentsUnavailable
from portal.logs import get_logger, log_error, new_error_code
from portal.storage.work import SYSTEM
from portal.wiring import Parts


async def act_on_webhooks(parts: Parts) -> None:
    """Each stored event once: its object is asked for anew, so that order and repetition do not matter.

    Events wait while the processor does not answer. One that we cannot act on lets the others pass; its payment stays
    open, for `reconcile` and the owner's list of what needs a look.
    """
    for row_id, _kind, session in await parts.database.read(SYSTEM, billing.waiting, "stripe"):
        payment = await parts.database.read(SYSTEM, billing.payment_of_session, session)
        if payment is not None and not await _settled(parts, payment):
            return
        await parts.database.transact(SYSTEM, billing.handled, row_id)


async def reconcile(parts: Parts) -> None:
    """Ask for every payment and refund whose end is not known: a webhook may never come."""
    if parts.payments is None:
        return
    for payment in await parts.database.read(SYSTEM, billing.unsettled):
        await _settled(parts, payment)
    for refund in await parts.database.read(SYSTEM, billing.pending_refunds):
        try:
            await send_refund(parts, refund)
        except PaymentsError as problem:
            get_logger().warning("refund_open", reason=problem.code)
        except Exception as broken:
            log_error(new_error_code(), broken)


async def sweep_holds(parts: Parts) -> None:
    """Give times back whose hold has run out."""
    await free_stale_holds(parts)


async def _settled(parts: Parts, payment: str) -> bool:
    """False when it is to be asked again soon; a difference in the amount is logged and stays with the owner."""
    try:
        await settle_payment(parts, payment)
    except PaymentsUnavailable as problem:
        get_logger().warning("payment_open", reason=problem.code)
        return False
    except PaymentsError as problem:
        get_logger().warning("payment_open", reason=problem.code)
    except ClinicError as problem:
        get_logger().error("payment_differs", reason=problem.code)
        if problem.code == "amount_differs":
            await parts.database.transact(SYSTEM, billing.note_difference, payment)
    except Exception as broken:
        log_error(new_error_code(), broken)
    return True
