"""The only place where settings choose real gateways or their local twins."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from portal import refusals
from portal.gateways.mail import Mail
from portal.gateways.payments import Payments
from portal.gateways.video import VideoRooms
from portal.settings import Settings, settings
from portal.storage.keys import open_keyring
from portal.storage.migrate import current
from portal.storage.work import Database


@dataclass(frozen=True)
class Parts:
    """What the rooms above work with. A vendor that is not set up is None, and the pages say so."""

    settings: Settings
    database: Database
    payments: Payments | None
    video: VideoRooms | None
    mail: Mail | None


def build_parts(chosen: Settings) -> Parts:
    """Make every part; nothing connects before its first use."""
    return Parts(
        settings=chosen,
        database=open_database(chosen),
        payments=_payments(chosen),
        video=_video(chosen),
        mail=_mail(chosen),
    )


def open_database(chosen: Settings) -> Database:
    """The database with its keys, which are made at the very first start.

    Raises:
        KeyFileError: there is data but no key to it, or the key file is unsafe.
    """
    chosen.data_dir.mkdir(0o700, parents=True, exist_ok=True)
    database = Database(chosen.database, open_keyring(chosen.keys_at, data_exists=bool(current(chosen.database))))
    refusals.watch(database)
    return database


@functools.cache
def parts() -> Parts:
    """The parts of this process."""
    return build_parts(settings())


def _payments(chosen: Settings) -> Payments | None:
    if not chosen.stripe_api_key.get_secret_value():
        return None
    from portal.gateways.stripe_payments import StripeAccount, StripePayments

    return StripePayments(
        StripeAccount(
            api_key=chosen.stripe_api_key.get_secret_value(),
            webhook_secret=chosen.stripe_webhook_secret.get_secret_value(),
            api_base=chosen.stripe_api_base,
        )
    )


def _video(chosen: Settings) -> VideoRooms | None:
    if not (chosen.livekit_url and chosen.livekit_api_key):
        return None
    from portal.gateways.video import LivekitAccount, LivekitRooms

    return LivekitRooms(
        LivekitAccount(
            url=chosen.livekit_url,
            api_url=chosen.livekit_api_url,
            key=chosen.livekit_api_key,
            secret=chosen.livekit_api_secret.get_secret_value(),
        )
    )


def _mail(chosen: Settings) -> Mail | None:
    if not chosen.smtp_host:
        return None
    from portal.gateways.smtp_mail import SmtpMail, SmtpServer

    return SmtpMail(
        SmtpServer(
            host=chosen.smtp_host,
            port=chosen.smtp_port,
            security=chosen.smtp_security,
            sender=chosen.mail_from,
            user=chosen.smtp_user,
            password=chosen.smtp_password.get_secret_value(),
        )
    )
