"""A certificate authority of one household, and a certificate of it for the names of this machine in its network.

Phones and computers trust the authority once. Its key stays in the data folder. It may only speak for private names and
addresses, so nobody who gets the key can pretend to be a bank.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from web.embedded.files import write_private
from web.embedded.lan import AUTHORITY, PRIVATE_NETWORKS

_KEY: Final = "authority-key.pem"
_AUTHORITY_DAYS: Final = 3650
_CERTIFICATE_DAYS: Final = 800
"""Apple's devices refuse certificates for more than 825 days. Each start makes a new one."""
_CLOCKS_APART: Final = timedelta(days=1)
_PRIVATE_NAMES: Final = ("localhost", "local", "lan", "home", "home.arpa", "internal", "fritz.box")


@dataclass(frozen=True)
class ServerFiles:
    """The files of a server, and of the authority that devices have to trust."""

    certificate: Path
    key: Path
    authority: Path


def certify(folder: Path, names: Sequence[str]) -> ServerFiles:
    """Make a certificate for these host names and addresses, by the authority in the folder, made when it is missing.

    Raises:
        OSError, ValueError: the folder cannot be used, or its authority cannot be read.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    authority, authority_key = _authority(folder, names)
    key = ec.generate_private_key(ec.SECP256R1())
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(_named(names[0]))
        .issuer_name(authority.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _CLOCKS_APART)
        .not_valid_after(min(now + timedelta(days=_CERTIFICATE_DAYS), authority.not_valid_after_utc))
        .add_extension(x509.SubjectAlternativeName([_general(name) for name in names]), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    files = ServerFiles(folder / "server.pem", folder / "server-key.pem", folder / AUTHORITY)
    write_private(files.certificate, _pem(certificate) + _pem(authority))
    write_private(files.key, _key_pem(key))
    return files


def fingerprint(authority: Path) -> str:
    """The SHA-256 of an authority as devices show it, to compare."""
    return x509.load_pem_x509_certificate(authority.read_bytes()).fingerprint(hashes.SHA256()).hex(":").upper()


def _authority(folder: Path, names: Sequence[str]) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    """The authority of the folder. A new one is made for a name for which the old one may not speak."""
    file, key_file = folder / AUTHORITY, folder / _KEY
    if file.exists() and key_file.exists():
        authority = x509.load_pem_x509_certificate(file.read_bytes())
        key = serialization.load_pem_private_key(key_file.read_bytes(), password=None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            message = f"{key_file} is not the key of an authority that this service made."
            raise ValueError(message)
        if authority.not_valid_after_utc > datetime.now(UTC) + timedelta(days=30) and _speaks_for(authority, names):
            return authority, key
    key = ec.generate_private_key(ec.SECP256R1())
    authority = _new_authority(key, names)
    write_private(key_file, _key_pem(key))
    write_private(file, _pem(authority))
    return authority, key


def _new_authority(key: ec.EllipticCurvePrivateKey, names: Sequence[str]) -> x509.Certificate:
    now = datetime.now(UTC)
    subject = _named(f"AI.photoalbum on {names[0]}")
    networks = dict.fromkeys([*PRIVATE_NETWORKS, *(ipaddress.ip_network(name) for name in names if not _is_name(name))])
    permitted = [
        *(x509.DNSName(name) for name in dict.fromkeys([*_PRIVATE_NAMES, *filter(_is_name, names)])),
        *(x509.IPAddress(network) for network in networks),
    ]
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _CLOCKS_APART)
        .not_valid_after(now + timedelta(days=_AUTHORITY_DAYS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.NameConstraints(permitted_subtrees=permitted, excluded_subtrees=None), critical=True)
        .add_extension(_SIGNS, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


_SIGNS: Final = x509.KeyUsage(
    key_cert_sign=True,
    crl_sign=True,
    digital_signature=False,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    encipher_only=False,
    decipher_only=False,
)


def _speaks_for(authority: x509.Certificate, names: Sequence[str]) -> bool:
    permitted = authority.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or []
    ends = [each.value for each in permitted if isinstance(each, x509.DNSName)]
    networks = [
        each.value for each in permitted if isinstance(each.value, ipaddress.IPv4Network | ipaddress.IPv6Network)
    ]
    return all(
        any(f".{name}".endswith(f".{end}") for end in ends)
        if _is_name(name)
        else any(ipaddress.ip_address(name) in network for network in networks)
        for name in names
    )


def _is_name(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return True
    return False


def _general(name: str) -> x509.GeneralName:
    return x509.DNSName(name) if _is_name(name) else x509.IPAddress(ipaddress.ip_address(name))


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


def _key_pem(key: ec.EllipticCurvePrivateKey) -> str:
    form, secret = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, form, secret).decode()
