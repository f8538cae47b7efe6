"""Lampposts of a supplier: what they sense goes to the supplier, whom the register does not name.

The twin sends the same to the municipality, which passes it on under a contract.
"""

import json
from pathlib import Path

from tests.city.background import Background
from tests.city.reporting import between, report
from tests.city.stage import Story, main
from tests.city.town import Host, Town
from tests.city.web import request

HOURS = 2
POSTS = 2
SUPPLIER_ADDRESS, SUPPLIER_NAME = "198.51.100.42", "ingest.lichtbedrijf.example"


def act(town: Town, honest: bool) -> float:
    background = Background(town)
    town.names[SUPPLIER_NAME] = SUPPLIER_ADDRESS
    named = {"port": 443, "name": SUPPLIER_NAME} if town.secure else {"port": 80}
    town.web.serve(SUPPLIER_ADDRESS, **named)
    for number in range(1, POSTS + 1):
        post = town.host(f"mast-{number}", entry=f"VB-MAST-{number}")
        topic = f"voorbeeldstad/licht/{number}"
        energy = between(town, 0.02, 0.4)
        report(town, post, f"{topic}/verbruik",
               lambda energy=energy: {"asset_energy_use": energy()}, every=900)  # fmt: skip
        background.around(post)
        _sense(town, post, f"{topic}/omgeving", honest)
    return HOURS * 3600


def _sense(town: Town, post: Host, topic: str, honest: bool) -> None:
    """Tell of whoever passes, and how loud it is."""
    style, level, held = town.style(post), between(town, 45, 80), []
    path = town.draw.choice(("/v2/events", "/api/telemetry", "/ingest"))

    def connect() -> None:
        held.append(town.connect(post, f"{post.name}-omgeving"))

    def tell() -> None:
        town.sent(post, "presence_binary", "sound_level", readable=not town.secure)
        message = style.message({"sound_level": level()}, post.name, town.clock.stamp())
        message = style.with_extra(message, {style.field("presence_binary"): True})
        if honest:
            held[0].publish(topic, message)
            return
        town.look_up(post, SUPPLIER_NAME)
        request(post.address, SUPPLIER_ADDRESS, host=SUPPLIER_NAME, path=path,
                body=json.dumps(message).encode(), secure=town.secure)  # fmt: skip

    if honest:
        town.clock.at(40, connect)
    town.clock.every(
        lambda: 10 + town.draw.expovariate(1 / 240), tell, first=town.draw.uniform(60, 400)
    )


STORY = Story(act=act)

if __name__ == "__main__":
    main(str(Path(__file__)), STORY)
