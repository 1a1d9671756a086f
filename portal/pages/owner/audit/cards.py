"""What the audit page says: every act that the code can write, as a phrase. A test holds the list complete."""

from __future__ import annotations

from dataclasses import dataclass

from portal.clinic.audit import TrailRow
from portal.texts.catalogue import LOCALE, say

KINDS: dict[str, tuple[str, ...]] = {
    "forms": ("intake.", "consent."),
    "notes": ("note.",),
    "visits": ("day.", "visit.", "appointment."),
    "money": ("payment.", "refund.", "invoice.", "receipt.", "credit.", "ledger."),
    "accounts": ("person.",),
    "practice": ("practice.", "service.", "clinician.", "hours."),
    "refused": ("access.",),
    "trail": ("audit.",),
}
"""What the owner may look for, and the beginnings of the actions behind it."""


@dataclass(frozen=True)
class EntryCard:
    """One entry in words; `refused` rows need a look."""

    key: str
    when: str
    who: str
    role: str
    action: str
    subject: str
    patient: str
    detail: str
    refused: bool


@dataclass(frozen=True)
class AuditFilter:
    """The filters as the address has them; empty means all. Dates are ISO, in the practice's zone."""

    since: str = ""
    until: str = ""
    kind: str = ""
    outcome: str = ""
    who: str = ""
    patient: str = ""


def kind_words() -> dict[str, str]:
    """What may be looked for, in words."""
    return {
        "forms": say(LOCALE, "Forms and consent"),
        "notes": say(LOCALE, "Notes"),
        "visits": say(LOCALE, "Visits and the room"),
        "money": say(LOCALE, "Money and papers"),
        "accounts": say(LOCALE, "Accounts and signing in"),
        "practice": say(LOCALE, "The practice and its hours"),
        "refused": say(LOCALE, "Asked for, not theirs"),
        "trail": say(LOCALE, "This trail"),
    }


def phrases() -> dict[str, str]:
    """Every action, said as what somebody did."""
    return {
        "access.refused": say(LOCALE, "asked for what is not theirs"),
        "appointment.cancel": say(LOCALE, "cancelled a visit"),
        "appointment.confirm": say(LOCALE, "booked a visit"),
        "audit.read": say(LOCALE, "looked at this trail"),
        "clinician.add": say(LOCALE, "added a therapist"),
        "clinician.save": say(LOCALE, "changed a therapist’s profile"),
        "consent.read": say(LOCALE, "took a copy of a signed consent"),
        "consent.sign": say(LOCALE, "signed a consent"),
        "consent.withdraw": say(LOCALE, "took a consent back"),
        "credit.read": say(LOCALE, "opened a credit note"),
        "day.read": say(LOCALE, "saw the visit in the day, with scores"),
        "hours.override": say(LOCALE, "added days off or other hours"),
        "hours.override_removed": say(LOCALE, "took a day off out again"),
        "hours.save": say(LOCALE, "changed weekly hours"),
        "intake.dropped": say(LOCALE, "dropped changes to a form"),
        "intake.flag": say(LOCALE, "question 9 raised a mark"),
        "intake.flag_lowered": say(LOCALE, "took the answer to question 9 back"),
        "intake.flag_seen": say(LOCALE, "marked question 9 as talked about"),
        "intake.read": say(LOCALE, "read answers"),
        "intake.submit": say(LOCALE, "sent a form"),
        "intake.write": say(LOCALE, "filled in a form"),
        "invoice.read": say(LOCALE, "opened an invoice"),
        "ledger.export": say(LOCALE, "downloaded the ledger"),
        "note.amend": say(LOCALE, "added to a signed note"),
        "note.kept_dropped": say(LOCALE, "let go of words kept aside from a note"),
        "note.read": say(LOCALE, "read a note"),
        "note.sign": say(LOCALE, "signed a note"),
        "note.write": say(LOCALE, "wrote a note"),
        "payment.begin": say(LOCALE, "began to pay"),
        "payment.differs": say(LOCALE, "a payment came with another amount"),
        "payment.looked_after": say(LOCALE, "put a payment right by hand"),
        "payment.received": say(LOCALE, "a card payment came in"),
        "person.invite": say(LOCALE, "sent an invitation"),
        "person.join": say(LOCALE, "joined by an invitation"),
        "person.reset_asked": say(LOCALE, "asked for a new password"),
        "person.reset_done": say(LOCALE, "set a new password"),
        "person.sign_in": say(LOCALE, "signed in"),
        "person.sign_out": say(LOCALE, "signed out"),
        "person.sign_up": say(LOCALE, "made an account"),
        "practice.crisis_lines": say(LOCALE, "changed the crisis lines"),
        "practice.update": say(LOCALE, "changed the practice’s profile"),
        "receipt.read": say(LOCALE, "opened a receipt"),
        "refund.begin": say(LOCALE, "a refund began"),
        "refund.failed": say(LOCALE, "a refund failed"),
        "refund.looked_after": say(LOCALE, "put a refund right by hand"),
        "refund.succeeded": say(LOCALE, "a refund went through"),
        "service.givers": say(LOCALE, "said who gives a service"),
        "service.save": say(LOCALE, "changed a service"),
        "visit.admit": say(LOCALE, "let the patient in"),
        "visit.finish": say(LOCALE, "finished the visit"),
        "visit.knock": say(LOCALE, "came to the waiting room"),
        "visit.no_show": say(LOCALE, "marked as not come"),
        "visit.place": say(LOCALE, "said where they are today"),
        "visit.read": say(LOCALE, "opened the visit page"),
        "visit.safety": say(LOCALE, "opened the safety sheet"),
        "visit.seat": say(LOCALE, "took a seat in the room"),
    }


