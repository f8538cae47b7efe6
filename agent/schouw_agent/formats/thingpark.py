"""Uplinks of Actility ThingPark: a LoRaWAN network server speaks for its devices."""

from schouw_agent.formats.envelope import Envelope, envelope_format

_UPLINK = "DevEUI_uplink"

FORMAT = envelope_format(
    id="thingpark",
    title="Actility ThingPark uplink",
    reference="ThingPark Wireless, LRC-AS tunnel interface: DevEUI_uplink",
    marks={f"{_UPLINK}.DevEUI": str},
    envelope=Envelope(
        subject=(f"{_UPLINK}.CustomerData.name", f"{_UPLINK}.DevEUI"),
        dev_eui=(f"{_UPLINK}.DevEUI",),
        identifiers={
            "gateway": (f"{_UPLINK}.Lrrid",),
            "model": (f"{_UPLINK}.DriverCfg.mod.mId",),
            "vendor": (f"{_UPLINK}.DriverCfg.mod.pId",),
        },
        readings=(f"{_UPLINK}.payload", f"{_UPLINK}.points"),
        raw=(f"{_UPLINK}.payload_hex",),
        # LrrLAT and LrrLON are the gateway's place; DevLAT and DevLON are the device's.
        figures=tuple(
            f"{_UPLINK}.{key}"
            for key in ("LrrRSSI", "LrrSNR", "LrrESP", "SpFact", "DevLAT", "DevLON")
        ),
    ),
)
