"""Media that a session announced are known by it."""

import pytest

from schouw_agent.protocols import sdp
from schouw_agent.recognition.media_sessions import MediaSessions
from schouw_agent.records import Delivery, Endpoint, FlowReference, Message

CALLER, CALLED = (Endpoint("", f"192.0.2.{i}", 5060) for i in (7, 8))
SIGNALLING = FlowReference("1", CALLER, CALLED, "udp")
TYPES = {96: "H264/90000"}


def media(to: str, port: int) -> Delivery:
    flow = FlowReference("2", Endpoint("", "192.0.2.9", 6000), Endpoint("", to, port), "udp")
    return Delivery(
        flow, Message("rtp", "media", {"payload_type": 96, "encoding": ""}, b"", 1), 0, True
    )


@pytest.mark.parametrize(
    ("told", "receiver"),
    [({"receiver": "192.0.2.8"}, "192.0.2.8"), ({}, "192.0.2.7"), ({"receiver": ""}, "192.0.2.7")],
)
def test_a_session_says_where_media_is_received(told, receiver):
    sessions = MediaSessions()
    fields = {"client_port": 7080, "payload_types": TYPES, **told}
    sessions.announced(Delivery(SIGNALLING, Message("sip", "session", fields, b"", 1), 0, False))
    assert sessions.fields(media(receiver, 7080))["encoding"] == "H264/90000"
    assert sessions.fields(media(receiver, 7082))["encoding"] == ""


def test_that_media_are_encrypted_goes_before_what_their_type_stands_for():
    (medium,) = sdp.parse(
        b"v=0\nc=IN IP4 192.0.2.8\nm=audio 7080 RTP/SAVP 0\na=rtpmap:0 PCMU/8000\n"
    )
    fields = {
        "client_port": medium.port,
        "receiver": medium.address,
        "payload_types": medium.payload_types,
    }
    sessions = MediaSessions()
    sessions.announced(Delivery(SIGNALLING, Message("sip", "session", fields, b"", 1), 0, False))
    delivery = media("192.0.2.8", 7080)
    clear = {"payload_type": 0, "encoding": "PCMU/8000"}
    delivery = delivery._replace(message=delivery.message._replace(fields=clear))
    assert sessions.fields(delivery)["encoding"] == "SRTP"
    elsewhere = media("192.0.2.9", 7080)
    elsewhere = elsewhere._replace(message=elsewhere.message._replace(fields=clear))
    assert sessions.fields(elsewhere)["encoding"] == "PCMU/8000"
