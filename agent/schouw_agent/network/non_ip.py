"""Frames without IP: what they are called, and which of them may carry data of an application."""

from collections.abc import Mapping

from schouw_agent.network.layer import (
    BLE_ADVERTISING,
    LLDP,
    NO_TYPE,
    PPP_CONTROL,
    RADIO,
    RADIO_BEACON,
    RADIO_ENCRYPTED,
    SNAP_CISCO,
)

_RUNNING = {
    0x0806: "arp",
    0x8035: "rarp",
    0x8809: "slow protocols",
    LLDP: "lldp",
    0x8863: "pppoe",
    0x8864: "pppoe",
    0x888E: "eapol",
    0x88F7: "ptp",
    0x8902: "cfm",
    0x9000: "loopback test",
    NO_TYPE: "without ethertype",
    PPP_CONTROL: "ppp control",
    SNAP_CISCO: "cisco",
    RADIO: "802.11",
    RADIO_BEACON: "802.11 beacon",
    BLE_ADVERTISING: "bluetooth advertising",
}
"""What runs the network, or is read."""
_CARRYING = {
    0x22F0: "avtp",
    0x8847: "mpls",
    0x8848: "mpls",
    0x8892: "profinet",
    0x88A2: "ata over ethernet",
    0x88A4: "ethercat",
    0x88B8: "goose",
    0x88BA: "sampled values",
    0x88E1: "homeplug",
    0x88E5: "macsec",
    0x8912: "homeplug",
    0x8947: "geonetworking",
    RADIO_ENCRYPTED: "802.11 encrypted",
}
"""What may carry anything, and is not read (IEEE, registered ethertypes)."""
_NAMES = _RUNNING | _CARRYING
_OTHER = "other"


def name_of(kind: int) -> str:
    """Return what frames of a kind, an ethertype or a constant of `layer`, are called."""
    return _NAMES.get(kind, _OTHER)


def link_type_name(number: int) -> str:
    """Return what frames of a link type that is not known are called: LINKTYPE_ number."""
    return f"link type {number}"


def unread_frames(frames: Mapping[str, int]) -> dict[str, int]:
    """Return those of the frames, by name, that may carry data that nobody here reads."""
    running = frozenset(_RUNNING.values())
    return {name: frames[name] for name in sorted(frames) if name not in running}
