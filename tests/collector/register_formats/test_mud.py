"""MUD: what the policies accept becomes peers and protocols; what they leave open stays open."""

import json
from datetime import date

import pytest

from schouw_collector.errors import RegisterError
from schouw_collector.registers.register_reading import read_register

URL = "https://voorbeeld-iot.example/mud/vb-300.json"


def ace(name, matches, forwarding="accept"):
    return {"name": name, "matches": matches, "actions": {"forwarding": forwarding}}


def to_host(host, port=8883, transport="tcp"):
    return {
        "ipv4": {"protocol": 6, "ietf-acldns:dst-dnsname": host},
        transport: {
            "destination-port": {"operator": "eq", "port": port},
            "ietf-mud:direction-initiated": "from-device",
        },
    }


def mud(*aces, key="ietf-access-control-list:acls", inside=False, to=(), **changes):
    acls = {
        key: {
            "acl": [
                {"name": "fr", "type": "ipv4-acl-type", "aces": {"ace": list(aces)}},
                {"name": "to", "type": "ipv4-acl-type", "aces": {"ace": list(to)}},
                {
                    "name": "unused",
                    "type": "ipv4-acl-type",
                    "aces": {"ace": [ace("x", to_host("unused.example"))]},
                },
            ]
        }
    }
    description = {
        "mud-version": 1,
        "mud-url": URL,
        "last-update": "2026-02-01T10:00:00+00:00",
        "cache-validity": 48,
        "is-supported": True,
        "systeminfo": "Sound level meter VB-300",
        "mfg-name": "Voorbeeld IoT",
        "model-name": "VB-300",
        "firmware-rev": "2.1.4",
        "from-device-policy": {"access-lists": {"access-list": [{"name": "fr"}]}},
        "to-device-policy": {"access-lists": {"access-list": [{"name": "to"}]}},
        **changes,
    }
    if inside:
        return {"ietf-mud:mud": {**description, **acls}}
    return {"ietf-mud:mud": description, **acls}


MAIN = mud(
    ace("broker", to_host("mqtt.voorbeeld.example")),
    ace("clock", to_host("ntp.voorbeeld.example", 123, "udp")),
    to=[
        ace(
            "back",
            {
                "ipv4": {"protocol": 6, "ietf-acldns:src-dnsname": "mqtt.voorbeeld.example"},
                "tcp": {"source-port": {"operator": "eq", "port": 8883}},
            },
        )
    ],
)
CAMERA = mud(
    ace("local", {"ietf-mud:mud": {"local-networks": [None]}, "tcp": {}}),
    ace("cloud", to_host("camera.voorbeeld.example", 9999)),
    **{"mud-url": "https://voorbeeld-iot.example/mud/cam-2.json", "model-name": "CAM-2"},
)
SAMPLES = {
    "vb-300.json": json.dumps(MAIN).encode(),
    "all.json": json.dumps([MAIN, CAMERA]).encode(),
}


def read(*files):
    return read_register("mud.json", json.dumps(list(files)).encode())


def only(*aces, **changes):
    return read(mud(*aces, **changes)).entries[0]


def test_a_description_is_an_entry_with_a_profile_and_no_streams():
    entry = read_register("vb-300.json", SAMPLES["vb-300.json"]).entries[0]

    assert (entry.entry_id, entry.name) == (URL, "Sound level meter VB-300")
    assert (entry.device.manufacturer, entry.device.model) == ("Voorbeeld IoT", "VB-300")
    assert entry.device.firmware == "2.1.4"
    assert [(i.kind, i.value) for i in entry.identifiers] == [("mud_url", URL)]
    assert entry.network.peers == ("mqtt.voorbeeld.example", "ntp.voorbeeld.example")
    assert entry.network.protocols == ("ntp", "tls")
    assert entry.network.encrypted is True
    assert entry.network.mud_url == URL
    assert entry.changed_at == date(2026, 2, 1)
    assert entry.streams == ()


@pytest.mark.parametrize(
    "layout",
    [
        {"key": "ietf-access-control-list:access-lists"},
        {"inside": True},
    ],
)
def test_lists_may_have_their_older_name_or_stand_inside(layout):
    entry = only(ace("a", to_host("a.voorbeeld.example")), **layout)

    assert entry.network.peers == ("a.voorbeeld.example",)


