"""Who works at the demo's practice and what they offer. All of it is invented."""

from __future__ import annotations

from dataclasses import dataclass

PRACTICE = {
    "name": "Linden Row Counselling",
    "tagline": "Someone to talk to, this week, from where you are.",
    "about": "Four therapists, by video, fifty minutes at a time.",
    "phone": "020 7946 0112",
    "phone_hours": "weekdays 9 to 17",
    "email": "desk@lindenrow.example",
    "address": "12 Linden Row, London N1 0AA",
    "zone": "Europe/London",
    "currency": "GBP",
}

# kind, label, contact, note
CRISIS_LINES = (
    ("phone", "Samaritans", "116 123", "Free, any hour, any reason"),
    ("text", "SHOUT by text", "85258", "If you would rather not speak"),
    ("emergency", "Emergency", "999", "If you are in danger"),
)


@dataclass(frozen=True)
class Given:
    """A service of the demo."""

    key: str
    name: str
    summary: str
    minutes: int
    price_minor: int
    pay_later: bool = False
    free_cancel_hours: int = 24
    late_fee_percent: int = 50
    buffer_after_minutes: int = 10


SERVICES = (
    Given("first", "First visit", "Get to know each other and see what would help.", 50, 6500),
    Given("follow", "Follow-up", "For people who already see this therapist.", 50, 6500, pay_later=True),
    Given("long", "Long session", "When fifty minutes are not enough.", 80, 9500, pay_later=True),
    Given("couple", "Couple session", "Two people, one conversation.", 75, 8500, free_cancel_hours=48),
    Given("short", "Short check-in", "Twenty-five minutes between sessions.", 25, 3500, pay_later=True),
    Given("family", "Family session", "Up to four people of one family.", 80, 11000, free_cancel_hours=48),
    Given("student", "Student rate", "The same session at a lower price, for students.", 50, 4000),
    Given("emdr", "Trauma session (EMDR)", "Longer work on one memory.", 90, 11500, free_cancel_hours=48),
)


@dataclass(frozen=True)
class Therapist:
    """A clinician of the demo. `days`: weekday to start and end minute, wall time of `zone`."""

    slug: str
    name: str
    title: str
    quote: str
    about: str
    portrait: str
    needs: tuple[str, ...]
    languages: tuple[str, ...]
    zone: str
    gives: tuple[str, ...]
    days: tuple[tuple[int, int, int], ...]
    is_owner: bool = False


def _office(*weekdays: int, start: int = 9 * 60, end: int = 18 * 60) -> tuple[tuple[int, int, int], ...]:
    return tuple((weekday, start, end) for weekday in weekdays)


THERAPISTS = (
    Therapist(
        "miriam-okafor",
        "Dr Miriam Okafor",
        "Clinical psychologist",
        "We can start anywhere. Also with “I don’t know”.",
        "Twenty years of listening, twelve of them in hospitals.",
        "miriam",
        ("Low mood", "Grief", "Life with a long illness"),
        ("English", "Igbo"),
        "Europe/London",
        ("first", "follow", "long", "short", "student"),
        _office(0, 1, 2, 3, 4),
    ),
    Therapist(
        "tomas-herrera",
        "Tomás Herrera",
        "Psychotherapist",
        "Bring the whole week, not only the good parts.",
        "Works with what the body does when the head will not stop.",
        "tomas",
        ("Worry", "Panic", "Work that follows you home"),
        ("English", "Español", "Português"),
        "Europe/Lisbon",
        ("first", "follow", "long", "short", "emdr"),
        (*_office(0, 1, 3, start=10 * 60, end=19 * 60), *_office(2, 4, start=8 * 60, end=14 * 60)),
    ),
    Therapist(
        "priya-raman",
        "Priya Raman",
        "Counsellor, couples and families",
        "Nobody has to win here.",
        "Couples, new parents, and families that have stopped talking.",
        "priya",
        ("Couples", "New parents", "Talking after a long silence"),
        ("English", "Tamil"),
        "Europe/London",
        ("first", "follow", "couple", "family", "short"),
        _office(1, 2, 3, start=12 * 60, end=20 * 60),
    ),
    Therapist(
        "ingrid-sandvik",
        "Ingrid Sandvik",
        "Psychotherapist",
        "There is still time.",
        "Later life, retirement, and caring for somebody else.",
        "ingrid",
        ("Later life", "Retirement", "Caring for someone"),
        ("English", "Norsk"),
        "Europe/Oslo",
        ("first", "follow", "long", "short"),
        _office(0, 2, 3, 4, start=8 * 60, end=16 * 60),
    ),
)

OWNER = ("Helen Ward", "owner@lindenrow.example")
PATIENTS = 30
PASSWORD = "a quiet room to talk in"  # noqa: S105 - printed by the demo
SIGN_IN_THERAPIST = "miriam-okafor"


def therapist_email(slug: str) -> str:
    """Where a therapist of the demo signs in."""
    return f"{slug.split('-', maxsplit=1)[0]}@lindenrow.example"
