"""Digital autonomy in figures: where the data go, who can read them, and on whom it hangs.

Of what was seen, and only that: what happens behind a supplier's server is out of sight.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from schouw_agent.report import Device, Record
from schouw_collector.binding.selectors import NEEDS_NO_ENTRY
from schouw_collector.comparing.endpoints import Endpoint, endpoints
from schouw_collector.declared.governance import Governance
from schouw_collector.declared.transfers import in_eea
from schouw_collector.records import Assessment
from schouw_collector.registers.register_entry import RegisterEntry

EndpointKind = Literal["municipal", "on_site", "supplier", "third_country", "elsewhere"]
_KINDS: tuple[EndpointKind, ...] = (
    "municipal",
    "on_site",
    "supplier",
    "third_country",
    "elsewhere",
)
OPEN_PROTOCOLS = frozenset(
    (
        "amqp", "bacnet", "coap", "dns", "http", "iec60870", "lwm2m", "mavlink", "modbus",
        "mpeg_ts", "mqtt", "mqtt_sn", "nats", "nmea", "ntp", "opcua", "remote_id", "rtcp", "rtmp",
        "rtp", "rtsp", "sip", "snmp", "ssdp", "syslog", "websocket", "ws_discovery",
    )
)  # fmt: skip
"""Protocols with a specification that anybody may read and build."""
PROPRIETARY_PROTOCOLS = frozenset(("dahua", "hikvision"))
HIDDEN_PROTOCOLS = frozenset(
    ("dtls", "ipsec", "openvpn", "quic", "srtp", "ssh", "tls", "wireguard")
)
"""Open protocols, of which what is within cannot be seen."""


class EndpointShare(Record):
    """What goes to one kind of recipient."""

    kind: EndpointKind
    recipients: int
    octets: int
    share: float
    """Of all octets that sensors were seen to send."""


class ProtocolShares(Record):
    """In which form the data go, by octets."""

    open: float
    proprietary: float
    encrypted: float
    """Open outside; what is within is not seen."""
    unknown: float


class SupplierShare(Record):
    """How much hangs on one supplier."""

    supplier: str
    entries: int
    devices: int
    octets: int
    alone: int
    """Entries whose data were seen to go to nobody but outside servers."""
    opaque_share: float | None
    """Of its devices' octets that could not be read."""


class Autonomy(Record):
    """The figures; None where nothing was seen."""

    endpoints: tuple[EndpointShare, ...] = ()
    protocols: ProtocolShares | None = None
    readable_share: float | None = None
    """Of the payload seen: what the municipality can read on its own network."""
    municipal_share: float | None = None
    """Of the sensors seen: those of whose data some reach the municipality or its own network."""
    suppliers: tuple[SupplierShare, ...] = ()
    countries_known: bool = False
    """False: which recipients are in third countries could not be told."""


def autonomy_of(
    assessment: Assessment,
    entries: Mapping[str, RegisterEntry],
    governance: Governance | None,
    municipal_hosts: Sequence[str],
    countries: Mapping[str, str] | None = None,
) -> Autonomy:
    """Return the figures of an assessment.

    `entries`: the register's, by id.  `municipal_hosts`: servers of the municipality.  `countries`:
    name of a recipient (`Recipient.key`) → ISO 3166 code; None if it was not looked up.
    """
    sensors = [d for d in assessment.devices if d.role not in NEEDS_NO_ENTRY]
    supplying = _supplier_hosts(governance, entries.values())
    ends = endpoints(sensors)
    kinds = {
        end.key: endpoint_kind(end, municipal_hosts, supplying, countries or {}) for end in ends
    }
    total = sum(end.octets for end in ends)
    coverage = assessment.coverage
    own = [device for device in sensors if device.emissions]
    return Autonomy(
        endpoints=tuple(
            EndpointShare(
                kind=kind,
                recipients=len(of_kind),
                octets=sum(end.octets for end in of_kind),
                share=sum(end.octets for end in of_kind) / total,
            )
            for kind in _KINDS
            if (of_kind := [end for end in ends if kinds[end.key] == kind]) and total
        ),
        protocols=_protocols(sensors),
        readable_share=(
            coverage.read_octets / coverage.payload_octets if coverage.payload_octets else None
        ),
        municipal_share=(
            sum(_reaches_municipality(device, kinds) for device in own) / len(own) if own else None
        ),
        suppliers=_suppliers(assessment, entries, kinds),
        countries_known=countries is not None,
    )