LOCAL = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fe80::/10")
PEERS = [
    (to_host("a.voorbeeld.example."), ("a.voorbeeld.example",)),
    ({"ipv4": {"destination-ipv4-network": "192.0.2.0/24"}}, ("192.0.2.0/24",)),
    ({"ipv6": {"destination-ipv6-network": "2001:db8::/32"}}, ("2001:db8::/32",)),
    ({"ietf-mud:mud": {"my-controller": [None]}}, ("0.0.0.0/0", "::/0")),
    ({"ietf-mud:mud": {"controller": "https://voorbeeld.example/c"}}, ("0.0.0.0/0", "::/0")),
    ({"ietf-mud:mud": {"controller": "urn:ietf:params:mud:dns"}}, LOCAL),
    ({"ietf-mud:mud": {"controller": "urn:ietf:params:mud:ntp"}, "udp": {}}, LOCAL),
    ({"eth": {"ethertype": "0x0806"}}, ()),
    ({}, ("0.0.0.0/0", "::/0")),
    ({"ietf-mud:mud": {"manufacturer": "voorbeeld.example"}}, ("0.0.0.0/0", "::/0")),
    ({"tcp": {"destination-port": {"operator": "eq", "port": 443}}}, ("0.0.0.0/0", "::/0")),
]


@pytest.mark.parametrize(("matches", "peers"), PEERS)
def test_peers_are_hosts_and_blocks_and_what_is_left_open_admits_all(matches, peers):
    assert only(ace("a", matches)).network.peers == peers


def test_local_networks_are_private_addresses():
    peers = read(CAMERA).entries[0].network.peers

    assert {"192.168.0.0/16", "camera.voorbeeld.example"} <= set(peers)
    assert "0.0.0.0/0" not in peers


PROTOCOLS = [
    ([to_host("a.example", 1883)], ("mqtt",), None),
    ([to_host("a.example", 443), to_host("b.example", 53, "udp")], ("dns", "tls"), True),
    ([to_host("a.example", 443), to_host("b.example", 80)], ("http", "tls"), None),
    ([to_host("a.example", 53, "udp")], ("dns",), None),
    ([to_host("a.example", 443), to_host("b.example", 9999)], (), None),
    ([to_host("a.example", 443), {"ipv4": {"protocol": 17}}], (), None),
    ([to_host("a.example", 443), {"ipv4": {"protocol": 1}}], ("tls",), True),
    ([to_host("a.example", 443), {"eth": {"ethertype": "0x0806"}}], ("tls",), True),
    (
        [{"tcp": {"destination-port": {"operator": "gte", "port": 443}}}],
        (),
        None,
    ),
]


@pytest.mark.parametrize(("rules", "protocols", "encrypted"), PROTOCOLS)
def test_protocols_are_declared_only_when_each_rule_tells_its_own(rules, protocols, encrypted):
    network = only(*(ace("a", rule) for rule in rules)).network

    assert (network.protocols, network.encrypted) == (protocols, encrypted)


def test_what_is_dropped_is_not_accepted():
    entry = only(ace("a", to_host("a.example"), "drop"), ace("b", to_host("b.example")))

    assert entry.network.peers == ("b.example",)


def test_a_device_that_its_maker_gave_up_says_so():
    assert only(**{"is-supported": False}).status == "not supported"


INVALID = [
    ({"mud-url": "vb-300"}, "field mud-url: must be a web address"),
    ({"mud-url": "https://user:pw@voorbeeld.example/m"}, "field mud-url: must be a web address"),
    ({"mud-url": f"https://voorbeeld.example/{'x' * 300}"}, "field mud-url: longer than 200"),
    ({"last-update": "gisteren"}, "field last-update: must be a date"),
    ({"from-device-policy": 7}, "field from-device-policy: must be a list of records"),
    ({"is-supported": "deels"}, "field is-supported: must be yes or no"),
    ({"systeminfo": []}, "field systeminfo: must be a text"),
]


@pytest.mark.parametrize(("changes", "reason"), INVALID)
def test_a_malformed_description_is_reported_and_the_rest_stays(changes, reason):
    register = read(CAMERA, mud(**changes), 7)

    assert len(register.entries) == 1
    assert reason in register.errors[0]
    assert "is not a description of a device" in register.errors[1]


@pytest.mark.parametrize("document", [{"a": "ietf-mud:mud"}, ["ietf-mud:mud"], "ietf-mud:mud"])
def test_a_file_without_a_description_is_an_error(document):
    with pytest.raises(RegisterError, match="no description of a device"):
        read_register("mud.json", json.dumps(document).encode())
