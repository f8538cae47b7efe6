"""STUN, then DTLS, then media between the same ports."""

import importlib.util
from pathlib import Path

from schouw_agent.plugins import PortHint
from schouw_agent.protocols.multiplexed import MultiplexedConversation

HINT = PortHint("udp", 50000, 50002)


def table(name):
    spec = importlib.util.spec_from_file_location(name, Path(__file__).parent / f"cases_{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


STUN, DTLS, SRTP = table("stun"), table("dtls"), table("srtp")
HELLO = DTLS.record(22, DTLS.fragment(1, 0, DTLS.BODY))
SERVER_HELLO = DTLS.record(22, DTLS.fragment(2, 0, DTLS.SERVER))


def run(*datagrams):
    conversation = MultiplexedConversation(HINT)
    kinds = [m.kind for octets in datagrams for m in conversation.feed(True, octets)]
    return conversation, kinds


def test_stun_alone_stays_stun():
    conversation, _ = run(STUN.REQUEST, STUN.SUCCESS)
    assert (conversation.protocol, conversation.encryption) == ("", "")
    assert conversation.wanted


def test_dtls_after_stun():
    conversation, kinds = run(STUN.REQUEST, HELLO, SERVER_HELLO)
    assert kinds == ["identity", "client_hello", "server_hello"]
    assert (conversation.protocol, conversation.encryption) == ("dtls", "dtls 1.2")
    assert conversation.server_name == "lamp.example.org"


def test_media_after_dtls_and_no_sooner():
    conversation, _ = run(HELLO, SERVER_HELLO, SRTP.packet(1), SRTP.packet(2))
    assert conversation.protocol == "dtls"
    conversation.feed(True, SRTP.packet(3))
    assert (conversation.protocol, conversation.encryption) == ("dtls", "srtp")
    assert not conversation.wanted


def test_media_through_a_channel_of_turn():
    wrapped = [
        b"\x40\1" + len(p).to_bytes(2, "big") + p for p in (SRTP.packet(i) for i in range(3))
    ]
    conversation, _ = run(STUN.REQUEST, *wrapped)
    assert (conversation.protocol, conversation.encryption) == ("", "srtp")


def test_patience_ends():
    conversation, _ = run(*[STUN.SUCCESS] * 48)
    assert not conversation.wanted


def test_certificates_over_dtls_say_whose_they_are():
    # A certificate that holds the name alone: [issuer, validity, subject "lamp.example", key].
    def der(tag, *parts):
        body = b"".join(parts)
        return bytes([tag, len(body)]) + body

    name = der(0x30, der(0x31, der(0x30, der(6, b"\x55\x04\x03"), der(12, b"lamp.example"))))
    signed = der(0x30, der(2, b"\1"), der(0x30), name, der(0x30), name, der(0x30))
    whole = der(0x30, signed, der(0x30), der(3, b"\0"))
    listed = b"\0\0\0" + len(whole).to_bytes(3, "big") + whole
    shown = DTLS.record(22, DTLS.fragment(11, 2, listed))
    nameless = DTLS.record(22, DTLS.fragment(1, 0, DTLS.BODY[: -len(DTLS.SNI) - 2] + bytes(2)))
    conversation = MultiplexedConversation(HINT)
    messages = [
        message
        for from_orig, octets in (
            (True, nameless),
            (False, SERVER_HELLO),
            (False, shown),
            (True, shown),
        )
        for message in conversation.feed(from_orig, octets)
    ]
    certificates = [m.fields for m in messages if m.kind == "certificate"]
    assert [each["of"] for each in certificates] == ["server", "client"]
    assert certificates[0]["subject"] == certificates[0]["issuer"] == "lamp.example"
    assert conversation.server_name == "lamp.example"
