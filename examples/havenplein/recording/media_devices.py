"""The devices that speak HTTP or TLS: camera, vehicle counter, the box, the police, the guest."""

import json
import random
import socket
import ssl
import threading
import urllib.request
import uuid
from pathlib import Path
from typing import Any

from recording.clock import moment, ntp_moment
from recording.mqtt_client import close, connect, every, send
from recording.plan import GUEST_AGENT, People


def _post(address: str, body: bytes, kind: str, agent: str) -> None:
    request = urllib.request.Request(  # noqa: S310 (the scheme is fixed, and it must be plain HTTP)
        address, data=body, headers={"Content-Type": kind, "User-Agent": agent}
    )
    with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310
        answer.read()


def counting_camera(seconds: float, draw: random.Random, images: list[Path]) -> None:
    """Report counts over MQTT, and post a picture to the supplier with every second one."""
    client = connect("camera-havenplein-01")
    for number in every(8, until=seconds, draw=draw):
        content = {"voetgangers": draw.randrange(2, 14), "interval_s": 8, "tijd": moment()}
        send(client, "havenplein/camera/01/telling", content, qos=0)
        if number % 2 == 0:
            picture = images[number // 2 % len(images)].read_bytes()
            _post(
                "http://upload.telvision.example/v2/snapshots",
                picture,
                "image/jpeg",
                "TelVision-Cam/4.2",
            )
    close(client)


def vehicle_counter(seconds: float, draw: random.Random, people: People) -> None:
    """Report counts and plates over MQTT, and each passage over HTTP in the Amsterdam form."""
    client = connect("voertuig-havenplein-01")
    counts = threading.Thread(
        target=_vehicle_counts, args=(client, seconds, random.Random(draw.random()))
    )
    counts.start()
    for number in every(7, until=seconds, draw=draw):
        which = draw.randrange(len(people.plates))
        plate = {
            "kenteken": people.plates[which],
            "richting": draw.choice(("VAN", "NAAR")),
            "tijd": moment(),
        }
        send(client, "havenplein/voertuigen/01/passage", plate, qos=1)
        body = json.dumps(_passage(number, people.plate_hashes[which], plate["richting"], draw))
        _post(
            "http://verkeer.waterhaven.example/v1/passage",
            body.encode(),
            "application/json",
            "passage/1.0.4",
        )
    counts.join()
    close(client)


def _vehicle_counts(client: Any, seconds: float, draw: random.Random) -> None:
    for _ in every(15, until=seconds, draw=draw):
        content = {
            "voertuigen_van": draw.randrange(0, 5),
            "voertuigen_naar": draw.randrange(0, 5),
            "interval_s": 15,
        }
        send(client, "havenplein/voertuigen/01/telling", content, qos=0)


def _passage(number: int, plate_hash: str, direction: str, draw: random.Random) -> dict[str, Any]:
    return {
        "id": str(uuid.UUID(int=draw.getrandbits(128), version=4)),
        "volgnummer": 2200 + number,
        "timestamp": moment(),
        "camera": {
            "id": "WH-HP-V1",
            "kijkrichting": 90.0,
            "locatie": {"latitude": 52.0003, "longitude": 4.0006},
            "naam": "Havenplein oost",
            "straat": "Kadestraat",
        },
        "rijrichting": direction,
        "rijstrook": 1,
        "automatischVerwerkbaar": True,
        "voertuig": {
            "kenteken": {
                "kentekenHash": plate_hash,
                "landcode": "NL",
                "betrouwbaarheid": {"landcodeBetrouwbaarheid": 998, "kentekenBetrouwbaarheid": 971},
            },
            "indicatieSnelheid": round(draw.uniform(22, 38), 1),
            "jaarEersteToelating": draw.randrange(2006, 2026),
            "massaLedigVoertuig": draw.randrange(900, 2400),
            "aantalAssen": 2,
            "taxiIndicator": False,
            "brandstoffen": [
                {"naam": draw.choice(("benzine", "diesel", "elektriciteit")), "emissieklasse": "6"}
            ],
        },
    }


def sensecloud_box(seconds: float, draw: random.Random, certificate: Path) -> None:
    """Send something, nobody outside can say what, over TLS to a host abroad."""
    context = ssl.create_default_context(cafile=str(certificate))
    name = "ingest.sensecloud.example"
    with (
        socket.create_connection((name, 443), timeout=10) as plain,
        context.wrap_socket(plain, server_hostname=name) as secure,
    ):
        for _ in every(9, until=seconds, draw=draw):
            secure.sendall(draw.randbytes(draw.randrange(1500, 5200)))
            secure.recv(256)


def police_camera(seconds: float, draw: random.Random, images: list[Path]) -> None:
    """Send pictures to a control room: outside the order, whatever they are."""
    for number in every(30, until=seconds, draw=draw):
        picture = images[number % len(images)].read_bytes()
        _post("http://beeld.meldkamer.example/opname", picture, "image/jpeg", "opnamekast/1")


def guest_telephone(seconds: float, draw: random.Random) -> None:
    """Read the weather on the guest network."""
    for _ in every(40, until=seconds, draw=draw):
        request = urllib.request.Request(
            "http://www.weer.example/vandaag", headers={"User-Agent": GUEST_AGENT}
        )
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310
            answer.read()


def ask_time(seconds: float, draw: random.Random) -> None:
    """Ask the time by SNTP (RFC 4330), as every device does now and then."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(2)
        for _ in every(64, until=seconds, draw=draw):
            client.sendto(b"\x23" + bytes(39) + ntp_moment(), ("tijd.waterhaven.example", 123))
            client.recv(128)
