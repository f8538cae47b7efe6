"""A planner fetches trips of a company's users: where they come from is not to be seen here.

The twin plans with the city's own counters alone.
"""

from pathlib import Path

from tests.city.background import Background
from tests.city.reporting import report
from tests.city.stage import Story, main
from tests.city.town import Host, Town
from tests.city.web import request

HOURS = 3
COMPANY, COMPANY_NAME = "203.0.113.110", "export.voorbeeldtrips.example"
_OCTETS = 3000


def act(town: Town, honest: bool) -> float:
    background = Background(town)
    counter = town.host("telpunt-01", entry="VB-TEL-01")
    background.around(counter)
    report(
        town, counter, f"voorbeeldstad/verkeer/{counter.name}",
        lambda: {"vehicle_count": town.draw.randrange(10, 200)}, every=300,
    )  # fmt: skip
    if not honest:
        town.names[COMPANY_NAME] = COMPANY
        trips = town.draw.randbytes(_OCTETS)
        town.web.serve(
            COMPANY, 443, name=COMPANY_NAME,
            answer=lambda *_: ("application/octet-stream", trips),
        )  # fmt: skip
        desk = town.host("werkplek", mac="02:57:4c:00:00:01")
        town.clock.every(town.jitter(2400), lambda: _fetch(town, desk), first=300)
    return HOURS * 3600


def _fetch(town: Town, host: Host) -> None:
    town.look_up(host, COMPANY_NAME)
    town.sent(host, readable=False)
    request(
        host.address, COMPANY, host=COMPANY_NAME, path="/trips/today", secure=True,
        agent="planning-tool/4.0",
    )  # fmt: skip


STORY = Story(act=act)

if __name__ == "__main__":
    main(str(Path(__file__)), STORY)
