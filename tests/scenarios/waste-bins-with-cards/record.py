"""Waste containers that tell how full they are, and which card opened the lid.

The twin checks the card in the container itself, and sends how full it is and how often it opened.
"""

from pathlib import Path

from tests.city.background import Background
from tests.city.people import Passer, crowd
from tests.city.reporting import report
from tests.city.stage import Story, main
from tests.city.style import Style
from tests.city.town import Host, Town

CONTAINERS = 2
HOURS = 10
HOUSEHOLDS = 25
FILLING = 1800.0
"""Seconds between two messages on how full it is."""
_CARD = ("card number", "pasnummer", "card id", "kaartnummer", "card uid")
_EVENT = ("event", "gebeurtenis", "type")
_OPENED = ("lid_open", "klep_open", "drum_opened", "inworp")


def act(town: Town, honest: bool) -> float:
    households = crowd(town.draw, HOUSEHOLDS)
    background = Background(town)
    # One maker made them all.
    habits = None
    for number in range(1, CONTAINERS + 1):
        host = town.host(f"container-{number:03}", entry=f"VB-AFVAL-{number}")
        habits = habits or town.style(host)
        background.around(host)
        _place(town, host, habits, households, honest)
    return HOURS * 3600


def _place(town: Town, host: Host, style: Style, households: list[Passer], honest: bool) -> None:
    full, opened = [town.draw.uniform(10, 40)], [0]

    def values() -> dict[str, float]:
        return {
            "waste_fill_level": round(full[0], 1),
            "device_health": round(town.draw.uniform(86, 90), 0),
        }

    def openings(_style: Style) -> dict[str, int]:
        return {"openings": opened[0]}

    topic = f"voorbeeldstad/afval/{host.name}"
    report(
        town, host, f"{topic}/status", values, every=FILLING, client_id=host.name, style=style,
        extra=openings if honest else None,
    )  # fmt: skip

    def open_lid() -> None:
        full[0] = min(full[0] + town.draw.uniform(0.5, 3), 98)
        opened[0] += 1
        if honest:
            return
        # Another board, another program: it connects when there is something to tell.
        passer = town.draw.choice(households)
        town.sent(host, "access_token_id", readable=not town.secure)
        connection = town.connect(host, f"{host.name}-slot")
        pick = style.pick
        connection.publish(
            f"{topic}/toegang",
            {
                style.time_key: town.clock.stamp(),
                style.name(_EVENT[pick % len(_EVENT)]): _OPENED[pick % len(_OPENED)],
                style.name(_CARD[pick % len(_CARD)]): passer.card,
                style.name("granted"): True,
            },
            qos=1,
        )
        connection.leave()

    town.clock.every(town.jitter(2400, 0.6), open_lid, first=town.draw.uniform(300, 2400))


STORY = Story(act=act)

if __name__ == "__main__":
    main(str(Path(__file__)), STORY)
