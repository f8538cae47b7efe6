"""A device's MQTT connection: paho, driven by hand, so that each event is over when it is done."""

import fcntl
import json
import select
import socket
import ssl
import struct
import time
from array import array
from collections.abc import Callable
from typing import Any

import paho.mqtt.client as paho
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

from tests.city.broker import PLAIN, SECURE
from tests.city.network import PATIENCE

V311, V5 = paho.MQTTv311, paho.MQTTv5
_UNSENT = 0x894B
"""SIOCOUTQNSD of linux/sockios.h: octets that TCP holds back."""
_ALIASES = 10
"""As many topic aliases as mosquitto lets a client have."""


class Connection:
    """A client at a broker, from an address of its own."""

    def __init__(
        self,
        address: str,
        broker: str,
        client_id: str,
        *,
        version: Any = V311,
        account: tuple[str, str] | None = None,
        will: tuple[str, str] | None = None,
        server_name: str = "",
        websocket_port: int = 0,
        about: tuple[tuple[str, str], ...] = (),
        aliases: bool = False,
        on_message: Callable[[str, bytes], object] | None = None,
    ) -> None:
        """`server_name`: connect with TLS, asking for this name; empty: in clear.

        `websocket_port`: over WebSocket, at the path that browsers use.  `about`: what a device of
        MQTT 5 tells of itself beside each message, as user properties.  `aliases`: it agrees on
        numbers for its topics (MQTT 5).
        """
        self._address, self._broker, self._version = address, broker, version
        self._port = websocket_port or (SECURE if server_name else PLAIN)
        self._about, self._aliases = about, dict[str, int]()
        self._most_aliases = _ALIASES if aliases else 0
        self._lost = False
        self.listens = on_message is not None
        """Whether something may come that it has not asked for just now."""
        client = paho.Client(
            paho.CallbackAPIVersion.VERSION2,
            client_id=client_id,
            protocol=version,
            transport="websockets" if websocket_port else "tcp",
        )
        client.connect_timeout = PATIENCE
        if websocket_port:
            client.ws_set_options(path="/mqtt")
        if account:
            client.username_pw_set(*account)
        if will:
            client.will_set(*will, qos=1, retain=True)
        if on_message:
            client.on_message = lambda _client, _data, m: on_message(m.topic, m.payload)
        if server_name:
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            client.tls_set_context(_Named(context, server_name))
        self._client = client
        self.connect()

    def connect(self) -> None:
        """Connect, again if need be, and wait for the answer."""
        self._client.connect(self._broker, self._port, keepalive=3600, bind_address=self._address)
        # A day passes in seconds: what is sent must not wait to be sent together with the next.
        plain = getattr(self._client.socket(), "_socket", None) or self._client.socket()
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._aliases.clear()
        self._lost = False
        self._until(self._client.is_connected)

    def publish(
        self,
        topic: str,
        payload: Any,
        *,
        qos: int = 0,
        retain: bool = False,
    ) -> None:
        """Publish octets, text, or anything else as JSON, and wait until the broker has it.

        Without an answer (QoS 0): until it is on the wire.  TCP may hold it back for a while that
        is hours of the story.  A connection that was lost is made again first.
        """
        if self._lost:
            self.connect()
        kind = "text/plain" if isinstance(payload, str) else ""
        if not isinstance(payload, (bytes, str)):
            payload = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
            kind = "application/json"
        told, properties = topic, None
        if self._version == V5:
            told, properties = self._properties(topic, kind)
        sent = self._client.publish(told, payload, qos=qos, retain=retain, properties=properties)
        self._until(sent.is_published)
        self._until(self._has_left)

    def _properties(self, topic: str, kind: str) -> tuple[str, Properties]:
        """Return what stands for a topic, and what is told beside a message (MQTT 5.0, 3.3.2.3)."""
        properties = Properties(PacketTypes.PUBLISH)
        if kind:
            properties.ContentType = kind
            properties.PayloadFormatIndicator = 1
        if self._about:
            properties.UserProperty = list(self._about)
        known = self._aliases.get(topic)
        if known is None and len(self._aliases) < self._most_aliases:
            self._aliases[topic] = properties.TopicAlias = len(self._aliases) + 1
        elif known is not None:
            properties.TopicAlias = known
            return "", properties
        return topic, properties

    def lose(self) -> None:
        """Lose the connection without a goodbye, so that the broker publishes the will."""
        sock = self._client.socket()
        if sock is not None:
            plain = getattr(sock, "_socket", None) or sock
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            plain.close()
        self._lost = True

    def subscribe(self, *topic_filters: str, qos: int = 0) -> None:
        """Subscribe, and wait until the broker has agreed."""
        done: list[object] = []
        self._client.on_subscribe = lambda *_: done.append(True)
        self._client.subscribe([(each, qos) for each in topic_filters])
        self._until(lambda: bool(done))

    def hear(self) -> None:
        """Take what has come."""
        while not self._lost and self._step(0):
            pass

    def leave(self) -> None:
        """Say goodbye, unless it is away already."""
        if not self._lost:
            self._client.disconnect()
            self._step(0)

    def _step(self, milliseconds: int) -> bool:
        """Send what waits, and take what comes within a time; return whether anything came.

        Not paho's own loop: that knows no socket beyond the thousandth.
        """
        client = self._client
        if client.want_write():
            client.loop_write()
        sock = client.socket()
        if sock is None:
            return False
        secure = getattr(sock, "pending", None)
        waiting = select.poll()
        waiting.register(sock, select.POLLIN)
        if not (secure and secure()) and not waiting.poll(milliseconds):
            return False
        client.loop_read()
        if client.want_write():
            client.loop_write()
        return True

    def _has_left(self) -> bool:
        sock = self._client.socket()
        if sock is None:
            return True
        unsent = array("i", [0])
        fcntl.ioctl(sock.fileno(), _UNSENT, unsent)
        return not unsent[0]

    def _until(self, done: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not done():
            if time.monotonic() > deadline:
                raise RuntimeError("the broker did not answer")
            self._step(20)


class _Named:
    """A TLS context that asks for one name whatever the address: there are no names to look up."""

    def __init__(self, context: ssl.SSLContext, name: str) -> None:
        self._context, self._name = context, name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(self._context, attribute)

    def wrap_socket(self, sock: Any, **options: Any) -> Any:
        return self._context.wrap_socket(sock, **{**options, "server_hostname": self._name})
