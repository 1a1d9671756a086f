"""What goes in and comes out of billing. Money is whole minor units with its currency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Account(StrEnum):
    """Where money stands. A positive line is a debit, a negative one a credit."""

    PATIENTS = "patients"  # what patients owe the practice
    CARD = "card"  # what the card processor holds for the practice
    INCOME = "income"  # what the practice has earned


class PaymentStatus(StrEnum):
    """Where one try to pay stands."""

    CREATED = "created"
    OPEN = "open"
    EXPIRED = "expired"
    PAID = "paid"


class RefundReason(StrEnum):
    """Why money goes back."""

    CANCELLED = "cancelled"
    SLOT_GONE = "slot_gone"
    DUPLICATE = "duplicate"
    NO_SHOW = "no_show"


class OnMoney(StrEnum):
    """What to do when money came in for a time."""

    BOOK = "book"  # it is still held: confirm it
    PLACE = "place"  # the hold ended: book it if it is free, give the money back if not
    KEEP = "keep"  # it was booked to be paid later: this is the payment, and what is beyond what is owed goes back
    GIVE_BACK_TWICE_PAID = "give_back_twice_paid"


class PaidStatus(StrEnum):
    """What a patient and a therapist read about the money of a visit."""

    UNPAID = "unpaid"
    PAYS_LATER = "pays_later"
    PAID = "paid"
    REFUND_PENDING = "refund_pending"
    PART_REFUNDED = "part_refunded"
    REFUNDED = "refunded"


class OutcomeKind(StrEnum):
    """What became of a payment, for the page that waits for it."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    ABANDONED = "abandoned"
    REFUNDED = "refunded"


@dataclass(frozen=True)
class Line:
    """One side of a posting."""

    account: Account
    amount_minor: int


@dataclass(frozen=True)
class CheckoutOrder:
    """A card page to open or to open again; `url` when it is known already. A stale one is closed first."""

    payment_id: str
    amount_minor: int
    currency: str
    created_at: datetime
    url: str | None
    is_stale: bool = False


@dataclass(frozen=True)
class PageState:
    """What the processor says about a card page."""

    is_paid: bool
    is_expired: bool
    amount_minor: int
    currency: str
    intent_ref: str | None
    declined: bool = False


@dataclass(frozen=True)
class PaymentOutcome:
    """Where a payment stands and which appointment it is for.

    `newly_booked`: this very look booked it. `of_booked`: it was for a visit that stood already.
    """

    kind: OutcomeKind
    appointment_id: str
    amount_minor: int
    currency: str
    newly_booked: bool = False
    of_booked: bool = False
    back: RefundReason | None = None


@dataclass(frozen=True)
class PaidState:
    """The money of one visit: `due_minor` is what is still to be paid. Document ids are public ids."""

    status: PaidStatus
    amount_minor: int
    refunded_minor: int
    currency: str
    invoice_id: str | None = None
    receipt_id: str | None = None
    credit_id: str | None = None
    due_minor: int = 0


@dataclass(frozen=True)
class DocumentCard:
    """An issued document: `kind` is invoice, receipt or credit."""

    public_id: str
    kind: str
    number: str
    issued_at: datetime
    total_minor: int
    currency: str
    appointment_id: str


@dataclass(frozen=True)
class DocumentContent:
    """A document as it was issued, for the one who prints it. Instants are ISO 8601, money minor units."""

    card: DocumentCard
    content: dict[str, str | int]


@dataclass(frozen=True)
class RefundOrder:
    """A refund to ask the processor for."""

    refund_id: str
    intent_ref: str
    amount_minor: int
    refund_ref: str | None


@dataclass(frozen=True)
class LedgerRow:
    """One ledger line as it is taken away."""

    at: datetime
    posting: str
    account: str
    amount_minor: int
    currency: str
    clinician: str


@dataclass(frozen=True)
class Posting:
    """What happened to what, and what it did to each account; `clinician` by the name on their card."""

    at: datetime
    kind: str
    reference: str
    clinician: str
    amounts: dict[str, int]
    currency: str


@dataclass(frozen=True)
class LedgerSheet:
    """A month's postings, newest first, what it moved, where each account stands in all, and the sum: zero."""

    month: str
    months: tuple[str, ...]
    postings: tuple[Posting, ...]
    more: bool
    balances: tuple[tuple[str, int], ...]
    moved: tuple[tuple[str, int], ...]
    currency: str
    total: int


class Concern(StrEnum):
    """Why money needs a look."""

    REFUND_FAILED = "refund_failed"
    REFUND_SLOW = "refund_slow"
    PAYMENT_DIFFERS = "payment_differs"
    PAYMENT_STUCK = "payment_stuck"


@dataclass(frozen=True)
class NeedsLook:
    """Money that did not go its way, and whose it is: the owner has to reach them."""

    concern: Concern
    public_id: str
    amount_minor: int
    currency: str
    at: datetime
    patient_id: int
    patient: str
