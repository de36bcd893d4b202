"""Certificates for what stands inside: one signer, and a certificate for each service, shown to the others."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

CA, CERTIFICATE, KEY = "ca.pem", "certificate.pem", "key.pem"
CA_KEY = "signer/key.pem"  # given to no service
OURS = 10001  # the account of the product’s image
SOON = timedelta(days=1)  # clocks inside may differ


@dataclass(frozen=True)
class Service:
    """Whom a certificate is for: its name (in PostgreSQL, the role), the hosts it answers to, and who reads its key."""

    name: str
    hosts: tuple[str, ...] = ()
    account: int = OURS


SERVICES: Mapping[str, Service] = {
    "database": Service("database", ("database",), account=999),
    "broker": Service("broker", ("broker",), account=999),
    "web": Service("survey_web", ("web", "127.0.0.1")),  # the other is for its own health check
    "worker": Service("survey_worker"),
    "owner": Service("survey_owner"),
}


@dataclass(frozen=True)
class Signer:
    """Who signs: its certificate and key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey


def write_certificates(
    folder: Path, *, now: datetime, days: int, hosts: Mapping[str, Sequence[str]] | None = None
) -> list[str]:
    """New certificates for all services, signed by the signer of this folder, who is made where there is none.

    `hosts` are further names or addresses by service. What it wrote, as paths within the folder.
    """
    signer = _read_signer(folder) or _new_signer(folder, now=now)
    written = []
    for place, service in SERVICES.items():
        known = [*service.hosts, *(hosts or {}).get(place, ())]
        certificate, key = _signed(signer, service.name, known, now=now, days=days)
        _write(folder / place / KEY, _pem_of(key), account=service.account)
        _write(folder / place / CERTIFICATE, certificate.public_bytes(Encoding.PEM), account=service.account)
        _write(folder / place / CA, signer.certificate.public_bytes(Encoding.PEM), account=service.account)
        written += [f"{place}/{name}" for name in (CERTIFICATE, KEY, CA)]
    return written


def _read_signer(folder: Path) -> Signer | None:
    if not (folder / CA_KEY).exists():
        return None
    key = load_pem_private_key((folder / CA_KEY).read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{folder / CA_KEY} is no key of the kind that is made here.")
    return Signer(x509.load_pem_x509_certificate((folder / CA).read_bytes()), key)


def _new_signer(folder: Path, *, now: datetime) -> Signer:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _named("survey, inside")
    made = _begun(name, name, key, now=now, days=3650)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    made = made.add_extension(_uses(signs_others=True), critical=True)
    certificate = made.sign(key, hashes.SHA256())
    _write(folder / CA_KEY, _pem_of(key), account=os.geteuid())
    _write(folder / CA, certificate.public_bytes(Encoding.PEM), account=os.geteuid(), mode=0o644)
    return Signer(certificate, key)


def _signed(
    signer: Signer, name: str, hosts: Sequence[str], *, now: datetime, days: int
) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    """A certificate for a server that answers to these hosts, and for a client of this name."""
    key = ec.generate_private_key(ec.SECP256R1())
    made = _begun(_named(name), signer.certificate.subject, key, now=now, days=days)
    made = made.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    made = made.add_extension(_uses(signs_others=False), critical=True)
    purposes = [ExtendedKeyUsageOID.CLIENT_AUTH, *([ExtendedKeyUsageOID.SERVER_AUTH] if hosts else [])]
    made = made.add_extension(x509.ExtendedKeyUsage(purposes), critical=False)
    signed_by = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.key.public_key())
    made = made.add_extension(signed_by, critical=False)
    if hosts:
        made = made.add_extension(x509.SubjectAlternativeName([_host(each) for each in hosts]), critical=False)
    return made.sign(signer.key, hashes.SHA256()), key


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, *, now: datetime, days: int
) -> x509.CertificateBuilder:
    made = x509.CertificateBuilder(subject_name=subject, issuer_name=issuer, public_key=key.public_key())
    made = made.serial_number(x509.random_serial_number())
    made = made.not_valid_before(now - SOON).not_valid_after(now + timedelta(days=days))
    return made.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)


def _uses(*, signs_others: bool) -> x509.KeyUsage:
    names = ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement")
    others = dict.fromkeys((*names, "encipher_only", "decipher_only"), False)
    return x509.KeyUsage(
        digital_signature=not signs_others, key_cert_sign=signs_others, crl_sign=signs_others, **others
    )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _host(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _pem_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _write(path: Path, content: bytes, *, account: int, mode: int = 0o600) -> None:
    """Whole or not at all; for this account alone, where we may say so."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content)
        os.fchmod(file.fileno(), mode)
        if os.geteuid() == 0:
            os.fchown(file.fileno(), account, account)
    new.replace(path)
