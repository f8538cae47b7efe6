"""What may be looked at live, on what order, and for how long."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from schouw_agent.errors import ConfigError
from schouw_agent.live import Live, duration_seconds, feeds
from schouw_agent.order import Order

DURATIONS = [
    ("90s", 90),
    ("15m", 900),
    ("2h", 7200),
    ("1d", 86_400),
    ("1h30m", 5400),
    ("0.5s", 0.5),
]


def _order(start: timedelta, end: timedelta, zone: Any = UTC) -> Order:
    now = datetime.now(UTC).replace(tzinfo=zone)
    return Order.model_validate(
        {
            "schema": "https://schouw.example.org/schema/order/1",
            "principal": "Gemeente Waterhaven",
            "permission": "Netbeheer",
            "period": {"start": now + start, "end": now + end},
        }
    )


HOUR = timedelta(hours=1)
NOW = _order(-HOUR, HOUR)
ETH = Live(interfaces=("eth0",))


@pytest.mark.parametrize(("text", "seconds"), DURATIONS)
def test_durations(text: str, seconds: float) -> None:
    assert duration_seconds(text) == seconds


@pytest.mark.parametrize(
    "text", ["15", "m", "-5m", "5 m", "0s", "1e3s", "9999999s", "5w", "1.2.3s"]
)
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(ConfigError, match="--duration"):
        duration_seconds(text)


REFUSED = [
    ("nothing at all", [], Live(), None, "nothing to look at"),
    ("without a mandate", [], ETH, None, "schouw order new"),
    ("before the period", [], ETH, _order(HOUR, 2 * HOUR), "begins only at"),
    ("after the period", [], ETH, _order(-2 * HOUR, -HOUR), "ended at"),
    ("a period without a zone is UTC", [], ETH, _order(-2 * HOUR, -HOUR, None), "ended at"),
    ("a file and an interface", ["a.pcap"], ETH, NOW, "not both"),
    ("a filter on a file", ["a.pcap"], Live(filter="udp"), NOW, "need --interface"),
    ("shunting of a file", ["a.pcap"], Live(shunt=True), NOW, "need --interface"),
    ("a time for a file", ["a.pcap"], Live(duration="5m"), NOW, "--duration needs"),
    ("too little of a frame", [], Live(interfaces=("eth0",), snap_length=20), NOW, "snap-length"),
    ("no ring", [], Live(interfaces=("eth0",), ring_mebibytes=0), NOW, "--ring"),
    ("a wrong time", [], Live(interfaces=("eth0",), duration="soon"), NOW, "--duration is"),
]


@pytest.mark.parametrize(
    ("sources", "live", "order", "why"), [row[1:] for row in REFUSED], ids=[r[0] for r in REFUSED]
)
def test_what_is_refused_before_anything_is_opened(
    sources: list[str], live: Live, order: Order | None, why: str
) -> None:
    with pytest.raises(ConfigError, match=why), feeds(sources, live, order):
        pass


def test_files_need_no_order(tmp_path: Path) -> None:
    with feeds([tmp_path / "a.pcap"], Live(), None) as found:
        assert list(found) == [tmp_path / "a.pcap"]


def test_a_live_inspection_ends_with_the_period_of_the_order() -> None:
    order = _order(-HOUR, HOUR)
    with feeds([], Live(interfaces=("eth0",), duration="2h"), order) as (feed,):
        assert 3500 < feed._stop.remaining(10_000) <= 3600
    with feeds([], Live(interfaces=("eth0",), duration="5m"), order) as (feed,):
        assert 290 < feed._stop.remaining(10_000) <= 300


def test_elsewhere_than_on_linux_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    with pytest.raises(Exception, match="on Linux only; record with tcpdump"), feeds([], ETH, NOW):
        pass
