"""What servers of the municipality itself send, where nobody can read it."""

from collections import defaultdict
from collections.abc import Iterable

from schouw_agent.report import Device, Emission, Recipient
from schouw_collector.binding.selectors import host_fits
from schouw_collector.comparing.rule_context import RuleContext


class OwnServers:
    """The servers that the bindings name as the municipality's; made once for all devices.

    By address, by the name that a server says of itself, or by a name under which others on the
    network reached its address: whoever connects over TLS says to whom (SNI, RFC 6066, 3).
    """

    def __init__(self, context: RuleContext) -> None:
        self._patterns = context.bindings.municipal_hosts
        self._names: dict[str, set[str]] = defaultdict(set)
        for device in context.devices.values() if self._patterns else ():
            for recipient in device.recipients:
                if recipient.host and recipient.address:
                    self._names[recipient.address].add(recipient.host)

    def without_own_answers(self, device: Device) -> Device:
        """Return a device without what it sends encrypted as a server of the municipality.

        Its answers to whoever asks, and what it sends to another of these servers.  A handshake
        alone may be more than the measurement that it protects.  Whose server it is has been
        answered: by the bindings, which name it.
        """
        marks = [i.value for i in device.identifiers if i.kind in ("ip", "host_name")]
        if not self._is_own(marks):
            return device
        recipients = {r.key: r for r in device.recipients}
        kept = tuple(e for e in device.emissions if not self._is_among_own(e, recipients))
        return device.model_copy(update={"emissions": kept})

    def _is_among_own(self, emission: Emission, recipients: dict[str, Recipient]) -> bool:
        if emission.category != "opaque_payload":
            return False
        to = recipients.get(emission.recipient)
        marks = [emission.recipient, *((to.host, to.address) if to else ())]
        return emission.direction == "served" or self._is_own(filter(None, marks))

    def _is_own(self, marks: Iterable[str]) -> bool:
        known = {name for mark in marks for name in (mark, *self._names.get(mark, ()))}
        return any(host_fits(pattern, mark, mark) for pattern in self._patterns for mark in known)
