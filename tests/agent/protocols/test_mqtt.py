"""MQTT: what paho writes, and the bounds."""

import socket
import threading

import paho.mqtt.client as paho
import pytest
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import PortHint
from schouw_agent.protocols.mqtt import DECODER
from schouw_agent.protocols.stream import BODY_LIMIT

HINT = PortHint("tcp", 41000, 1883)
CONNECT = bytes.fromhex("10 0d 0004 4d515454 04 02 003c 0001 61")
CONNACK = {paho.MQTTv311: b"\x20\x02\0\0", paho.MQTTv5: b"\x20\x03\0\0\0"}


def start_of_publish(length: int) -> bytes:
    octets = bytearray(b"\x30")
    while length >= 128:
        octets.append(length & 0x7F | 0x80)
        length >>= 7
    octets.append(length)
    return bytes(octets) + b"\0\3t/x"


def feed_slices(conversation, octets: bytes) -> None:
    for i in range(0, len(octets), 1460):
        conversation.feed(True, octets[i : i + 1460])
        assert conversation._directions[True].held < 70_000


def octets_of_paho(version: int) -> bytes:
    """Return what a paho client sends that connects, publishes three times and leaves."""
    server = socket.create_server(("127.0.0.1", 0))
    got = bytearray()

    def serve() -> None:
        connection, _ = server.accept()
        with connection:
            connection.settimeout(5)
            got.extend(connection.recv(65536))
            connection.sendall(CONNACK[version])
            while octets := connection.recv(65536):
                got.extend(octets)

    thread = threading.Thread(target=serve)
    thread.start()
    client = paho.Client(paho.CallbackAPIVersion.VERSION2, "meter-3", protocol=version)
    client.username_pw_set("somebody", "hunter2")
    client.will_set("meter/3/gone", b"bye", qos=1, retain=True)
    client.connect("127.0.0.1", server.getsockname()[1])
    ready = threading.Event()
    client.on_connect = lambda *_: ready.set()
    client.loop_start()
    assert ready.wait(5)
    properties = None
    if version == paho.MQTTv5:
        properties = Properties(PacketTypes.PUBLISH)
        properties.ContentType = "application/json"
        properties.UserProperty = [("unit", "dB")]
    client.publish("meter/3/level", '{"dB": 61}', properties=properties).wait_for_publish(5)
    client.publish("meter/3/level", b"x" * 300, retain=True).wait_for_publish(5)
    client.disconnect()
    client.loop_stop()
    thread.join(5)
    server.close()
    return bytes(got)


@pytest.mark.parametrize(("version", "name"), [(paho.MQTTv311, "3.1.1"), (paho.MQTTv5, "5")])
def test_octets_of_paho(version, name):
    found = DECODER.open(HINT).feed(True, octets_of_paho(version))
    assert [m.kind for m in found] == ["connect", "will", "publish", "publish", "disconnect"]
    connect, will, first, second, _ = found
    assert connect.fields["version"] == name
    assert connect.fields["client_id"] == "meter-3"
    assert connect.fields["credentials"] == "password"
    assert connect.fields["will_topic"] == "meter/3/gone"
    assert (will.payload, will.fields["qos"], will.fields["retain"]) == (b"bye", 1, True)
    assert first.payload == b'{"dB": 61}'
    assert first.fields["content_type"] == ("application/json" if name == "5" else "")
    assert second.payload == b"x" * 300
    assert second.fields["retain"] is True
    assert "hunter2" not in repr(found)
    assert "somebody" not in repr(found)


@pytest.mark.parametrize("size", [1 << 16, 1 << 25])
def test_a_payload_over_the_limit_is_cut_off_and_the_rest_skipped(size):
    length = BODY_LIMIT + 1_000_000
    octets = CONNECT + start_of_publish(length) + bytes(length - 5) + start_of_publish(6) + b"1"
    conversation = DECODER.open(HINT)
    found = []
    for i in range(0, len(octets), size):
        found += conversation.feed(True, octets[i : i + size])
    _, large, small = found
    assert large.fields["truncated"] is True
    assert large.fields["skipped_octets"] == 1_000_000
    assert len(large.payload) == BODY_LIMIT - 5
    assert small.payload == b"1"
    assert "truncated" not in small.fields
    assert small.end == len(octets)


def test_a_nonsense_length_after_a_gap_holds_nothing():
    conversation = DECODER.open(HINT)
    conversation.feed(True, start_of_publish(6) + b"1")
    conversation.gap(True, 1000)
    # A PUBLISH of 200 MiB by its length, again and again, in octets that are nothing else.
    nonsense = b"\x30\xff\xff\xff\x5f\0\3abc" * 40_000
    with pytest.raises(DecodeError, match="no packet found"):
        feed_slices(conversation, nonsense)
    assert conversation.wanted is False


def test_packets_that_are_no_publish_are_bounded():
    conversation = DECODER.open(HINT)
    conversation.feed(True, CONNECT)
    with pytest.raises(DecodeError, match="over the limit"):
        conversation.feed(True, b"\x82\xff\xff\xff\x7f")


def test_aliases_are_bounded():
    conversation = DECODER.open(HINT)
    conversation.feed(True, bytes.fromhex("10 0d 0004 4d515454 05 02 003c 00 0000"))
    topic = b"t/" + b"x" * 998
    for alias in range(1, 2000):
        body = b"\x03\xe8" + topic + b"\x03\x23" + alias.to_bytes(2, "big")
        conversation.feed(True, b"\x30" + bytes([len(body) & 0x7F | 0x80, len(body) >> 7]) + body)
    assert conversation._directions[True].aliases._octets <= 1 << 18
    found = conversation.feed(True, bytes.fromhex("30 06 0000 03 23 0001"))
    assert found[0].fields["topic"] == topic.decode()
