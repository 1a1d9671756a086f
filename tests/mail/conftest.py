"""Letters, a way out for them, and a mail server that speaks TLS."""

import datetime
import ipaddress
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from portal.gateways.mail import Letter
from portal.gateways.smtp_mail import SmtpMail, SmtpServer
from portal.storage.clock import utc_now
from tests.support.mail import MailSink
from tests.support.ports import free_port

SENDER = "Linden Row Counselling <hello@lindenrow.example>"


def a_letter(**changes) -> Letter:
    values = {
        "to": "rosa@example.org",
        "subject": "Your appointment",
        "text": "Thursday 19 March, 10:30, London time\nhttp://localhost:3000/visits/\n",
        "message_id": "<appt.1.confirmation.0@lindenrow.example>",
    }
    return Letter(**{**values, **changes})


@pytest.fixture
def mail(smtp_server: MailSink) -> SmtpMail:
    """The way out, to the mail server of this test."""
    return SmtpMail(SmtpServer(smtp_server.host, smtp_server.port, "none", SENDER))


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate for localhost that signs itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    now = utc_now()
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = tmp_path / "cert.pem", tmp_path / "key.pem"
    paths[0].write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    pem, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    paths[1].write_bytes(key.private_bytes(pem, pkcs8, plain))
    return paths


@pytest.fixture(params=["starttls", "tls"])
def secured(request, certificate) -> Iterator[tuple[MailSink, SmtpServer]]:
    """A mail server that takes letters over TLS only, in both ways of starting it."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate)
    sink, port = MailSink(), free_port()
    options = {"ssl_context": context} if request.param == "tls" else {"tls_context": context, "require_starttls": True}
    controller = Controller(sink, hostname="127.0.0.1", port=port, **options)
    controller.start()
    yield sink, SmtpServer("localhost", port, request.param, SENDER)
    controller.stop()
