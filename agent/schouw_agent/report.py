"""The wire contract: what an agent tells a collector, and nothing more.

Frozen pydantic records, exported as a JSON Schema.  Every text in here has been
through `minimise`.  No value of a payload is in here.
"""

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

Role = Literal["sensor", "relay", "broker", "viewer", "infrastructure"]
Direction = Literal["sent", "served", "received"]
Text = Annotated[str, Field(max_length=400)]
Confidence = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0, lt=1 << 63)]
"""As large as other programs can read a number."""
EARLIEST, LATEST = datetime(2, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)
"""Between these a moment has a day in every zone."""
Moment = Annotated[AwareDatetime, Field(ge=EARLIEST, lt=LATEST)]
"""Told with its distance from UTC (RFC 3339, 5.6): without it, it could not be compared."""


class Record(BaseModel):
    """A frozen record that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Identifier(Record):
    """By what a device is known."""

    kind: Literal[
        "dev_eui", "serial", "mac", "client_id", "topic", "ip", "host_name", "gateway", "name"
    ]
    value: Text
    confidence: Confidence = 1.0


class CanarySighting(Record):
    """How a value that the auditor planted was found: by its label, and never the value."""

    label: Text
    kind: Text
    notation: Text
    """How it was written, such as "colons, lower case"."""
    encoding: Text = ""
    """Such as base64 or hexadecimal; empty if there was none."""
    algorithm: Text = ""
    """How it was hashed, such as SHA-256; empty if it was in clear."""


class Estimate(Record):
    """A number of different pseudonyms: rounded, ten or more, with bounds that hold 19 in 20."""

    estimate: Count
    low: Count
    high: Count


class PseudonymRecurrence(Record):
    """How many pseudonyms were seen, and how many of them came back.  Never which."""

    distinct: Estimate | None
    """None: fewer than ten."""
    again: Estimate | None
    """Seen in two windows with a whole one between them.  None: fewer than ten."""
    share: float | None
    """Of the distinct ones, came back; in steps of 0.05."""
    windows: Count
    """In which any were seen.  Fewer than three cannot tell whether they come back."""
    window_seconds: Count
    horizon_seconds: Count
    """How long a key lives at most.  A restart ends it: what was seen before counts as new."""
    since: Moment
    """When the key began."""


class Linkage(Record):
    """Two devices of one agent that gave the same pseudonyms."""

    device_ids: tuple[Text, Text]
    categories: tuple[Text, ...]
    shared: Estimate
    horizon_seconds: Count
    since: Moment


class Following(Record):
    """Commands to one device that came soon after messages about people from another.

    That one follows the other in time says nothing of why.
    """

    input_device_id: Text
    input_category: Text
    device_id: Text
    """Who was commanded."""
    category: Text
    """What it was told to do."""
    commands: Count
    followed: Count
    """Commands that came within `within_seconds` after such a message."""
    expected: float
    """How many would have, had the commands come at any other moment."""
    within_seconds: float


class CanarySearch(Record):
    """A value that the auditor planted, and in how many messages it was found."""

    label: Text
    messages: Count
    """0: not found in what could be read, which does not say that it was not sent."""


class Emission(Record):
    """One kind of data that a device emits, over one channel, to one recipient."""

    category: Text
    privacy_class: Text
    path: Text
    """Minimised key path; empty for a medium that is the whole payload."""
    protocol: Text
    channel: Text
    """Minimised topic or URL path, or the kind of flow."""
    direction: Direction
    """sent: pushed by the device.  served: given on request.  received: a command to the device."""
    recipient: Text
    """`Recipient.key` of who gets it."""
    form: Text = ""
    """What it looks like, never what it says: "JPEG 1280×720", "64 hex digits", "number"."""
    retained: bool = False
    messages: Count
    octets: Count
    """Of payload, of the messages that carried it."""
    intervals: tuple[Count, ...] = ()
    """Histogram: element i counts intervals of 2^(i-10) to 2^(i-9) seconds between messages."""
    window_seconds: float | None = None
    """Of an aggregate: the interval it is over, if the message tells."""
    smallest: float | None = None
    """Of an aggregate: the smallest count above zero that was seen."""
    consistent_with: Text = ""
    """Of an opaque stream: what its shape resembles.  Never a content category."""
    returned_octets: Count = 0
    """Of an opaque stream: octets that came back."""
    fingerprints: tuple[Text, ...] = ()
    """Of an encrypted stream: JA4 of the programs that began it."""
    certificate_names: tuple[Text, ...] = ()
    """Of an encrypted stream: for whom the certificates are that the server showed in clear."""
    confidence: Confidence
    basis: tuple[Text, ...]
    canaries: tuple[CanarySighting, ...] = ()
    """Values that the auditor planted and that were found in it."""
    recurrence: PseudonymRecurrence | None = None
    """Of pseudonyms, if the order file records the decision to estimate it."""
    self_declared: bool = False
    """The device says of itself that it can sense this; no value was necessarily seen."""
    first_seen: Moment
    last_seen: Moment


class Recipient(Record):
    """Who gets data from a device."""

    host: Text
    """Server name; empty if unseen."""
    address: Text
    port: Count
    transport_security: Text
    """"none", "tls 1.3", and the like; "unknown" if the flow's protocol is."""
    role: Literal["broker", "cloud", "subscriber", "peer"]
    octets: Count
    topic_filters: tuple[Text, ...] = ()
    """Of a subscriber: what it asked the broker for, minimised."""

    @property
    def key(self) -> str:
        """Return the name by which findings know it: the server name, else the address."""
        return self.host or self.address


