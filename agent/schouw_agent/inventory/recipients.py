"""Whom each machine sends to, as the flows show it, within bounds."""

from collections.abc import Mapping
from typing import NamedTuple

from schouw_agent.inventory.stations import StationKey
from schouw_agent.privacy.minimise import minimise_host
from schouw_agent.records import Flow

MOST_SENDERS = 16_384
MOST_RECIPIENTS_OF_ONE = 2_048
_BROKERED = frozenset({"amqp", "mqtt", "nats"})


class RecipientState:
    """What one emitter sent to one recipient."""

    __slots__ = ("latest", "octets", "role", "security")

    def __init__(self) -> None:
        self.latest = -1
        """Number of the last flow that told of it."""
        self.octets = 0
        self.role = ""
        self.security = ""


class RecipientKey(NamedTuple):
    """A recipient as one flow shows it."""

    host: str
    address: str
    port: int


class Recipients:
    """The recipients of every machine."""

    def __init__(self) -> None:
        self._of: dict[StationKey, dict[RecipientKey, RecipientState]] = {}

    def __len__(self) -> int:
        return len(self._of)

    def of(self, sender: StationKey) -> Mapping[RecipientKey, RecipientState]:
        """Return whom one machine sent to."""
        return self._of.get(sender, {})

    def add(
        self, sender: StationKey, name: str, to: StationKey, flow: Flow, octets: int, number: int
    ) -> bool:
        """Return whether what a flow carried to one of its ends could be told apart.

        `number`: flows are counted as they end; the last one tells how it is protected now.
        """
        own = self._of.get(sender)
        if own is None:
            if len(self._of) >= MOST_SENDERS:
                return False
            own = self._of[sender] = {}
        port = flow.resp.port if to.address == flow.resp.address else 0
        key = RecipientKey(minimise_host(name.rsplit(":", 1)[0]) if name else "", to.address, port)
        state = own.get(key)
        if state is None:
            if len(own) >= MOST_RECIPIENTS_OF_ONE:
                return False
            state = own[key] = RecipientState()
        state.octets += octets
        if number >= state.latest:
            state.latest = number
            known = flow.protocol != "unknown"
            state.security = flow.encryption or ("none" if known else "unknown")
        if flow.protocol in _BROKERED:
            state.role = "broker" if to.address == flow.resp.address else "client"
        return True
