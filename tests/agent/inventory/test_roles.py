"""What devices are for: sensors, and those that relay, broker, show or serve."""

from typing import Any

import pytest

from schouw_agent.inventory.freeze import freeze
from schouw_agent.inventory.inventory import Inventory
from schouw_agent.records import Endpoint
from tests.agent.scenes import (
    CAMERA,
    GROUP,
    ROUTER,
    SERVER,
    VIEWER,
    device_with,
    end,
    flow_of,
    found_to_be,
    heard,
    told,
)


def test_a_switch_that_sends_data_is_a_sensor_and_one_that_cannot_be_read_is_not() -> None:
    inventory = Inventory()
    told(inventory, "lldp", {"services": ("bridge",)})
    cloud = Endpoint(ROUTER, "203.0.113.7", 443)
    end(inventory, flow_of(CAMERA, cloud, protocol="tls", encryption="tls 1.3"))
    assert device_with(inventory, CAMERA.mac).role == "infrastructure"
    fields = {"topic": "plein/3", "retain": False}
    found = found_to_be("air_temperature")
    heard(inventory, "mqtt", "publish", fields, resp=SERVER, transport="tcp", found=found)
    assert device_with(inventory, CAMERA.mac).role == "sensor"


@pytest.mark.parametrize(
    ("protocol", "kind", "from_orig", "role_of"),
    [
        ("dhcp", "ack", False, "server"),
        ("semtech_udp", "identity", True, "client"),
        ("amqp", "publish", True, "server"),
        ("nats", "publish", True, "server"),
        ("mqtt_sn", "connect", True, "server"),
        ("rtmp", "play", True, "client"),
    ],
)
def test_the_part_that_one_plays_is_its_role(
    protocol: str, kind: str, from_orig: bool, role_of: str
) -> None:
    roles = {
        "dhcp": "infrastructure", "semtech_udp": "relay", "amqp": "broker", "mqtt_sn": "relay",
        "nats": "broker", "rtmp": "viewer",
    }  # fmt: skip
    inventory = Inventory()
    fields: dict[str, Any] = {"from_client": True, "client_id": "", "topic": ""}
    if kind == "identity":
        fields = {"identity": {"serial": "0242acfffe000007", "device_type": "LoRaWAN gateway"}}
    heard(inventory, protocol, kind, fields, resp=SERVER, from_orig=from_orig)
    end(inventory, flow_of(CAMERA, SERVER, protocol=protocol, transport="udp"))
    asked = SERVER if role_of == "server" else CAMERA
    assert device_with(inventory, asked.mac).role == roles[protocol]


def test_a_gateway_passes_on_what_devices_without_tcp_told_it() -> None:
    inventory = Inventory()
    gateway = Endpoint("02:00:00:00:00:99", "192.0.2.99", 10000)
    fields = {"topic": "plein/3", "retain": False, "client_id": "", "from_client": True}
    found = found_to_be("air_temperature")
    heard(inventory, "mqtt_sn", "publish", fields, resp=gateway, found=found)
    heard(inventory, "mqtt", "publish", fields, orig=gateway, resp=SERVER, found=found)
    for orig, resp, protocol in ((CAMERA, gateway, "mqtt_sn"), (gateway, SERVER, "mqtt")):
        end(inventory, flow_of(orig, resp, protocol=protocol))
    camera, between = device_with(inventory, CAMERA.mac), device_with(inventory, gateway.mac)
    assert (camera.role, between.role, between.emissions) == ("sensor", "relay", ())
    assert camera.relay == between.id
    assert {e.recipient for e in camera.emissions} == {gateway.address, SERVER.address}


@pytest.mark.parametrize("protocol", ["amqp", "nats"])
def test_what_a_broker_passes_on_is_no_emission_of_the_broker(protocol: str) -> None:
    inventory = Inventory()
    fields, found = {"topic": "plein/3"}, found_to_be("air_temperature")
    heard(inventory, protocol, "publish", fields, resp=SERVER, found=found)
    heard(
        inventory,
        protocol,
        "publish",
        fields,
        orig=VIEWER,
        resp=SERVER,
        from_orig=False,
        found=found,
    )
    for orig in (CAMERA, VIEWER):
        end(inventory, flow_of(orig, SERVER, protocol=protocol))
    assert device_with(inventory, SERVER.mac).emissions == ()
    assert device_with(inventory, VIEWER.mac).role == "viewer"
    assert {r.role for r in device_with(inventory, CAMERA.mac).recipients} == {
        "broker",
        "subscriber",
    }


def test_a_group_or_an_outside_server_is_no_device() -> None:
    inventory = Inventory()
    for protocol in ("mdns", "ssdp", "unknown"):
        end(inventory, flow_of(CAMERA, GROUP, protocol=protocol, transport="udp", resp_packets=0))
    everyone = Endpoint("ff:ff:ff:ff:ff:ff", "192.0.2.255", 9999)
    end(inventory, flow_of(CAMERA, everyone, protocol="unknown", transport="udp", resp_packets=0))
    outside = Endpoint(ROUTER, "203.0.113.7", 443)
    inventory.stations.state(Endpoint(ROUTER, "198.51.100.7", 0))
    told(inventory, "ftp", {"user_agent": "x/1"}, orig=CAMERA, resp=outside, from_orig=False)
    [device] = freeze(inventory)
    assert (device.role, device.recipients) == ("infrastructure", ())


def test_a_viewer_that_logs_in_stays_a_viewer() -> None:
    inventory = Inventory()
    fields = {"credentials": "basic", "path": "/stream", "user_agent": ""}
    found = found_to_be("credential")
    heard(inventory, "rtsp", "describe", fields, orig=VIEWER, resp=CAMERA, found=found)
    end(inventory, flow_of(VIEWER, CAMERA, protocol="rtsp"))
    assert device_with(inventory, VIEWER.mac).role == "viewer"