class Undecoded(Record):
    """What was seen and not understood, by reason."""

    reason: Text
    flows: Count = 0
    messages: Count = 0
    octets: Count = 0


class DeviceCoverage(Record):
    """How well one device could be seen."""

    packets: Count
    octets: Count
    missed_octets: Count
    undecoded: tuple[Undecoded, ...] = ()


class Device(Record):
    """Something on the network that emits data, and what it emits."""

    id: Text
    """Local to this agent and report."""
    role: Role
    identifiers: tuple[Identifier, ...]
    vendor: Text = ""
    """As it says itself, else of the MAC address block; empty if unknown."""
    model: Text = ""
    firmware: Text = ""
    software: tuple[Text, ...] = ()
    """Programs and versions that its messages name."""
    services: tuple[Text, ...] = ()
    """What it says that it is or offers: types of devices and services."""
    mud_url: Text = ""
    """Where its maker says what traffic it needs (RFC 8520)."""
    capabilities: tuple[Text, ...] = ()
    """Category ids that it says it can sense."""
    authentication: Literal["none", "password in clear", "TLS", "client certificate", "unseen"] = (
        "unseen"
    )
    relay: Text = ""
    """Id of the device that carried its data here, if another did."""
    areas: tuple[Annotated[str, Field(pattern=r"^[0-9b-hjkmnp-z]{1,5}$")], ...] = ()
    """Where it says that it is itself, as geohashes of five characters (about 5 km) or fewer."""
    emissions: tuple[Emission, ...]
    recipients: tuple[Recipient, ...]
    coverage: DeviceCoverage
    first_seen: Moment
    last_seen: Moment


class Source(Record):
    """A capture that was read, or a live source."""

    name: Text
    """File name without its folder; "-" for standard input; an interface; a broker."""
    kind: Literal["capture", "interface", "broker"] = "capture"
    sha256: Text = ""
    frames: Count = 0
    truncated: bool = False
    """The file ends in the middle of a record."""
    notes: tuple[Text, ...] = ()
    """What could not be read, and why."""


class Coverage(Record):
    """What could be seen: stands beside every conclusion."""

    frames: Count
    octets: Count
    kernel_drops: Count | None = None
    """Frames lost while recording; None: the source does not tell."""
    duplicates: Count | None = None
    """Frames seen twice and counted once; None: not looked for."""
    truncated_frames: Count = 0
    """Frames cut by the capture's snap length."""
    shunted_frames: Count = 0
    """Frames of media that was known, of which only the headers were asked for; all counted."""
    invalid_frames: Count = 0
    """Frames whose headers could not be parsed."""
    missed_octets: Count = 0
    payload_octets: Count = 0
    """Payload of TCP, UDP and alike (SCTP, ESP) in all flows."""
    read_octets: Count = 0
    """Of these, in flows whose content could be read."""
    undecoded: tuple[Undecoded, ...] = ()
    flows: Count = 0
    messages: Count = 0
    missed_messages: Count = 0
    """Messages of a subscription that came and could not be kept."""
    passers_by_frames: Count = 0
    outside_order_frames: Count = 0
    clock_synchronised: bool | None = None
    """None: not known, as with a file."""
    partial: bool = False
    """Some was out of sight: a filter, an absent interface, or what a broker may withhold."""
    vantage: Text = "capture file"
    notes: tuple[Text, ...] = ()


class Report(Record):
    """The inventory of one observation point over one period."""

    schema_id: Literal["https://schouw.example.org/schema/report/1"] = Field(
        default="https://schouw.example.org/schema/report/1", alias="schema"
    )
    agent_id: Text
    epoch: Count = 0
    sequence: Count = 0
    software: Text
    knowledge: Text
    """SHA-256 over vocabulary and extensions: a new category under another digest is our change."""
    observation_point: Text
    start: Moment
    end: Moment
    sources: tuple[Source, ...] = ()
    coverage: Coverage
    devices: tuple[Device, ...]
    linkages: tuple[Linkage, ...] = ()
    """Pseudonyms shared between devices; empty also if nobody decided to estimate it."""
    followings: tuple[Following, ...] = ()
    canaries: tuple[CanarySearch, ...] = ()
    """What was searched for; empty if nothing was."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
