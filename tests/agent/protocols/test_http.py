"""HTTP: what Python's own client writes, and the bounds."""

import gzip
import http.client
import socket

import pytest

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import PortHint
from schouw_agent.protocols.http import DECODER
from schouw_agent.protocols.stream import BODY_LIMIT, HEADER_LIMIT

HINT = PortHint("tcp", 41000, 80)
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n"


def feed(conversation, from_orig, octets, size=1 << 16):
    found = []
    for i in range(0, len(octets), size):
        found += conversation.feed(from_orig, octets[i : i + size])
    return found


def test_octets_of_http_client():
    ours, theirs = socket.socketpair()
    client = http.client.HTTPConnection("sensor.example", 8080)
    client.sock = ours
    headers = {"Authorization": "Bearer t0psecret", "Content-Type": "text/plain; charset=ascii"}
    client.request(
        "PUT", "/v2/level?unit=dB&key=t0psecret", iter([b"61", b".5"]), headers, encode_chunked=True
    )
    octets = theirs.recv(65536)
    while not octets.endswith(b"0\r\n\r\n"):
        octets += theirs.recv(65536)
    conversation = DECODER.open(HINT)
    (message,) = conversation.feed(True, octets)
    assert message.payload == b"61.5"
    assert message.fields["method"] == "PUT"
    assert message.fields["path"] == "/v2/level"
    assert message.fields["query_keys"] == ("unit", "key")
    assert message.fields["credentials"] == "bearer"
    assert message.fields["content_type"] == "text/plain"
    assert conversation.server_name == "sensor.example"
    told = {key: value for key, value in message.fields.items() if key != "query"}
    assert "t0psecret" not in repr(told)
    ours.close()
    theirs.close()


@pytest.mark.parametrize("size", [1 << 16, 1 << 25])
def test_a_body_over_the_limit_is_cut_off_and_the_rest_counted(size):
    octets = b"POST / HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % (BODY_LIMIT + 5000)
    octets += bytes(BODY_LIMIT + 5000) + b"GET /next HTTP/1.1\r\n\r\n"
    large, following = feed(DECODER.open(HINT), True, octets, size)
    assert len(large.payload) == BODY_LIMIT
    assert large.fields["truncated"] is True
    assert large.fields["skipped_octets"] == 5000
    assert following.fields["path"] == "/next"


@pytest.mark.parametrize("size", [1 << 16, 1 << 25])
def test_an_endless_body_is_delivered_once(size):
    conversation = DECODER.open(HINT)
    (message,) = feed(conversation, False, OK + b"\r\n" + bytes(BODY_LIMIT + 5000), size)
    assert len(message.payload) == BODY_LIMIT
    assert message.fields["truncated"] is True
    assert conversation.wanted is False


def test_a_decompression_bomb_stops_at_the_limit():
    bomb = gzip.compress(bytes(4 * BODY_LIMIT))
    head = OK + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(bomb)
    (message,) = feed(DECODER.open(HINT), False, head + bomb)
    assert len(message.payload) == 64 * len(bomb) < BODY_LIMIT
    assert message.fields["truncated"] is True


def test_a_header_is_bounded():
    with pytest.raises(DecodeError):
        feed(DECODER.open(HINT), True, b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * (HEADER_LIMIT // 6))


def test_a_part_over_the_limit_is_cut_off():
    head = b"HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=b\r\n\r\n"
    body = b"--b\r\n\r\n" + bytes(BODY_LIMIT + 70_000) + b"\r\n--b\r\n\r\nsmall\r\n--b\r\n"
    found = feed(DECODER.open(HINT), False, head + body)
    assert [m.kind for m in found] == ["response", "part", "part"]
    assert found[1].fields["truncated"] is True
    assert len(found[1].payload) <= BODY_LIMIT
    assert found[2].payload == b"small"
    assert "truncated" not in found[2].fields
