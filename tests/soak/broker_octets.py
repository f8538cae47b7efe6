"""What a hostile broker may send: the octets of a connection, read as a subscription reads them."""

import socket
from contextlib import closing

from paho.mqtt.enums import MQTTErrorCode

from schouw_agent.capture.broker_access import Access
from schouw_agent.capture.inbox import OCTETS_MAX, Inbox
from schouw_agent.capture.subscription import Subscription

PAYLOAD_MAX = 1 << 10
VERSIONS = ("3.1.1", "5")
_READS = 200
_SAID = {
    "3.1.1": [
        b"\x20\2\0\0", b"\x90\3\0\1\0", b"\x30\5\0\1ahi", b"\x31\5\0\1ahi", b"\xd0\0",
        b"\x32\6\0\1a\0\5x", b"\x34\6\0\1a\0\6x", b"\x62\2\0\6", b"\x40\2\0\1", b"\xb0\2\0\1",
        b"\x20\2\0\5", b"\x90\3\0\1\x80", b"\x30\x83\x10\0\1a" + bytes(2048),
    ],
    "5": [
        b"\x20\3\0\0\0", b"\x20\6\0\0\3\x21\0\x0a", b"\x90\4\0\1\0\0", b"\x90\4\0\1\0\x87",
        b"\x30\6\0\1a\0hi", b"\x30\x0c\0\1a\6\3\0\3a/bhi", b"\x30\x10\0\1a\x0a\x26\0\2ab\0\3cdehi",
        b"\x30\x09\0\1a\3\x23\0\1hi", b"\x34\7\0\1a\0\6\0x", b"\x62\2\0\6", b"\xe0\2\x8b\0",
        b"\xe0\x09\x8b\7\x1f\0\4busy", b"\xb0\4\0\1\0\0", b"\xf0\2\x18\0", b"\xd0\0",
    ],
}  # fmt: skip


def seeds() -> list[bytes]:
    """Return packets of each version, alone and one after the other; the first octet says which."""
    found = []
    for number, version in enumerate(VERSIONS):
        said = _SAID[version]
        found += [bytes([number]) + each for each in (*said, b"".join(said[:6]), b"".join(said))]
    return found


def read(octets: bytes) -> None:
    """Have octets read as they come from a broker; what does not fit ends the connection."""
    if not octets:
        return
    version = VERSIONS[octets[0] % 2]
    inbox = Inbox()
    subscription = Subscription(
        Access("127.0.0.1", 1883, False, "", version=version), ["#"], inbox, PAYLOAD_MAX
    )
    subscription.version = version
    client = subscription._new_client(version)
    # A refusal of 3.1.1 has the library try an older version: not here.
    client.reconnect = lambda: MQTTErrorCode.MQTT_ERR_NO_CONN
    ours, theirs = socket.socketpair()
    with closing(ours), closing(theirs):
        ours.setblocking(False)
        theirs.setblocking(False)
        client._sock = ours
        theirs.send(octets[1:])
        theirs.shutdown(socket.SHUT_WR)
        for _ in range(_READS):
            if client._sock is None or client.loop_read():
                break
        client._sock = None
    arrived = inbox.take()
    assert all(len(each.payload) <= PAYLOAD_MAX for each in arrived)
    assert sum(len(each.payload) for each in arrived) <= OCTETS_MAX
    assert all(line.isprintable() for line in subscription.notes())
