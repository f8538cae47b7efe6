"""A connection to a broker that listens and never speaks: kept up, and watched.

The network runs in a thread of its own, so that a pause of the reader does not break it.
Source: OASIS MQTT 5.0 and 3.1.1.
"""

import os
import socket
import ssl
import threading
import time
from collections.abc import Sequence
from typing import Any

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode, MQTTProtocolVersion
from paho.mqtt.reasoncodes import ReasonCode
from paho.mqtt.subscribeoptions import SubscribeOptions

from schouw_agent.capture.broker_access import Access
from schouw_agent.capture.inbox import Arrival, Inbox
from schouw_agent.capture.stop import Stop
from schouw_agent.errors import CaptureError

KEEP_ALIVE_SECONDS = 30
_CONNECT_SECONDS = 15.0
_RETRY_SECONDS = (1, 60)
_VERSIONS = {"5": MQTTProtocolVersion.MQTTv5, "3.1.1": MQTTProtocolVersion.MQTTv311}
_UNSUPPORTED = "Unsupported protocol version"
_HUNG_UP = "the connection was closed"
_TOPIC_CHARACTERS = frozenset("#+") | {chr(n) for n in (*range(32), *range(127, 160))}
End = tuple[str, int]


class Subscription:
    """What a broker grants, and what it passes on, into an inbox."""

    def __init__(
        self, access: Access, topics: Sequence[str], inbox: Inbox, payload_octets_max: int
    ) -> None:
        """Take what to subscribe to; nothing is opened yet."""
        self.version = ""
        self.refused: dict[str, str] = {}
        """Topic filter → why the broker does not pass it on."""
        self.granted = False
        """The broker has granted some filter."""
        self.cut = 0
        """Payloads that were longer than the limit."""
        self.invalid = 0
        """Messages without a topic that can be one."""
        self.losses = 0
        """How often the connection was lost."""
        self._access = access
        self._topics = tuple(topics)
        self._inbox = inbox
        self._payload_max = payload_octets_max
        self._client: paho.Client | None = None
        self._answered = threading.Event()
        self._outcome = ""
        self._up = False
        self._closing = False
        self._down_since = 0.0
        self._away = 0.0
        self._asked: dict[int, tuple[str, ...]] = {}

    def open(self, stop: Stop) -> None:
        """Connect and subscribe.  Raises `CaptureError` with the reason if that fails."""
        wanted = [self._access.version] if self._access.version else ["5", "3.1.1"]
        for number, version in enumerate(wanted):
            self.version = version
            outcome = self._connect(version, stop)
            if not outcome:
                return
            self.close()
            # Some brokers of the older version say so, others only hang up.
            if outcome not in (_UNSUPPORTED, _HUNG_UP) or number + 1 == len(wanted):
                break
        raise CaptureError(f"{self._access.name}: {outcome}")

    def _connect(self, version: str, stop: Stop) -> str:
        """Return why there is no connection; empty if there is one."""
        access = self._access
        self._closing = False
        self._answered.clear()
        self._outcome = ""
        client = self._client = self._new_client(version)
        try:
            client.connect(access.host, access.port, KEEP_ALIVE_SECONDS)
        except ssl.SSLCertVerificationError as error:
            return f"its certificate is not trusted: {error.verify_message}"
        except ssl.SSLError as error:
            return f"no TLS connection: {error.reason or 'refused'}"
        except socket.gaierror:
            return "no such host"
        except TimeoutError:
            return "does not answer"
        except (OSError, ValueError) as error:
            return getattr(error, "strerror", None) or "no connection"
        client.loop_start()
        until = time.monotonic() + _CONNECT_SECONDS
        while not self._answered.wait(0.05):
            if stop.told:
                return "stopped before it answered"
            if time.monotonic() > until:
                return "does not answer"
        return self._outcome

    def _new_client(self, version: str) -> paho.Client:
        access = self._access
        client = paho.Client(
            CallbackAPIVersion.VERSION2,
            client_id=access.client_id,
            protocol=_VERSIONS[version],
            transport="websockets" if access.path else "tcp",
            clean_session=None if version == "5" else True,
        )
        client.connect_timeout = _CONNECT_SECONDS
        client.reconnect_delay_set(*_RETRY_SECONDS)
        client.suppress_exceptions = False
        if access.path:
            client.ws_set_options(path=access.path)
        if access.secure:
            client.tls_set_context(access.context())
        if access.username:
            client.username_pw_set(access.username, access.password())
        client.on_connect = self._connected
        client.on_disconnect = self._disconnected
        client.on_subscribe = self._subscribed
        client.on_message = self._arrived
        return client

    def close(self) -> None:
        """Say goodbye and end the thread."""
        self._closing = True
        if self._client is not None:
            self._client.disconnect()
            self._client.loop_stop()
            self._client = None

    def ends(self) -> tuple[End, End] | None:
        """Return the own end of the connection and the broker's; None if it is down."""
        used = self._client.socket() if self._client is not None else None
        if used is None:
            return None
        try:
            # A WebSocket of the library has no names, but a descriptor.
            with socket.socket(fileno=os.dup(used.fileno())) as same:
                own, other = same.getsockname(), same.getpeername()
        except OSError:
            return None
        return (own[0], own[1]), (other[0], other[1])

    def notes(self) -> list[str]:
        """Return what may have been missed, and why."""
        found = [f"the broker refuses {topic}: {why}" for topic, why in self.refused.items()]
        if any("#" in each or "+" in each for each in set(self._topics) - set(self.refused)):
            found.append(
                "a broker may grant a subscription and withhold topics of it without saying so"
            )
        if self.losses:
            away = self._away + (0.0 if self._up else time.monotonic() - self._down_since)
            found.append(f"the connection was lost, times: {self.losses}, in all {away:.1f} s")
        if self.cut:
            found.append(f"payloads cut to {self._payload_max} octets: {self.cut}")
        if self.invalid:
            found.append(f"messages without a valid topic: {self.invalid}")
        return found

    # What follows runs in the thread of the network.

    def _connected(
        self, client: paho.Client, _data: Any, _flags: Any, reason: ReasonCode, _properties: Any
    ) -> None:
        if reason.is_failure:
            self._outcome = str(reason)
            self._answered.set()
            return
        if self._down_since:
            self._away += time.monotonic() - self._down_since
        self._up = True
        # Not a second time what is stored, if the broker can be told so.
        again = self.losses > 0
        for topic in self._topics:
            if self.version == "5":
                options = SubscribeOptions(
                    qos=0, retainAsPublished=True, retainHandling=2 if again else 0
                )
                code, number = client.subscribe(topic, options=options)
            else:
                code, number = client.subscribe(topic, qos=0)
            if code == MQTTErrorCode.MQTT_ERR_SUCCESS and number is not None:
                self._asked[number] = (topic,)

    def _disconnected(
        self, client: paho.Client, _data: Any, _flags: Any, _reason: Any, _properties: Any
    ) -> None:
        if not self._answered.is_set():
            self._outcome = self._outcome or _HUNG_UP
            self._answered.set()
            self._closing = True
        elif self._up and not self._closing:
            self.losses += 1
            self._down_since = time.monotonic()
        self._up = False
        self._asked.clear()
        if self._closing:
            client.disconnect()

    def _subscribed(
        self, _client: paho.Client, _data: Any, number: int, reasons: list[ReasonCode], _props: Any
    ) -> None:
        for topic, reason in zip(self._asked.pop(number, ()), reasons, strict=False):
            if reason.is_failure:
                self.refused[topic] = str(reason).lower()
            else:
                self.refused.pop(topic, None)
                self.granted = True
        if not self._asked:
            self._answered.set()

    def _arrived(self, _client: paho.Client, _data: Any, message: paho.MQTTMessage) -> None:
        try:
            topic = message.topic
        except UnicodeDecodeError:
            topic = ""
        if not topic or not _TOPIC_CHARACTERS.isdisjoint(topic):
            self.invalid += 1
            return
        payload = bytes(message.payload)
        skipped = max(0, len(payload) - self._payload_max)
        if skipped:
            self.cut += 1
            payload = payload[: self._payload_max]
        properties = message.properties
        content_type = getattr(properties, "ContentType", "") if properties is not None else ""
        self._inbox.put(
            Arrival(
                topic, payload, skipped, message.qos, message.retain, message.dup,
                content_type.split(";")[0].strip().lower(), time.time_ns(),
            )
        )  # fmt: skip
