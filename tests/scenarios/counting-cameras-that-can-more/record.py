"""Cameras that count people, and can do more: estimate age, gender and mood.

What they can is not used.  One announces it; of the other, the same model, only its maker says so.
The picture of that one is open to anybody, and somebody from outside looks at it.  The twin only
counts, with that page switched off.
"""

from pathlib import Path

from tests.city.announcing import announce
from tests.city.background import Background
from tests.city.media import squares
from tests.city.mqtt_device import Connection
from tests.city.stage import Story, main
from tests.city.town import Host, Town
from tests.city.web import request

HOURS = 3
SOMEBODY = "203.0.113.77"
_PAGE_NAME = "telcamera-2.voorbeelduniversiteit.example"
_FUNCTIONS = ("age_estimate", "gender_estimate", "emotion_mood")


def act(town: Town, honest: bool) -> float:
    background = Background(town)
    for number in (1, 2):
        host = town.host(
            f"telcamera-{number}", mac=f"02:57:51:00:00:{number:02x}", entry=f"VB-TEL-{number}"
        )
        background.around(host)
        town.clock.at(number * 3, lambda n=number, h=host: _begin(town, h, honest, tells=n == 1))
        if number == 2 and not honest:
            _show(town, host)
    return HOURS * 3600


def _begin(town: Town, host: Host, honest: bool, *, tells: bool) -> None:
    style = town.style(host)
    connection: Connection = town.connect(host)
    model = "Teller 2" if honest else "Teller 2 Plus"
    more = _FUNCTIONS if tells and not honest else ()
    announce(connection, style, host, model, ("people_count", *more))

    def count() -> None:
        town.sent(host, "people_count", readable=not town.secure)
        numbers = {"people_count": town.draw.randrange(4, 180)}
        message = style.message(numbers, host.name, town.clock.stamp())
        connection.publish(f"gebouwen/{host.name}/telling", message)

    town.clock.every(town.jitter(300), count, first=town.clock.now + 30)


def _show(town: Town, host: Host) -> None:
    """Let the camera serve its picture without a password, and somebody look a few times."""

    def answer(_method: str, path: str, _body: bytes) -> tuple[str, bytes]:
        if path.startswith("/live"):
            return "image/jpeg", town.draw.choice(squares())
        return "text/html", b"<html><title>Telcamera</title></html>"

    name = _PAGE_NAME if town.secure else ""
    port = 443 if town.secure else 80
    town.web.serve(host.address, port, name=name, answer=answer, in_street=True, banner="lighttpd")

    def look() -> None:
        town.sent(host, "still_image", readable=not town.secure)
        with town.wire.among_servers():
            request(
                SOMEBODY,
                host.address,
                host=name or host.address,
                path="/live/image.jpg",
                secure=bool(name),
                agent="Mozilla/5.0",
            )

    begin = town.draw.uniform(1800, 5400)
    for n in range(town.draw.randrange(5, 9)):
        town.clock.at(begin + n * town.draw.uniform(1, 3), look)


STORY = Story(act=act)

if __name__ == "__main__":
    main(str(Path(__file__)), STORY)
