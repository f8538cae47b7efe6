"""Who is who: what devices say of themselves, and what others say of them."""

import pytest

from schouw_agent.inventory import identities as module
from schouw_agent.inventory.freeze import freeze
from schouw_agent.inventory.inventory import Inventory
from schouw_agent.records import Endpoint
from tests.agent.scenes import (
    CAMERA,
    GROUP,
    NOBODY,
    ROUTER,
    SERVER,
    VIEWER,
    device_with,
    end,
    flow_of,
    found_to_be,
    heard,
    known_by,
    told,
)


def test_what_a_device_says_of_itself_is_what_it_is_known_by() -> None:
    inventory = Inventory()
    told(
        inventory,
        "mdns",
        {
            "host_name": "camera-3", "vendor": "Peil BV", "model": "PB-7", "firmware": "V2.1 b7",
            "serial": "b8a44f123456", "services": ("_http._tcp",), "device_type": "MediaServer",
            "mud_url": "https://mud.example.org/pb7", "user_agent": "Peil/2.1 (van Sanne)",
        },
    )  # fmt: skip
    device = device_with(inventory, CAMERA.mac)
    assert (device.vendor, device.model, device.firmware) == ("Peil BV", "PB-7", "2.1")
    assert device.mud_url == "https://mud.example.org/pb7"
    assert device.services == ("MediaServer", "_http._tcp")
    assert device.software == ("Peil/2.1",)
    known = known_by(device)
    assert (known["serial"], known["host_name"]) == (["B8A44F123456"], ["camera-3"])
    assert known["ip"] == [CAMERA.address]


def test_sources_that_agree_make_a_name_surer() -> None:
    inventory = Inventory()
    sure = []
    for protocol in ("dhcp", "dhcp", "mdns", "llmnr"):
        told(inventory, protocol, {"host_name": "camera-3"})
        [name] = [
            i for i in device_with(inventory, CAMERA.mac).identifiers if i.kind == "host_name"
        ]
        sure.append(name.confidence)
    assert sure == [0.6, 0.6, 0.84, 0.936]


def test_of_two_vendors_the_surer_one_is_told() -> None:
    inventory = Inventory()
    told(inventory, "ssdp", {"vendor": "Dorp BV"})
    told(inventory, "modbus", {"vendor": "Peil BV"})
    assert device_with(inventory, CAMERA.mac).vendor == "Peil BV"


def test_a_frame_without_ip_makes_a_device_by_its_mac() -> None:
    inventory = Inventory()
    switch = Endpoint("00:00:5e:00:53:77", "", 0)
    facts = {"host_name": "switch-2", "services": ("bridge", "router"), "mac": switch.mac}
    told(inventory, "lldp", facts, orig=switch, resp=NOBODY, transport="ethernet")
    device = device_with(inventory, switch.mac)
    assert (device.role, known_by(device)) == (
        "infrastructure", {"mac": [switch.mac], "host_name": ["switch-2"]},
    )  # fmt: skip
    assert device.services == ("bridge", "router")


@pytest.mark.parametrize("transport", ["ieee80211", "bluetooth"])
def test_by_radio_an_address_that_was_made_up_is_nobodys_device(transport: str) -> None:
    """A phone that is an access point for a while is somebody's, whatever it calls itself."""
    inventory = Inventory()
    inventory.by_radio = True
    phone, point = Endpoint(VIEWER.mac, "", 0), Endpoint(CAMERA.mac, "", 0)
    for sender in (phone, point):
        facts = {"mac": sender.mac, "name": "Lamp 3", "services": ("access point",)}
        told(inventory, "wifi_beacon", facts, orig=sender, resp=NOBODY, transport=transport)
    [device] = freeze(inventory)
    assert known_by(device) == {"mac": [CAMERA.mac], "name": ["Lamp 3"]}
    assert device.role == "infrastructure"


def test_by_radio_phones_are_never_listed() -> None:
    inventory = Inventory()
    end(inventory, flow_of(CAMERA, SERVER))
    end(inventory, flow_of(VIEWER, SERVER))
    assert len(freeze(inventory)) == 3
    inventory.by_radio = True
    assert [known_by(device)["mac"] for device in freeze(inventory)] == [[CAMERA.mac]]


def test_who_a_lease_is_for_is_known_by_it_also_beyond_a_router() -> None:
    inventory = Inventory()
    beyond = Endpoint(ROUTER, "198.51.100.3", 40001)
    for other in ("203.0.113.9", "192.0.2.1"):
        inventory.stations.state(Endpoint(ROUTER, other, 0))
    inventory.stations.state(SERVER)
    fields = {
        "identity": {"mac": CAMERA.mac, "host_name": "camera-3"}, "about": "recipient",
        "address": beyond.address,
    }  # fmt: skip
    leases = Endpoint("02:00:00:00:00:43", "192.0.2.2", 67)
    heard(inventory, "dhcp", "identity", fields, orig=leases, resp=GROUP)
    assert freeze(inventory) == ()  # nobody was seen by that
    found = found_to_be("air_temperature")
    fields = {"topic": "plein/3", "retain": False}
    heard(inventory, "mqtt", "publish", fields, orig=beyond, resp=SERVER, found=found)
    [device] = [d for d in freeze(inventory) if d.emissions]
    assert known_by(device)["mac"] == [CAMERA.mac]
    assert known_by(device)["host_name"] == ["camera-3"]