def action_words(row: TrailRow) -> str:
    """What was done, or tried; a new act without a phrase shows its code rather than nothing."""
    if row.action == "person.sign_in" and row.outcome == "refused":
        return say(LOCALE, "tried to sign in with a wrong password")
    return phrases().get(row.action, row.action)


def subject_words(row: TrailRow) -> str:
    """On what: its kind in words and the beginning of its id, enough to tell two apart."""
    words = {
        "access": say(LOCALE, "pages"),
        "account": say(LOCALE, "account"),
        "appointment": say(LOCALE, "visit"),
        "audit": say(LOCALE, "trail"),
        "billing": say(LOCALE, "money"),
        "clinician": say(LOCALE, "therapist"),
        "consent": say(LOCALE, "consent"),
        "credit": say(LOCALE, "credit note"),
        "flag": say(LOCALE, "mark"),
        "form": say(LOCALE, "form"),
        "intake": say(LOCALE, "forms"),
        "invoice": say(LOCALE, "invoice"),
        "ledger": say(LOCALE, "ledger"),
        "messages": say(LOCALE, "messages"),
        "money": say(LOCALE, "money"),
        "note": say(LOCALE, "note"),
        "packet": say(LOCALE, "forms"),
        "page": say(LOCALE, "page"),
        "payment": say(LOCALE, "payment"),
        "people": say(LOCALE, "people"),
        "person": say(LOCALE, "account"),
        "practice": say(LOCALE, "practice"),
        "receipt": say(LOCALE, "receipt"),
        "records": say(LOCALE, "notes"),
        "refund": say(LOCALE, "refund"),
        "scheduling": say(LOCALE, "visits"),
        "service": say(LOCALE, "service"),
        "signature": say(LOCALE, "signature"),
        "visit": say(LOCALE, "visit"),
        "visits": say(LOCALE, "visits"),
    }
    named = row.subject_kind not in {"practice", "audit", "ledger"}
    kind = words.get(row.subject_kind, row.subject_kind)
    return f"{kind} {row.subject_ref[:8]}".strip() if named else kind


def detail_words(row: TrailRow) -> str:
    """Counts, versions and codes, as far as they say something to a person."""
    return ", ".join(said for name, value in row.detail.items() if (said := _detail(name, value)))


def _detail(name: str, value: object) -> str:
    known = {
        "form": {"phq9": "PHQ-9", "gad7": "GAD-7", "about_you": say(LOCALE, "About you")},
        "kind": {"off": say(LOCALE, "off"), "hours": say(LOCALE, "other hours")},
        "active": {"True": say(LOCALE, "offered"), "False": say(LOCALE, "withdrawn")},
        "reason": {
            "cancelled": say(LOCALE, "after a cancellation"),
            "slot_gone": say(LOCALE, "the time was gone"),
            "duplicate": say(LOCALE, "paid twice"),
            "no_show": say(LOCALE, "after a visit that was missed"),
        },
    }
    counted = {
        "version": say(LOCALE, "version {n}", n=value),
        "revision": say(LOCALE, "version {n}", n=value),
        "fingerprint": say(LOCALE, "fingerprint {code}", code=value),
        "count": say(LOCALE, "{n} in all", n=value),
        "fields": str(value).replace(",", ", ").replace("_", " "),
        "month": str(value),
    }
    if name in known:
        return known[name].get(str(value), str(value))
    return counted.get(name, f"{name} {value}")
