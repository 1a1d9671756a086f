"""What `portal serve` refuses, and that it says so in words."""

from __future__ import annotations

import pytest

from portal.safety import DEMO_MARK, refuse_unsafe, refuse_unsafe_files
from portal.settings import Settings

PUBLIC = {"public_url": "https://quiet.example", "trusted_proxy_hops": 1}
GOOD = PUBLIC | {
    "stripe_api_key": "sk_live_51Habc",
    "stripe_webhook_secret": "whsec_9f3k",
    "livekit_url": "wss://video.quiet.example",
    "livekit_api_key": "APIq7t",
    "livekit_api_secret": "v7Jm2kQ9xT4bN8wR3cY6zL1pH5sD0fGa",
    "smtp_host": "mail.quiet.example",
    "smtp_user": "practice",
    "smtp_password": "correct horse",
    "mail_from": "practice@quiet.example",
}


def problems(**changes: object) -> list[str]:
    return refuse_unsafe(Settings(_env_file=None, **(GOOD | changes)))  # pyright: ignore[reportArgumentType, reportCallIssue]


def test_a_whole_practice_is_served():
    assert problems() == []


def test_a_fresh_machine_is_served_on_loopback():
    assert refuse_unsafe(Settings(_env_file=None)) == []  # pyright: ignore[reportCallIssue]


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"demo": True}, "DEMO"),
        ({"public_url": "http://quiet.example"}, "https"),
        ({"public_url": "http://192.168.1.20:3000"}, "https"),
        ({"public_url": "https://practice.example"}, ".env.example"),
        ({"public_url": "quiet.example"}, "PUBLIC_URL"),
        ({"public_url": "https://quiet.example/portal"}, "without a path"),
        ({"public_url": "https://me:pw@quiet.example"}, "PUBLIC_URL"),
        ({"trusted_proxy_hops": 0}, "TRUSTED_PROXY_HOPS"),
        ({"stripe_webhook_secret": ""}, "STRIPE_WEBHOOK_SECRET"),
        ({"stripe_api_key": ""}, "STRIPE_API_KEY"),
        ({"stripe_api_key": "sk_test_quietroom_demo"}, "the demo's"),
        ({"stripe_api_key": "sk_test_51Habc"}, "without paying"),
        ({"stripe_api_key": "pk_live_51Habc"}, "STRIPE_API_KEY"),
        ({"stripe_webhook_secret": "whsec_demo"}, "STRIPE_WEBHOOK_SECRET"),
        ({"stripe_api_base": "http://localhost:3001"}, "STRIPE_API_BASE"),
        ({"livekit_api_secret": ""}, "belong together"),
        ({"livekit_url": ""}, "belong together"),
        ({"livekit_url": "ws://video.quiet.example"}, "wss"),
        ({"livekit_url": "https://video.quiet.example"}, "wss"),
        ({"livekit_api_key": "devkey", "livekit_api_secret": "secret"}, "known to everybody"),
        ({"livekit_api_key": "quietroom-demo"}, "known to everybody"),
        ({"livekit_api_secret": "short"}, "32 characters"),
        ({"mail_from": ""}, "MAIL_FROM"),
        ({"smtp_password": ""}, "SMTP_PASSWORD"),
        ({"smtp_security": "none"}, "SMTP_SECURITY"),
    ],
)
def test_an_unsafe_value_is_named(changes, named):
    found = problems(**changes)
    assert len(found) == 1
    assert named in found[0]


def test_files_that_others_can_read_are_named(tmp_path):
    keys = tmp_path / "keys.json"
    keys.write_text("{}")
    keys.chmod(0o644)
    environment = tmp_path / ".env"
    environment.write_text("STRIPE_API_KEY=sk_live_1")
    environment.chmod(0o600)
    here = Settings(_env_file=None, key_file=keys, data_dir=tmp_path / "data")  # pyright: ignore[reportCallIssue]
    assert refuse_unsafe_files(here, environment) == [
        f"{keys} can be read by others on this machine. Run: chmod 600 {keys}"
    ]


def test_data_of_the_demo_is_not_served_as_a_practice(tmp_path):
    (tmp_path / DEMO_MARK).touch()
    here = Settings(_env_file=None, data_dir=tmp_path)  # pyright: ignore[reportCallIssue]
    assert "invented" in refuse_unsafe_files(here, tmp_path / ".env")[0]
