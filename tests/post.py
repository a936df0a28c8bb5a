"""A mail server of one's own on this machine, which can hang, refuse, die half-way, and prove itself with TLS."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from reporting.domain.organisation.mail import MailServer

HOST = "127.0.0.1"
USER, PASSWORD = "harbour", "a password for mail"


@dataclass
class Postbox:
    """What a server took, and what it refuses."""

    taken: list[tuple[str, bytes]] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    signed_in: list[bool] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - the name that aiosmtpd calls
        self, _server: Any, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take a recipient, or not."""
        if address in self.refused:
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        """Take a mail."""
        self.signed_in.append(bool(session.authenticated))
        assert isinstance(envelope.content, bytes)
        self.taken.append((envelope.rcpt_tos[0], envelope.content))
        return "250 OK"

    @property
    def addresses(self) -> list[str]:
        """To whom mail came, in order."""
        return [address for address, _ in self.taken]


def _authenticate(_server: Any, _session: Any, _envelope: Any, _kind: str, data: Any) -> AuthResult:
    return AuthResult(handled=False, success=(data.login, data.password) == (USER.encode(), PASSWORD.encode()))


@contextmanager
def post_office(box: Postbox, *, certificate: Path | None = None, direct: bool = False) -> Iterator[MailServer]:
    """Run a mail server; with a certificate it offers STARTTLS, or TLS from the first byte where it is `direct`."""
    context = None
    if certificate is not None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
    options: dict[str, Any] = {"ssl_context": context} if direct else {"tls_context": context}
    if context is not None and not direct:
        options |= {"require_starttls": True, "authenticator": _authenticate, "auth_required": True}
    controller = Controller(box, hostname=HOST, port=_free_port(), **options)
    controller.start()
    security = "none" if certificate is None else "tls" if direct else "starttls"
    named = security == "starttls"
    try:
        yield server_at(
            controller.port, security=security, user=USER if named else "", password=PASSWORD if named else ""
        )
    finally:
        controller.stop()


def server_at(port: int, *, security: str = "none", user: str = "", password: str = "") -> MailServer:
    """Return where mail is handed in at a port of this machine."""
    return MailServer(HOST, port, security, user, password, "notes@example.org", "Notes")


@contextmanager
def bad_server(*lines: bytes, hang: bool = False) -> Iterator[MailServer]:
    """Run a server that answers each line it hears with the next of these, then hangs up, or says nothing for ever."""
    listener = socket.create_server((HOST, 0))
    open_links: list[socket.socket] = []

    def talk() -> None:
        while True:
            try:
                link, _ = listener.accept()
            except OSError:
                return
            open_links.append(link)
            for place, line in enumerate(lines):
                link.sendall(line)
                if place < len(lines) - 1:
                    link.recv(4096)
            if not hang:
                link.close()

    thread = threading.Thread(target=talk, daemon=True)
    thread.start()
    try:
        yield server_at(listener.getsockname()[1])
    finally:
        listener.close()
        for link in open_links:
            link.close()


def make_certificate(folder: Path, name: str = HOST) -> Path:
    """Make a key and a certificate for a host that signs itself, in one file; trust it by SSL_CERT_FILE."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail of a test")])
    now = datetime.now(UTC)
    alternative: x509.GeneralName = x509.IPAddress(ip_address(name)) if name[0].isdigit() else x509.DNSName(name)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([alternative]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "mail.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return path


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as found:
        return int(found.getsockname()[1])
