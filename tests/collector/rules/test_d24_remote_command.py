"""D24: commands to a device: what it says, and where it must not accuse."""

import pytest

CLOUD = {"host": "lights.cloud.example", "address": "203.0.113.80", "role": "broker"}
HOME = {"address": "192.0.2.10", "role": "broker"}


def lamp(*brokers, **changes):
    """Return a lamp that is told what to do, and the brokers that it is joined to."""
    command = {"category": "actuation_light_level", "direction": "received", "recipient": ""}
    return {
        "emissions": [{**command, "channel": "licht/7/opdracht", **changes}],
        "recipients": list(brokers),
    }


CONTRACT = {"id": "C1", "supplier": "Licht BV", "entries": ["VB-001"], "hosts": ["*.cloud.example"]}
BY_COAP = {"entry_id": "VB-001", "network": {"protocols": ["coap"]}}

# Label, entry, device, what else is given, each (severity, recipient) expected.
CASES = [
    (
        "violating: by a server outside that nobody names",
        {},
        lamp(CLOUD),
        {},
        [("medium", "lights.cloud.example")],
    ),
    (
        "violating: by a broker without passwords",
        {},
        {**lamp(HOME), "authentication": "none"},
        {},
        [("medium", "192.0.2.10")],
    ),
    ("violating: by a protocol that is not declared", BY_COAP, lamp(HOME), {}, [("low", "")]),
    ("conforming: by the municipality's broker", {}, lamp(HOME), {}, []),
    (
        "conforming: by the server of a contract",
        {},
        lamp(CLOUD),
        {"governance": {"contracts": [CONTRACT]}},
        [],
    ),
    (
        "conforming: by a declared protocol",
        {"entry_id": "VB-001", "network": {"protocols": ["MQTT", "coap"]}},
        lamp(HOME),
        {},
        [],
    ),
    ("insufficient coverage: by which server was not seen", {}, lamp(CLOUD, HOME), {}, []),
    ("insufficient coverage: no server was seen", {}, lamp(), {}, []),
    ("insufficient coverage: unsure that it is a command", {}, lamp(CLOUD, confidence=0.4), {}, []),
    (
        "insufficient coverage: which of two brokers lets it in",
        {},
        {**lamp(HOME, {**HOME, "address": "192.0.2.11"}), "authentication": "none"},
        {"municipal_hosts": ["192.0.2.0/24"]},
        [],
    ),
    (
        "must not accuse: new firmware",
        {},
        lamp(CLOUD, channel="licht/7/firmware/update"),
        {},
        [],
    ),
    ("must not accuse: settings", {}, lamp(CLOUD, category="device_firmware_config"), {}, []),
    ("must not accuse: a server on the site", {}, lamp({**CLOUD, "address": "10.0.0.5"}), {}, []),
    (
        "must not accuse: it tells its state, and is told nothing",
        {},
        {**lamp(CLOUD, direction="sent", recipient=CLOUD["host"]), "authentication": "none"},
        {},
        [],
    ),
    (
        "must not accuse: it gets weather, and is told nothing",
        {},
        {"sends": ["wind"], "to": "cloud"},
        {},
        [],
    ),
]  # fmt: skip
SCENES = [(entry, device, [], given) for _, entry, device, given, _ in CASES[:3]]


@pytest.mark.parametrize(
    ("label", "entry", "device", "given", "expected"), CASES, ids=[case[0] for case in CASES]
)
def test_what_d24_says(label, entry, device, given, expected, say):
    said = say("D24", entry, device, **given)

    assert [(f.severity, f.recipient) for f in said] == expected
    assert all(f.kind == "question" for f in said)


def test_an_open_broker_is_asked_once_for_all_its_lamps(say):
    lamps = {**lamp(HOME), "authentication": "none"}
    (question,) = say("D24", {}, lamps, others=[lamps, lamps])

    assert question.device_ids == ("d1", "x1", "x2")
    assert "Aantal apparaten: 3." in question.observed.nl
