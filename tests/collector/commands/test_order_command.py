"""`schouw order new` writes a file that can be read, and never over another."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from schouw_agent.errors import ConfigError
from schouw_agent.order import read_order
from schouw_collector.cli import app

WHO = ["--principal", "College", "--permission", "Netbeheer, 28 april"]


def new(file: Path, *arguments: str, said: str | None = None) -> None:
    result = CliRunner().invoke(app, ["order", "new", str(file), *arguments], input=said)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output


def test_by_options(tmp_path: Path) -> None:
    file = tmp_path / "order.toml"
    new(
        file, *WHO, "--purpose", "Nagaan", "--start", "2026-05-01T08:00:00", "--end", "2026-05-02",
        "--subnet", "192.0.2.0/24", "--subnet", "198.51.100.0/24", "--guest-subnet", "192.0.2.8/29",
        "--exclude", "192.0.2.9=police = not ours", "--broker", "b.example.org", "--topic", "a/#",
    )  # fmt: skip
    order = read_order(file.name, file.read_bytes())
    assert order.principal == "College"
    assert order.period.start == datetime(2026, 5, 1, 8).astimezone()
    assert order.scope.subnets == ("192.0.2.0/24", "198.51.100.0/24")
    assert order.scope.guest_subnets == ("192.0.2.8/29",)
    assert (order.scope.brokers, order.scope.topics) == (("b.example.org",), ("a/#",))
    assert order.exclusions[0].reason == "police = not ours"


def test_it_begins_now_and_lasts_a_day_unless_said(tmp_path: Path) -> None:
    file = tmp_path / "order.toml"
    new(file, *WHO)
    period = read_order(file.name, file.read_bytes()).period
    assert abs(period.start - datetime.now(UTC)) < timedelta(minutes=1)
    assert period.end - period.start == timedelta(days=1)


def test_on_a_terminal_it_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "order.toml"
    monkeypatch.setattr("typer.testing._NamedTextIOWrapper.isatty", lambda _self: True)
    new(file, said="College\nNetbeheer\n192.0.2.0/24 198.51.100.0/24\n\n")
    order = read_order(file.name, file.read_bytes())
    assert (order.principal, order.permission) == ("College", "Netbeheer")
    assert order.scope.subnets == ("192.0.2.0/24", "198.51.100.0/24")
    assert order.scope.guest_subnets == ()


def test_what_is_there_is_not_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "order.toml"
    file.write_text("mine")
    with pytest.raises(ConfigError, match=r"^order\.toml: is there already"):
        new(file, *WHO)
    assert file.read_text() == "mine"


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ([], "needs --principal and --permission"),
        ([*WHO, "--exclude", "192.0.2.9"], "= and the reason"),
        ([*WHO, "--subnet", "nowhere"], "scope.subnets.0"),
    ],
)
def test_what_is_wrong_leaves_nothing_behind(
    tmp_path: Path, arguments: list[str], why: str
) -> None:
    file = tmp_path / "order.toml"
    with pytest.raises(ConfigError, match=why):
        new(file, *arguments)
    assert not file.exists()
