"""A device's MQTT connection: paho, driven by hand, so that each event is over when it is done."""

import fcntl
import json
import select
import socket
import ssl
import time
from array import array
from collections.abc import Callable
from typing import Any

import paho.mqtt.client as paho

from tests.city.broker import PLAIN, SECURE

V311, V5 = paho.MQTTv311, paho.MQTTv5
_PATIENCE = 5.0
_UNSENT = 0x894B
"""SIOCOUTQNSD of linux/sockios.h: octets that TCP holds back."""


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
        on_message: Callable[[str, bytes], object] | None = None,
    ) -> None:
        """`server_name`: connect with TLS, asking for this name; empty: in clear."""
        self._address, self._broker, self._secure = address, broker, bool(server_name)
        self.listens = on_message is not None
        """Whether something may come that it has not asked for just now."""
        client = paho.Client(
            paho.CallbackAPIVersion.VERSION2, client_id=client_id, protocol=version
        )
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
        port = SECURE if self._secure else PLAIN
        self._client.connect(self._broker, port, keepalive=3600, bind_address=self._address)
        # A day passes in seconds: what is sent must not wait to be sent together with the next.
        self._client.socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._until(self._client.is_connected)

    def publish(
        self,
        topic: str,
        payload: Any,
        *,
        qos: int = 0,
        retain: bool = False,
        properties: Any = None,
    ) -> None:
        """Publish octets, text, or anything else as JSON, and wait until the broker has it.

        Without an answer (QoS 0): until it is on the wire.  TCP may hold it back for a while that
        is hours of the story.
        """
        if not isinstance(payload, (bytes, str)):
            payload = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
        sent = self._client.publish(topic, payload, qos=qos, retain=retain, properties=properties)
        self._until(sent.is_published)
        self._until(self._has_left)

    def subscribe(self, *topic_filters: str, qos: int = 0) -> None:
        """Subscribe, and wait until the broker has agreed."""
        done: list[object] = []
        self._client.on_subscribe = lambda *_: done.append(True)
        self._client.subscribe([(each, qos) for each in topic_filters])
        self._until(lambda: bool(done))

    def hear(self) -> None:
        """Take what has come."""
        while self._step(0):
            pass

    def leave(self) -> None:
        """Say goodbye."""
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
        deadline = time.monotonic() + _PATIENCE
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
