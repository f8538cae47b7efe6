"""Uplinks of LORIOT: a LoRaWAN network server speaks for its devices."""

from schouw_agent.formats.envelope import Envelope, envelope_format

FORMAT = envelope_format(
    id="loriot",
    title="LORIOT uplink",
    reference="LORIOT documentation, Application output: uplink messages rx and gw",
    marks={"cmd": str, "EUI": str},
    any_of=("data", "decoded", "gws", "fcnt"),
    envelope=Envelope(
        subject=("EUI",),
        dev_eui=("EUI",),
        identifiers={"gateway": ("gws[].gweui",)},
        readings=("decoded.data", "decoded.payload"),
        raw=("data", "encdata"),
        figures=("rssi", "snr", "bat", "gws[].rssi", "gws[].snr"),
    ),
)
