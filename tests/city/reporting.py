"""Devices that report over MQTT at their own pace: what most sensors of a city do."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.city.mqtt_device import Connection
from tests.city.mqtt_habits import OFFLINE, ONLINE, Habits
from tests.city.style import Style
from tests.city.town import Host, Town

Values = Callable[[], Mapping[str, float]]
Extra = Callable[[Style], Mapping[str, Any]]
_NEVER_SILENT = 240.0
"""Seconds between messages of a device that may use aliases.  A real one keeps its connection alive
between messages; in the time of a story nobody does, and what was agreed on long ago is unseen."""


def report(
    town: Town,
    host: Host,
    topic: str,
    values: Values,
    *,
    every: float,
    client_id: str = "",
    extra: Extra | None = None,
    begin: float | None = None,
    qos: int | None = None,
    retain: bool = False,
    style: Style | None = None,
    **options: Any,
) -> None:
    """Let a host connect and report again and again, in the style of its maker.

    `values` gives numbers by category, `extra` more fields by their words (see `Style.with_extra`);
    `every` is in seconds.  What is in `extra` the caller notes in the truth, with `Town.sent`.
    Version, will, quality of service and losses of the connection are as the maker has them.
    """
    own = style or town.style(host)
    habits = Habits.of(town.seed, host.name)
    sends = town.draw.choice((0, 1)) if qos is None else qos
    sends = 2 if qos is None and habits.exactly_once else sends
    settings = {"aliases": every <= _NEVER_SILENT, **options}
    if habits.says_online and "will" not in options:
        settings["will"] = (f"{topic}/status", OFFLINE)
    held: list[Connection] = []

    def connect() -> None:
        held.append(town.connect(host, client_id or host.name, **settings))
        say_online()

    def say_online() -> None:
        if habits.says_online:
            held[0].publish(settings["will"][0], ONLINE, qos=1, retain=True)

    def lose() -> None:
        held[0].lose()
        town.clock.after(town.jitter(30)(), come_back)

    def come_back() -> None:
        held[0].connect()
        say_online()

    def tell() -> None:
        numbers = values()
        town.sent(host, *numbers, readable=not town.secure)
        message = own.message(numbers, host.name, town.clock.stamp())
        if extra is not None:
            message = own.with_extra(message, extra(own))
        held[0].publish(topic, message, qos=sends, retain=retain)

    start = town.draw.uniform(0, min(every, 60)) if begin is None else begin
    town.clock.at(start, connect)
    town.clock.every(town.jitter(every), tell, first=start + town.draw.uniform(0.1, every))
    for seconds in habits.losses:
        town.clock.at(start + seconds, lose)


def between(town: Town, low: float, high: float) -> Callable[[], float]:
    """Return a function that gives numbers of a range, each close to the one before it."""
    now = [town.draw.uniform(low, high)]
    step = (high - low) / 8

    def value() -> float:
        now[0] = min(max(now[0] + town.draw.uniform(-step, step), low), high)
        return round(now[0], 1)

    return value
