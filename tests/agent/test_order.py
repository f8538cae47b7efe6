"""The order file: read, refused, and applied to columns of addresses."""

import ipaddress
from datetime import UTC, datetime

import numpy as np
import pytest

from schouw_agent.errors import ConfigError
from schouw_agent.order import View, read_order

GOOD = """
schema = "https://schouw.example.org/schema/order/1"
principal = "Gemeente Waterhaven"
permission = "Netbeheer Waterhaven, 2026-04-20"
[period]
start = 2026-05-01T00:00:00Z
end = 2026-05-31T00:00:00Z
[scope]
subnets = ["192.0.2.0/25"]
guest_subnets = ["192.0.2.64/26"]
[[exclusion]]
address = "192.0.2.9"
reason = "camera of the police"
[[exclusion]]
mac = "02-00-5E-00-00-07"
reason = "not of the municipality"
"""

FIRST = int(datetime(2026, 5, 1, tzinfo=UTC).timestamp()) * 10**9
IN_PERIOD = FIRST + 10**9

INVALID = [
    ("principal = ", "not TOML"),
    (GOOD.replace("192.0.2.0/25", "192.0.2.0/99"), "scope.subnets.0"),
    (GOOD.replace('principal = "Gemeente Waterhaven"\n', ""), "principal"),
    (GOOD.replace("2026-05-31", "2026-04-01"), "end lies before start"),
    (GOOD.replace('address = "192.0.2.9"\n', ""), "exclusion.0"),
    (GOOD.replace("02-00-5E-00-00-07", "nonsense"), "exclusion.1.mac"),
    (GOOD + 'colour = "red"\n', "colour"),
    ("principal = " + "9" * 5000, "too long a number"),
    (GOOD.replace("order/1", "order/9"), "schema"),
]


def _addresses(*texts: str) -> np.ndarray:
    rows = [b"\0" * 10 + b"\xff\xff" + ipaddress.ip_address(t).packed for t in texts]
    return np.frombuffer(b"".join(rows), ">u8").astype(np.uint64).reshape(-1, 2)


@pytest.mark.parametrize(("text", "place"), INVALID)
def test_invalid_names_file_and_place(text: str, place: str) -> None:
    with pytest.raises(ConfigError) as raised:
        read_order("order.toml", text.encode())
    line = raised.value.diagnostics()
    assert line.startswith("order.toml: ")
    assert place in line
    assert "\n" not in line


QUOTES = [
    GOOD.replace("192.0.2.0/25", "kwikzwaan"),
    GOOD + '"HG-417-K" = 1\n',
    GOOD.replace("[scope]", "[scope]\nkwikzwaan = {kwikzwaan = 1, kwikzwaan = 2}"),
    GOOD + "[kwikzwaan]\n[kwikzwaan]\n",
    GOOD.replace("2026-05-01T00:00:00Z", '"kwikzwaan"'),
]


@pytest.mark.parametrize("text", QUOTES)
def test_an_error_quotes_nothing_that_stands_in_the_file(text: str) -> None:
    with pytest.raises(ConfigError) as raised:
        read_order("order.toml", text.encode())
    line = raised.value.diagnostics()
    assert "kwikzwaan" not in line
    assert "417" not in line


def test_too_many_levels() -> None:
    with pytest.raises(ConfigError, match="too many levels"):
        read_order("order.toml", b"a = " + b"[" * 100_000)


def test_not_text() -> None:
    with pytest.raises(ConfigError, match="not UTF-8"):
        read_order("order.toml", b"\xff\xfe")


def test_view() -> None:
    view = View(read_order("order.toml", GOOD.encode()))
    orig = _addresses("192.0.2.1", "192.0.2.9", "192.0.2.1", "203.0.113.1", "192.0.2.1")
    resp = _addresses("203.0.113.1", "192.0.2.1", "192.0.2.70", "203.0.113.2", "192.0.2.2")
    macs = np.array([1, 2, 3, 4, 0x02005E000007], np.uint64)
    admitted = view.admit((orig, resp), (macs, np.zeros(5, np.uint64)), np.full(5, IN_PERIOD))
    assert admitted.tolist() == [True, False, False, False, False]
    assert (view.outside_frames, view.passers_by_frames) == (3, 1)


def test_an_order_without_scope_hides_only_what_it_excludes() -> None:
    text = GOOD.replace("[scope]", "").replace('subnets = ["192.0.2.0/25"]', "")
    text = text.replace('guest_subnets = ["192.0.2.64/26"]', "")
    view = View(read_order("order.toml", text.encode()))
    ends = _addresses("203.0.113.1", "192.0.2.9")
    macs = np.zeros(2, np.uint64)
    times = np.full(2, IN_PERIOD)
    assert view.admit((ends, ends), (macs, macs), times).tolist() == [True, False]


def test_what_was_recorded_outside_the_period_is_not_looked_at() -> None:
    view = View(read_order("order.toml", GOOD.encode()))
    ends, macs = _addresses(*["192.0.2.1"] * 4), np.zeros(4, np.uint64)
    day = 86_400 * 10**9
    times = np.array([FIRST - 1, FIRST, FIRST + 30 * day, FIRST + 30 * day + 1])
    admitted = view.admit((ends, ends), (macs, macs), times)
    assert admitted.tolist() == [False, True, True, False]
    assert view.outside_frames == view.outside_period_frames == 2
