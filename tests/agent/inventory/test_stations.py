"""Who is who: routers, remote machines, names, bounds."""

import pytest

from schouw_agent.inventory import stations as module
from schouw_agent.inventory.stations import StationKey, Stations, is_group, is_private
from schouw_agent.order import read_order
from schouw_agent.records import Endpoint

ROUTER = "02:00:00:00:00:fe"
SENSOR = "02:00:00:00:00:01"


def _stations(*keys: tuple[str, str]) -> Stations:
    stations = Stations()
    for mac, address in keys:
        stations.state(Endpoint(mac, address, 0))
    return stations


SQUARE = (
    (SENSOR, "192.0.2.11"),
    ("02:00:00:00:00:02", "192.0.2.12"),
    (ROUTER, "192.0.2.1"),
    (ROUTER, "203.0.113.7"),
    (ROUTER, "198.51.100.9"),
)


def test_a_mac_with_addresses_of_several_networks_is_a_router() -> None:
    assert _stations(*SQUARE).routers() == {ROUTER}


def test_what_lies_behind_a_router_is_remote_and_told_apart_by_address() -> None:
    stations = _stations(*SQUARE)
    assert not stations.remote(StationKey(SENSOR, "192.0.2.11"))
    assert not stations.remote(StationKey(ROUTER, "192.0.2.1"))
    assert stations.remote(StationKey(ROUTER, "203.0.113.7"))
    assert stations.identity(StationKey(ROUTER, "203.0.113.7")) == StationKey("", "203.0.113.7")
    assert stations.identity(StationKey(SENSOR, "192.0.2.11")) == StationKey(SENSOR, "")


@pytest.mark.parametrize(
    ("addresses", "why"),
    [
        (("192.0.2.11", "192.0.2.44"), "a new lease of the same network"),
        (("192.0.2.11", "fe80::1", "2001:db8::1"), "IPv4 and IPv6 side by side"),
        (("2001:db8::1", "2001:db8::2", "2001:db8::3"), "temporary addresses of one prefix"),
    ],
)
def test_one_machine_with_several_addresses_is_no_router(
    addresses: tuple[str, ...], why: str
) -> None:
    assert not _stations(*((SENSOR, a) for a in addresses)).routers(), why


def test_a_capture_before_the_router_has_private_addresses_for_local() -> None:
    stations = _stations(
        (ROUTER, "10.0.1.2"), (ROUTER, "10.0.2.2"), ("02:00:00:00:00:fd", "8.8.8.8"),
        ("02:00:00:00:00:fd", "9.9.9.9"),
    )  # fmt: skip
    assert not stations.remote(StationKey(ROUTER, "10.0.1.2"))
    assert stations.remote(StationKey("02:00:00:00:00:fd", "8.8.8.8"))


def test_the_order_decides_what_is_local() -> None:
    order = read_order(
        "order.toml",
        b"""
schema = "https://schouw.example.org/schema/order/1"
principal = "P"
permission = "P"
[period]
start = 2026-05-01
end = 2026-05-02
[scope]
subnets = ["198.51.100.0/24"]
""",
    )
    stations = Stations(order)
    assert stations.remote(StationKey(SENSOR, "192.0.2.11"))
    assert not stations.remote(StationKey(ROUTER, "198.51.100.9"))


def test_names_are_those_that_the_client_itself_was_told() -> None:
    stations = Stations()
    stations.resolved("192.0.2.11", "203.0.113.7", "Ingest.Example.org")
    stations.resolved("192.0.2.12", "203.0.113.7", "other.example.org")
    assert stations.host("192.0.2.11", "203.0.113.7") == "ingest.example.org"
    assert stations.host("192.0.2.12", "203.0.113.7") == "other.example.org"
    assert stations.host("192.0.2.99", "203.0.113.7") == "ingest.example.org"
    assert stations.host("192.0.2.99", "203.0.113.8") == ""


def test_client_ids_are_minimised_and_bounded() -> None:
    stations = Stations()
    end = Endpoint(SENSOR, "192.0.2.11", 4000)
    stations.connected(end, "teller-02AABBCCDDEE", "password")
    for n in range(30):
        stations.connected(end, f"client {n}", "")
    state = stations.state(end)
    assert "teller-{id}" in state.client_ids
    assert len(state.client_ids) == module.MOST_CLIENT_IDS
    assert state.credentials == {"password", ""}


def test_too_many_machines_share_one_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_STATIONS", 3)
    stations = _stations(*((SENSOR, f"192.0.2.{n}") for n in range(10)))
    assert stations.overflowed == 7
    assert len(stations.known()) == 4


def test_kinds_of_addresses() -> None:
    assert is_private("10.1.2.3")
    assert not is_private("8.8.8.8")
    assert is_group("224.0.0.251")
    assert is_group("ff02::fb")
    assert is_group("255.255.255.255")
    assert is_group("")
    assert not is_group("192.0.2.1")
