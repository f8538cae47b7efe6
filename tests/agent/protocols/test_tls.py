"""TLS: hellos of OpenSSL, and JA4 beyond the published example."""

import contextlib
import datetime as dt
import ssl

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from schouw_agent.plugins import PortHint
from schouw_agent.protocols import tls_certificate, tls_hello
from schouw_agent.protocols.tls import DECODER
from tests.agent.protocols import cases_tls

HINT = PortHint("tcp", 41000, 29170)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "cloud.example")])
    names = [x509.DNSName("cloud.example"), x509.DNSName("*.cloud.example")]
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
        .not_valid_after(dt.datetime(2046, 1, 1, tzinfo=dt.UTC))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    path.write_bytes(
        built.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path


def handshake(certificate, version, server_name="Cloud.example"):
    """Yield what OpenSSL's client and server say to each other; both show the certificate."""
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client.check_hostname, client.verify_mode = False, ssl.CERT_NONE
    client.maximum_version = version
    client.load_cert_chain(certificate)
    client.set_alpn_protocols(["mqtt"])
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate)
    server.load_verify_locations(certificate)
    server.verify_mode = ssl.CERT_OPTIONAL
    server.set_alpn_protocols(["mqtt"])
    pipes = [ssl.MemoryBIO() for _ in range(4)]
    ends = (
        client.wrap_bio(pipes[0], pipes[1], server_hostname=server_name),
        server.wrap_bio(pipes[2], pipes[3], server_side=True),
    )
    for _ in range(3):
        for from_orig, end, out, to in ((True, ends[0], 1, 2), (False, ends[1], 3, 0)):
            with contextlib.suppress(ssl.SSLWantReadError):
                end.do_handshake()
            octets = pipes[out].read()
            pipes[to].write(octets)
            if octets:
                yield from_orig, octets


@pytest.mark.parametrize(
    ("version", "name"),
    [(ssl.TLSVersion.TLSv1_3, "tls 1.3"), (ssl.TLSVersion.TLSv1_2, "tls 1.2")],
)
def test_hellos_of_openssl(run, certificate, version, name):
    chunks = list(handshake(certificate, version))
    assert DECODER.probe(chunks[0][1], chunks[1][1], HINT) > 0.9
    found, error, conversation = run.converse(DECODER, chunks, HINT)
    assert error is None
    kinds = ["client_hello", "server_hello"]
    if name == "tls 1.2":
        kinds += ["certificate", "certificate"]
    assert [m.kind for _, m in found] == kinds
    hello = found[0][1].fields
    assert hello["server_name"] == conversation.server_name == "cloud.example"
    assert hello["alpn"] == ("mqtt",)
    assert hello["ja4"].startswith("t13d" if name == "tls 1.3" else "t12d")
    assert hello["ja4"][8:11] == "mt_"
    assert conversation.encryption == found[1][1].fields["version"] == name
    assert conversation.wanted is False


def test_certificates_of_both_sides_name_them(run, certificate):
    chunks = list(handshake(certificate, ssl.TLSVersion.TLSv1_2, None))
    found, _, conversation = run.converse(DECODER, chunks, HINT)
    shown = [m.fields for _, m in found if m.kind == "certificate"]
    names = {
        "subject": "cloud.example",
        "issuer": "cloud.example",
        "names": ("cloud.example", "*.cloud.example"),
    }
    assert shown == [{**names, "of": "server"}, {**names, "of": "client"}]
    assert conversation.server_name == "cloud.example"


def test_a_certificate_cut_short_names_nobody(certificate):
    der = ssl.PEM_cert_to_DER_cert(certificate.read_text().split("-----BEGIN PRIVATE")[0])
    listed = b"\0\0\0" + len(der).to_bytes(3, "big") + der
    assert tls_certificate.first_of_list(listed).subject == "cloud.example"
    for size in range(0, len(der), 7):
        cut = b"\0\0\0" + size.to_bytes(3, "big") + der[:size]
        assert tls_certificate.first_of_list(cut) is None


# technical_details/JA4.md, "ALPN Extension Value".
ALPN = [
    ((), "00"),
    ((b"h2",), "h2"),
    ((b"http/1.1", b"h2"), "h1"),
    ((b"x",), "xx"),
    ((b"\xab",), "ab"),
    ((b"\xab\xcd",), "ad"),
    ((b"\x30\xab",), "3b"),
    ((b"\x30\x31\xab\xcd",), "3d"),
]


@pytest.mark.parametrize(("alpn", "text"), ALPN)
def test_ja4_of_an_alpn(alpn, text):
    hello = tls_hello.ClientHello(0x0303, (), (), (), "", alpn, ())
    assert tls_hello.ja4(hello) == f"t12i0000{text}_000000000000_000000000000"


def test_ja4_without_signature_algorithms():
    # technical_details/JA4.md: the extensions stand without an underscore behind them then.
    hello = tls_hello.ClientHello(0x0301, (), (0x2F,), (0x0A, 0x05), "", (), ())
    # sha256("002f") and sha256("0005,000a"), from coreutils' sha256sum.
    assert tls_hello.ja4(hello) == "t10i010200_ba72b8082249_ecbe99380d04"


@pytest.mark.parametrize("longer_by", [0, 2000])
def test_a_hello_that_is_remembered_is_told_as_it_was_read(longer_by):
    def read(random, name, algorithms=b"\4\3"):
        names = cases_tls.vector(2, b"\0" + cases_tls.vector(2, name))
        extensions = (
            cases_tls.extension(0, names)
            + cases_tls.extension(13, cases_tls.vector(2, algorithms))
            + cases_tls.extension(51, random * 32)
            + cases_tls.extension(21, bytes(longer_by))
        )
        hello = cases_tls.client_body(b"\x13\x01", extensions)
        return tls_hello.client_hello(hello[:2] + random * 32 + hello[34:])

    first = read(b"a", b"one.example.org")
    assert read(b"b", b"one.example.org") == first
    assert read(b"a", b"two.example.org").server_name == "two.example.org"
    assert read(b"a", b"one.example.org", b"\x08\4").signature_algorithms == (0x0804,)
    told = tls_hello.fields(first, "t")
    told["server_name"] = "other.example.org"
    assert tls_hello.fields(first, "t")["server_name"] == "one.example.org"
