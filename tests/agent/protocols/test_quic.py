"""QUIC: the published sample, and the fingerprint of its hello."""

import importlib.util
from pathlib import Path

from schouw_agent.plugins import PortHint
from schouw_agent.protocols import quic_initial
from schouw_agent.protocols.quic import DECODER

HINT = PortHint("udp", 50000, 443)
spec = importlib.util.spec_from_file_location("quic", Path(__file__).parent / "cases_quic.py")
table = importlib.util.module_from_spec(spec)
spec.loader.exec_module(table)


def test_keys_of_the_published_sample():
    # RFC 9001, A.1.
    keys = quic_initial.client_keys(quic_initial.V1, table.DESTINATION)
    assert keys.key.hex() == "1f369613dd76d5467730efcbe3b1a22d"
    assert keys.vector.hex() == "fa044b2f42a3fd3b46fb255c"
    assert keys.header.hex() == "9f50449e04a0e810283a1e9933adedd2"


def test_keys_of_the_published_sample_of_version_2():
    # RFC 9369, A.1.
    keys = quic_initial.client_keys(quic_initial.V2, table.DESTINATION)
    assert keys.key.hex() == "8b1a0bc121284290a29e0971b5cd045d"
    assert keys.vector.hex() == "91f73e2351d8fa91660e909f"
    assert keys.header.hex() == "45b95e15235d6f45a6b19cbcb0294ba9"


def test_the_table_protects_as_the_published_sample():
    # RFC 9001, A.2: the start of the protected packet.
    assert table.FIRST.startswith(
        bytes.fromhex("c000000001088394c8f03e5157080000449e7b9aec34d1b1c98dd7689fb8ec11")
    )


def test_ja4_of_quic():
    (hello,) = DECODER.open(HINT).feed(True, table.FIRST)
    # Two ciphers, eleven extensions with a name and ALPN "alpn"; sha256("1301,1302").
    assert hello.fields["ja4"].startswith("q13d0211an_")
    assert hello.fields["ja4"].split("_")[1] == "62ed6f6ca7ad"


def test_patience_ends():
    conversation = DECODER.open(HINT)
    for _ in range(24):
        conversation.feed(False, b"\x40" + bytes(40))
    assert not conversation.wanted
