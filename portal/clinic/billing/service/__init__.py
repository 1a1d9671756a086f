"""What may be done about money, by verb; rooms above import from here."""

from portal.clinic.billing.service.books import export_ledger, ledger, look_after, needs_look, note_difference
from portal.clinic.billing.service.inbox import handled, receive, waiting
from portal.clinic.billing.service.papers import document, documents
from portal.clinic.billing.service.payments import (
    apply_page_state,
    attach_page,
    begin_payment,
    choose_pay_later,
    close_stale_pages,
    outcome,
    payment_of_session,
    session_of,
    under_way,
    unsettled,
)
from portal.clinic.billing.service.refunds import (
    cancel_visit,
    note_refund,
    pending_refunds,
    refund_order,
    settle_no_show,
)
from portal.clinic.billing.service.standing import paid_state

__all__ = [
    "apply_page_state",
    "attach_page",
    "begin_payment",
    "cancel_visit",
    "choose_pay_later",
    "close_stale_pages",
    "document",
    "documents",
    "export_ledger",
    "handled",
    "ledger",
    "look_after",
    "needs_look",
    "note_difference",
    "note_refund",
    "outcome",
    "paid_state",
    "payment_of_session",
    "pending_refunds",
    "receive",
    "refund_order",
    "session_of",
    "settle_no_show",
    "under_way",
    "unsettled",
    "waiting",
]
