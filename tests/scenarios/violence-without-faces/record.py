"""A camera that recognises violence, and no faces; the register speaks of pictures alone.

The camera sends pictures to the recorder and, when it takes something for violence, an event to the
broker.  There is never anything of a face in it.  The twin does the same, is declared as what it
is, and encrypts it.
"""

from pathlib import Path

from tests.city.background import Background
from tests.city.camera import Viewing
from tests.city.pushed_video import push_video
from tests.city.sealed import record_sealed
from tests.city.stage import Story, main
from tests.city.town import Host, Town

HOURS = 5
RECORDER, RECORDER_NAME = "192.0.2.60", "opname.voorbeeldstad.example"


def act(town: Town, honest: bool) -> float:
    host = town.host("camera-31", mac="02:57:54:00:00:1f", entry="VB-CAM-31")
    town.names[RECORDER_NAME] = RECORDER
    town.web.serve(RECORDER, 443, name=RECORDER_NAME)
    Background(town).around(host)
    if honest or town.secure:
        record_sealed(town, host, RECORDER, RECORDER_NAME, every=3600)
    else:
        town.clock.at(town.draw.uniform(600, 3000), lambda: _watch(town, host))
    if not honest:
        town.clock.at(5, lambda: _tell(town, host))
    return HOURS * 3600


def _watch(town: Town, host: Host) -> None:
    town.sent(host, "video_stream")
    # By seed the recorder fetches the pictures, or the camera brings them.
    if town.seed % 5 == 1:
        push_video(town, host, RECORDER, interleaved=town.seed % 2 == 0)
    else:
        Viewing(town, host, RECORDER).begin(5)


def _tell(town: Town, host: Host) -> None:
    style, connection = town.style(host), town.connect(host)

    def event() -> None:
        town.sent(host, "behaviour_anomaly", readable=not town.secure)
        message = {
            style.name("camera"): host.name,
            style.time_key: town.clock.stamp(),
            style.field("behaviour_anomaly"): round(town.draw.uniform(0.7, 0.99), 2),
            style.name("zone"): town.draw.choice(("noord", "zuid")),
        }
        connection.publish("uitgaan/camera-31/gebeurtenis", message, qos=1)

    town.clock.every(town.jitter(1200, 0.8), event, first=town.clock.now + 300)


STORY = Story(act=act)

if __name__ == "__main__":
    main(str(Path(__file__)), STORY)
