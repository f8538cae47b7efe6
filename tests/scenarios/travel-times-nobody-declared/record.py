"""A laboratory for mobility: sensors that were declared to count, and also tell where people go.

A travel time, and from where to where, can only be known by who recognises somebody at the other
end.  By what, these messages do not say.  The twin counts and measures speed.
"""

from pathlib import Path

from tests.city.background import Background
from tests.city.reporting import report
from tests.city.stage import Story, main
from tests.city.style import Style
from tests.city.town import Host, Town

HOURS = 3
PLACES = ("Noorderkade", "Stationsplein", "Ringweg-West")
_TABLES = {
    "nl": ("herkomst", "bestemming", "aantal ritten", "herkomst bestemming"),
    "en": ("origin", "destination", "trips", "od matrix"),
    "de": ("quelle", "ziel", "fahrten", "quelle ziel matrix"),
    "fr": ("origine", "destination", "trajets", "matrice od"),
    "es": ("origen", "destino", "viajes", "matriz od"),
}


def act(town: Town, honest: bool) -> float:
    background = Background(town)
    for number in range(1, len(PLACES)):
        host = town.host(f"verkeer-{number:02}", entry=f"VB-MOB-{number}")
        background.around(host)
        _count(town, host)
        if not honest:
            _travel(town, host, PLACES[number - 1 : number + 1])
    return HOURS * 3600


def _count(town: Town, host: Host) -> None:
    report(
        town, host, f"voorbeeldstad/mobiliteit/{host.name}/telling",
        lambda: {
            "vehicle_count": town.draw.randrange(20, 240),
            "traffic_speed": round(town.draw.uniform(22, 51), 1),
        },
        every=300,
    )  # fmt: skip


def _travel(town: Town, host: Host, ends: tuple[str, ...]) -> None:
    """Let a second program of the same box tell how long people were on their way, and where."""
    style = town.style(host)
    report(
        town, host, f"voorbeeldstad/mobiliteit/{host.name}/reistijd",
        lambda: {"travel_time_aggregate": town.draw.randrange(140, 420)},
        every=600, client_id=f"{host.name}-lab", style=style,
        extra=lambda _style: {"from": ends[0], "to": ends[1]},
    )  # fmt: skip

    def tell() -> None:
        town.sent(host, "origin_destination_matrix", readable=not town.secure)
        connection.append(town.connect(host, f"{host.name}-hb"))
        connection.pop().publish(
            f"voorbeeldstad/mobiliteit/{host.name}/hb", _table(town, style, host), qos=1
        )

    connection: list = []
    town.clock.every(town.jitter(3600), tell, first=town.draw.uniform(600, 1800))


def _table(town: Town, style: Style, host: Host) -> dict:
    origin, destination, trips, title = (style.name(words) for words in _TABLES[style.language])
    rows = [
        {origin: one, destination: other, trips: town.draw.randrange(2, 90)}
        for one in PLACES
        for other in PLACES
        if one != other
    ]
    return {"id": host.name, style.time_key: town.clock.stamp(), title: rows}


STORY = Story(act=act)

if __name__ == "__main__":
    main(str(Path(__file__)), STORY)