def endpoint_kind(
    end: Endpoint,
    municipal_hosts: Iterable[str],
    supplier_hosts: Iterable[str],
    countries: Mapping[str, str],
) -> EndpointKind:
    """Return what kind of recipient this is.

    Of several kinds the first counts: the municipality, its network, a third country (outside the
    European Economic Area), a supplier.
    """
    if end.is_one_of(municipal_hosts):
        return "municipal"
    if end.on_site:
        return "on_site"
    country = countries.get(end.key, "")
    if country and not in_eea(country):
        return "third_country"
    return "supplier" if end.is_one_of(supplier_hosts) else "elsewhere"


def _supplier_hosts(
    governance: Governance | None, entries: Iterable[RegisterEntry]
) -> tuple[str, ...]:
    contracts = (governance.contracts if governance else None) or ()
    hosts = [host for contract in contracts for host in contract.hosts]
    hosts += [host for entry in entries for r in entry.recipients for host in r.hosts]
    return tuple(dict.fromkeys(hosts))


def _reaches_municipality(device: Device, kinds: Mapping[str, EndpointKind]) -> bool:
    return any(
        kinds.get(e.recipient) in {"municipal", "on_site"}
        for e in device.emissions
        if e.direction != "received"
    )


def _protocols(devices: Iterable[Device]) -> ProtocolShares | None:
    """Return the shares; of messages that count for several emissions each once."""
    most: dict[tuple[str, str, str, str], int] = {}
    for device in devices:
        for e in device.emissions:
            if e.direction != "received":
                key = (device.id, e.protocol, e.channel, e.recipient)
                most[key] = max(most.get(key, 0), e.octets)
    total = sum(most.values())
    if not total:
        return None

    def share(protocols: frozenset[str]) -> float:
        return sum(n for (_, protocol, _, _), n in most.items() if protocol in protocols) / total

    known = share(OPEN_PROTOCOLS), share(PROPRIETARY_PROTOCOLS), share(HIDDEN_PROTOCOLS)
    return ProtocolShares(
        open=known[0],
        proprietary=known[1],
        encrypted=known[2],
        unknown=max(0.0, 1 - sum(known)),
    )


def _suppliers(
    assessment: Assessment,
    entries: Mapping[str, RegisterEntry],
    kinds: Mapping[str, EndpointKind],
) -> tuple[SupplierShare, ...]:
    devices = {device.id: device for device in assessment.devices}
    rows: dict[str, list[tuple[str, list[Device]]]] = {}
    for assessed in assessment.entries:
        entry = entries.get(assessed.entry_id)
        supplier = entry.supplier if entry else ""
        if supplier:
            own = [devices[id_] for id_ in assessed.device_ids if id_ in devices]
            rows.setdefault(supplier, []).append((assessed.entry_id, own))
    found = [_supplier(name, of_supplier, kinds) for name, of_supplier in rows.items()]
    return tuple(sorted(found, key=lambda s: (-s.octets, -s.entries, s.supplier)))


def _supplier(
    name: str,
    rows: Sequence[tuple[str, Sequence[Device]]],
    kinds: Mapping[str, EndpointKind],
) -> SupplierShare:
    devices = {device.id: device for _, own in rows for device in own}.values()
    octets = sum(device.coverage.octets for device in devices)
    unread = sum(u.octets for device in devices for u in device.coverage.undecoded)
    return SupplierShare(
        supplier=name,
        entries=len(rows),
        devices=len(devices),
        octets=octets,
        alone=sum(
            any(d.emissions for d in own)
            and not any(_reaches_municipality(device, kinds) for device in own)
            for _, own in rows
        ),
        opaque_share=min(unread / octets, 1.0) if octets else None,
    )
