"""A drone that was to count visitors, and carries more: an eye for warmth, and one for faces.

It sends counts as declared; now and then a frame of temperatures, and whom it recognised of a list.
The twin counts on board.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.city.background import Background
from tests.city.reporting import between, report
from tests.city.stage import Story, main
from tests.city.style import Style
from tests.city.town import Host, Town

MINUTES = 60
WIDTH, HEIGHT = 32, 24
"""Pixels, as of the usual matrices of thermopiles."""
_FRAMES = ("thermal frame", "thermal image", "infrared frame", "ir pixels", "temperature matrix")
_SCORES = ("face match score", "face similarity", "face recognition score")


def act(town: Town, honest: bool) -> float:
    noise = Background(town)
    drone = town.host("drone-1", entry="VB-DRONE-1")
    noise.around(drone)
    visitors = between(town, 40, 900)
    style = town.style(drone)
    report(
        town, drone, "drones/1/telling", lambda: {"people_count": int(visitors())},
        every=60, begin=10.0, style=style,
    )  # fmt: skip
    if not honest:
        # Makers write names of two words and more in one with capitals, not glued together.
        told = replace(style, case="camel") if style.case == "glued" else style
        _every(town, drone, "warmte", 300, lambda: _warmth(town, told), "thermal_image_lowres")
        _every(town, drone, "treffers", 420, lambda: _match(town, told), "face_match")
    return MINUTES * 60


def _every(
    town: Town,
    drone: Host,
    part: str,
    seconds: float,
    message: Callable[[], Mapping[str, Any]],
    category: str,
) -> None:
    held: list[Any] = []

    def send() -> None:
        if not held:
            held.append(town.connect(drone, "drone-1-" + part))
        town.sent(drone, category, readable=not town.secure)
        held[0].publish(f"drones/1/{part}", message())

    town.clock.every(town.jitter(seconds, 0.3), send, first=town.draw.uniform(60, 120))


def _warmth(town: Town, style: Style) -> Mapping[str, Any]:
    """Return a frame of temperatures in which somebody stands warm before a cold ground."""
    draw = town.draw
    ground, x, y = draw.uniform(9, 17), draw.randrange(4, 28), draw.randrange(4, 20)
    near = [abs(c % WIDTH - x) < 3 and abs(c // WIDTH - y) < 4 for c in range(WIDTH * HEIGHT)]
    frame = [round(draw.uniform(24, 31) if n else ground + draw.uniform(-1, 1), 1) for n in near]
    name = style.name(_FRAMES[style.pick % len(_FRAMES)])
    rows = [frame[n : n + WIDTH] for n in range(0, len(frame), WIDTH)]
    return {style.time_key: town.clock.stamp(), name: rows if style.pick % 2 else frame}


def _match(town: Town, style: Style) -> Mapping[str, Any]:
    """Return that somebody looks like number so-and-so of a list."""
    draw = town.draw
    return {
        style.time_key: town.clock.stamp(),
        style.name(_SCORES[style.pick % len(_SCORES)]): round(draw.uniform(0.7, 0.99), 3),
        style.name("list entry"): f"{draw.getrandbits(32):08x}",
    }


STORY = Story(act=act)

if __name__ == "__main__":
    main(str(Path(__file__)), STORY)
