"""A sound level that records: clips for a supplier, spectra finer than a second, a new class.

Somebody looks for an hour when it has just been approved, and for an hour a month later; what is
more came in between.  The twin sends levels once a minute, and has a camera that counts people and
bats.
"""

import base64
import json
from pathlib import Path

from tests.city.background import Background
from tests.city.media import speech
from tests.city.reporting import between, report
from tests.city.stage import Story, main
from tests.city.town import Host, Town
from tests.city.web import request

HOUR = 3600
APART = 30 * 24 * HOUR
SUPPLIER_ADDRESS, SUPPLIER_NAME = "198.51.100.40", "learn.geluidmaker.example"
BANDS = (125, 250, 500, 1000, 2000, 4000, 8000)
SESSION_SECONDS, SPECTRUM_EVERY = 188, 0.48


def act(town: Town, honest: bool) -> float:
    background = Background(town)
    town.names[SUPPLIER_NAME] = SUPPLIER_ADDRESS
    named = {"port": 443, "name": SUPPLIER_NAME} if town.secure else {"port": 80}
    town.web.serve(SUPPLIER_ADDRESS, **named)
    meters = [town.host(f"geluid-{n}", entry=f"VB-GELUID-{n}") for n in (1, 2)]
    for meter in meters:
        level = between(town, 48, 84)
        report(town, meter, f"voorbeeldstad/geluid/{meter.name}/niveau",
               lambda level=level: {"sound_level": level()}, every=60)  # fmt: skip
        background.around(meter)
    _camera(town, honest)
    if not honest:
        _upload_clips(town, meters[0])
        _send_spectra(town, meters[1])
    return 2 * HOUR


def _camera(town: Town, honest: bool) -> None:
    host = town.host("boulevard-3", entry="VB-CAMERA-3")
    people, style = between(town, 2, 90), town.style(town.hosts["boulevard-3"])
    topic = "voorbeeldstad/boulevard/3"
    bats = between(town, 0, 14)
    report(town, host, f"{topic}/drukte", lambda: {"people_count": int(people())}, every=300)
    report(town, host, f"{topic}/natuur", lambda: {"wildlife_count": int(bats())}, every=600,
           client_id="boulevard-3-natuur")  # fmt: skip
    if honest:
        return

    def extra(_style: object) -> dict[str, object]:
        town.sent(host, "behaviour_anomaly", readable=not town.secure)
        return {style.field("behaviour_anomaly"): town.draw.random() < 0.5}

    report(town, host, f"{topic}/gebeurtenis", dict, every=400, extra=extra,
           begin=HOUR + town.draw.uniform(0, 60), style=style,
           client_id="boulevard-3-proef")  # fmt: skip


def _upload_clips(town: Town, meter: Host) -> None:
    """When it is loud, a second of sound goes to the maker, for its model to learn from."""
    style, raw = town.style(meter), town.draw.random() < 0.5

    def upload() -> None:
        clip = town.draw.choice(speech())
        town.sent(meter, "audio_stream", readable=not town.secure)
        kind, body = "audio/wav", clip
        if not raw:
            kind, body = "application/json", json.dumps({
                style.name("device"): meter.name,
                style.time_key: town.clock.stamp(),
                style.name("clip"): base64.b64encode(clip).decode(),
            }).encode()  # fmt: skip
        town.look_up(meter, SUPPLIER_NAME)
        request(meter.address, SUPPLIER_ADDRESS, host=SUPPLIER_NAME, path="/v1/clips", body=body,
                kind=kind, secure=town.secure)  # fmt: skip

    town.clock.every(town.jitter(1500, 0.3), upload, first=HOUR + town.draw.uniform(100, 600))


def _send_spectra(town: Town, meter: Host) -> None:
    """A session of some minutes with the level of each band, twice in a second."""
    style = town.style(meter)
    levels = [between(town, 30, 75) for _ in BANDS]
    topic = f"voorbeeldstad/geluid/{meter.name}/spectrum"

    def begin() -> None:
        connection = town.connect(meter, f"{meter.name}-s")

        def tell() -> None:
            town.sent(meter, "sound_level", readable=not town.secure)
            body = {f"leq_{band}": level() for band, level in zip(BANDS, levels, strict=True)}
            connection.publish(topic, {style.time_key: town.clock.stamp(), **body})

        start = town.clock.now
        count = int(SESSION_SECONDS / SPECTRUM_EVERY)
        for number in range(count):
            town.clock.at(start + 1 + number * SPECTRUM_EVERY, tell)

    town.clock.at(HOUR + town.draw.uniform(1200, 2400), begin)


STORY = Story(act=act, looks=((0, HOUR), (HOUR, 2 * HOUR)), apart=APART)

if __name__ == "__main__":
    main(str(Path(__file__)), STORY)