def test_an_address_that_was_leased_to_two_is_neithers() -> None:
    inventory = Inventory()
    for mac in (CAMERA.mac, VIEWER.mac, CAMERA.mac):
        inventory.stations.bound("198.51.100.3", mac)
    for address in ("198.51.100.3", "203.0.113.9"):
        inventory.stations.state(Endpoint(ROUTER, address, 0))
    assert inventory.stations.identity(module.StationKey(ROUTER, "198.51.100.3")).mac == ""


def test_who_has_no_address_yet_is_no_router() -> None:
    inventory = Inventory()
    for address in ("0.0.0.0", "169.254.7.7", CAMERA.address):  # noqa: S104
        inventory.stations.state(CAMERA._replace(address=address))
    assert not inventory.stations.routers()


def test_what_an_envelope_says_of_its_sender_is_the_senders() -> None:
    inventory = Inventory()
    found = found_to_be("air_temperature", identifiers={"serial": "PB7000123", "model": "PB-7"})
    fields = {"topic": "plein/3", "retain": False}
    heard(inventory, "mqtt", "publish", fields, resp=SERVER, transport="tcp", found=found)
    device = device_with(inventory, CAMERA.mac)
    assert (known_by(device)["serial"], device.model) == (["PB7000123"], "PB-7")


def test_what_an_envelope_says_of_another_device_is_that_ones() -> None:
    inventory = Inventory()
    facts = {"name": "paal-7", "vendor": "Peil BV", "model": "PB-7", "firmware": "v1.4.2"}
    for number in (7, 8):
        found = found_to_be("air_temperature", subject=f"paal-{number}", identifiers=facts)
        fields = {"topic": "ns/up", "retain": False}
        heard(inventory, "mqtt", "publish", fields, resp=SERVER, transport="tcp", found=found)
    paal = next(d for d in freeze(inventory) if "paal-7" in known_by(d).get("name", ()))
    end(inventory, flow_of(CAMERA, SERVER))
    assert (paal.vendor, paal.model, paal.firmware) == ("Peil BV", "PB-7", "1.4.2")
    assert device_with(inventory, CAMERA.mac).model == ""


def test_declared_categories_are_capabilities_and_mark_what_is_emitted() -> None:
    inventory = Inventory()
    found = found_to_be("air_temperature", "people_count", declared=("people_count", "noise_level"))
    fields = {"topic": "plein/3", "retain": False}
    heard(inventory, "mqtt", "publish", fields, resp=SERVER, transport="tcp", found=found)
    device = device_with(inventory, CAMERA.mac)
    assert "people_count" in device.capabilities
    marked = {e.category: e.self_declared for e in device.emissions}
    assert marked == {"air_temperature": False, "people_count": True}


def test_programs_are_those_of_either_end_of_http() -> None:
    inventory = Inventory()
    ends = {"orig": VIEWER, "resp": CAMERA, "transport": "tcp"}
    heard(inventory, "http", "request", {"user_agent": "Viewer/3.1", "path": "/"}, **ends)
    heard(inventory, "http", "response", {"server": "Boa/0.94"}, from_orig=False, **ends)
    end(inventory, flow_of(VIEWER, CAMERA, protocol="http"))
    camera, viewer = device_with(inventory, CAMERA.mac), device_with(inventory, VIEWER.mac)
    assert (camera.software, viewer.software) == (("Boa/0.94",), ("Viewer/3.1",))
    assert viewer.role == "viewer"


def test_certificates_name_who_shows_them() -> None:
    inventory = Inventory()
    ends = {"orig": VIEWER, "resp": CAMERA, "transport": "tcp"}
    shown = {"subject": "camera-3.example.org", "issuer": "x", "names": (), "of": "server"}
    heard(inventory, "tls", "certificate", shown, from_orig=False, **ends)
    shown = {"subject": "Sanne Kwikzwaan", "issuer": "x", "names": (), "of": "client"}
    heard(inventory, "tls", "certificate", shown, **ends)
    end(inventory, flow_of(VIEWER, CAMERA, protocol="tls", encryption="tls 1.2"))
    camera, viewer = device_with(inventory, CAMERA.mac), device_with(inventory, VIEWER.mac)
    assert known_by(camera)["host_name"] == ["camera-3.example.org"]
    assert "host_name" not in known_by(viewer)
    assert viewer.authentication == "client certificate"


def test_facts_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_NAMED", 3)
    monkeypatch.setattr(module, "MOST_VALUES", 2)
    inventory = Inventory()
    for number in range(5):
        sender = CAMERA._replace(mac=f"00:00:5e:00:53:{number:02}")
        for name in range(4):
            told(inventory, "dhcp", {"host_name": f"camera-{name}"}, orig=sender)
    names = [known_by(device).get("host_name", []) for device in freeze(inventory)]
    assert sorted(map(len, names)) == [0, 0, 2, 2, 2]
    assert inventory.identities.overflowed == 3 * 2 + 2 * 4
