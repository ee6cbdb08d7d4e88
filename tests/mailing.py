"""A real SMTP server on the loopback, with TLS and a password of its own."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "office", "correct horse"


@dataclass
class Mailbox:
    """What a server took; ``answers`` are what it says to an address or at the content instead."""

    taken: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    rcpt: dict[str, str] = field(default_factory=dict)
    data: list[str] = field(default_factory=list)
    broken: bool = False

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any,  # noqa: N802
                          address: str, _options: Any) -> str:  # fmt: skip
        if address in self.rcpt:
            return self.rcpt[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.data:
            return self.data.pop(0)
        self.taken.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        if self.broken:
            server.transport.abort()
        return "250 2.0.0 queued"


class _Server(Controller):
    """aiosmtpd asks for the address of the machine otherwise."""

    def factory(self) -> SMTP:
        return SMTP(self.handler, hostname="mail.example", **self.SMTP_kwargs)

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]  # the system has chosen one by now
        super()._trigger_server()


@dataclass(frozen=True)
class Running:
    """A server that runs: where, what it took, and whom to trust."""

    port: int
    box: Mailbox
    trust: ssl.SSLContext


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for localhost and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name)
        .public_key(key.public_key()).serial_number(1)
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    path = tmp_path_factory.mktemp("tls") / "localhost.pem"
    pem = serialization.Encoding.PEM
    path.write_bytes(
        made.public_bytes(pem)
        + key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return path


@pytest.fixture
def smtp(certificate: Path) -> Iterator[Callable[[str], Running]]:
    """Start servers: ``starttls`` and ``ssl`` ask for the password, ``none`` does not."""
    running: list[Controller] = []

    def start(security: str) -> Running:
        own = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        own.load_cert_chain(certificate)
        options: dict[str, Any] = {
            "starttls": {"tls_context": own, "require_starttls": True},
            "ssl": {"auth_require_tls": False},
            "none": {},
        }[security]
        if security != "none":
            options |= {"authenticator": _known, "auth_required": security == "starttls"}
        box = Mailbox()
        server = _Server(box, "127.0.0.1", 0, ready_timeout=30,
                         ssl_context=own if security == "ssl" else None, **options)  # fmt: skip
        server.start()
        running.append(server)
        return Running(server.port, box, ssl.create_default_context(cafile=certificate))

    yield start
    for server in running:
        server.stop(no_assert=True)


def _known(_server: Any, _session: Any, _envelope: Any, _kind: str, given: Any) -> AuthResult:
    right = (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)
