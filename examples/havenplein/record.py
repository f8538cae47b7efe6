"""Record the captures of Havenplein: real software in network namespaces, one mirror port.

Run as root on Debian with the Python that has paho-mqtt:

    sudo .venv/bin/python examples/havenplein/record.py

What is seen is real: mosquitto, paho-mqtt, GStreamer's RTSP server, ffmpeg, dnsmasq, OpenSSL.
Who and what is shown is invented.  The clocks of the devices and the time stamps of the
frames are shifted to the date of the story.
"""

import argparse
import importlib.util
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from recording.capture import Mirror, media_samples, write_shifted
from recording.clock import SHIFT
from recording.media import draw_pictures, speak
from recording.network import Crew, square
from recording.plan import (
    GUEST_AGENT,
    RELAY_PASSWORD,
    SOUND_METER_PASSWORD,
    TAKES,
    Take,
    people,
)
from recording.services import broker_settings, certificate, name_server

HERE = Path(__file__).resolve().parent
PACKAGES = {
    "mosquitto": "mosquitto",
    "mosquitto_passwd": "mosquitto",
    "ffmpeg": "ffmpeg",
    "espeak-ng": "espeak-ng",
    "dumpcap": "wireshark-common",
    "dnsmasq": "dnsmasq-base",
    "ip": "iproute2",
    "ethtool": "ethtool",
    "openssl": "openssl",
    "sysctl": "procps",
    "faketime": "faketime",
}
DEVICES = (
    *("loopstroom", "lora", "geluid1", "teller", "geluid2", "passanten", "camera"),
    *("voertuig", "afval", "lamp", "lichtregie", "kastje", "politie", "gast"),
)
TELL_TIME = ("teller", "camera", "lamp", "geluid1")


def missing() -> list[str]:
    """Return the Debian and Python packages that are needed and not there."""
    absent = {package for program, package in PACKAGES.items() if not shutil.which(program)}
    bindings = "import gi; gi.require_version('GstRtspServer', '1.0')"
    if subprocess.run(
        ["/usr/bin/python3", "-c", bindings], check=False, capture_output=True
    ).returncode:
        absent.add(
            "python3-gi gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-{base,good,bad,ugly}"
        )
    if not importlib.util.find_spec("paho"):
        absent.add("paho-mqtt (Python)")
    return sorted(absent)


def record(take: Take, seconds: int, seed: int, media: Path, output: Path) -> None:
    """Record one take, and write it with its time shifted."""
    shift = round(take.start.timestamp() - time.time())
    environment = {SHIFT: str(shift), "PYTHONPATH": str(HERE), "PYTHONDONTWRITEBYTECODE": "1"}
    logs = media / take.file
    logs.mkdir()
    raw = logs / "raw.pcapng"
    python = sys.executable
    with square(), Mirror(raw):
        crew = Crew(environment, logs)
        try:
            crew.start("router", *name_server())
            crew.start("router", python, "-m", "recording.services", "time")
            crew.start("makelaar", "mosquitto", "-c", str(media / "mosquitto.conf"))
            for host in ("gemeente", "telvision", "weer", "meldkamer"):
                crew.start(host, python, "-m", "recording.services", "http")
            files = (str(media / "certificate.pem"), str(media / "key.pem"))
            crew.start("sensecloud", python, "-m", "recording.services", "tls", *files)
            rtsp_server = ("/usr/bin/python3", str(HERE / "recording/rtsp_server.py"))
            crew.start(
                "camera", "faketime", "--exclude-monotonic", "-f", f"{shift:+d}s", *rtsp_server
            )
            time.sleep(4)
            options = ["--seconds", str(seconds), "--seed", str(seed), "--media", str(media)]
            creep = ["--creep"] if take.creep else []
            for device in DEVICES:
                crew.start(device, python, "-m", "recording.device", device, *options, *creep)
            for host in TELL_TIME:
                crew.start(host, python, "-m", "recording.device", "tijd", *options)
            time.sleep(seconds * 0.15)
            crew.start("dashboard", python, "-m", "recording.device", "dashboard", *options)
            time.sleep(seconds * 0.15)
            watch = str(min(20, seconds // 4))
            crew.start(
                "kijker",
                *("ffmpeg", "-nostdin", "-loglevel", "error", "-rtsp_transport", "udp"),
                *("-i", "rtsp://192.0.2.38:554/live", "-t", watch, "-f", "null", "-"),
            )
            time.sleep(seconds * 0.7 + 2)
        finally:
            crew.stop()
    count = write_shifted(raw, output / take.file, shift * 10**6)
    size = (output / take.file).stat().st_size
    print(f"{take.file}: {count} frames, {size / 1e6:.2f} MB")


def seeds(seed: int, media: Path, captures: list[Path]) -> dict[str, list[str]]:
    """Return the invented values that may appear in nothing that Schouw writes; media in hex."""
    crowd = people(seed)
    contacts = [
        contact
        for entry in json.loads((HERE / "register.json").read_text(encoding="utf-8"))["results"]
        for contact in (entry["owner"]["name"], entry["owner"]["email"])
    ]
    files = [*sorted(media.glob("*.jpg")), *sorted(media.glob("fragment*.wav"))]
    octets = [file.read_bytes() for file in files]
    samples = [
        content[at : at + 40] for content in octets for at in (len(content) // 3, len(content) // 2)
    ]
    for capture in captures:
        samples += media_samples(capture, 24)
    return {
        "hashed_mac": crowd.hashes,
        "licence_plate": crowd.plates,
        "licence_plate_hashed": crowd.plate_hashes,
        "pass_number": crowd.passes,
        "password": [RELAY_PASSWORD, SOUND_METER_PASSWORD],
        "guest": [GUEST_AGENT, "02:9c:41:7e:20:33"],
        "contact": sorted(set(contacts)),
        "media_hex": sorted({sample.hex() for sample in samples}),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--take", choices=TAKES, action="append", help="which capture (default: all)"
    )
    parser.add_argument("--seed", type=int, default=20260512)
    parser.add_argument("--seconds", type=int, help="shorter, for a trial")
    parser.add_argument("--output", type=Path, default=HERE)
    arguments = parser.parse_args()
    if absent := missing():
        raise SystemExit("Install first: " + " ".join(absent))
    if os.geteuid() != 0:
        raise SystemExit("Run as root: it makes network namespaces.")
    with tempfile.TemporaryDirectory(prefix="havenplein-") as folder:
        media = Path(folder)
        media.chmod(0o755)
        draw = random.Random(arguments.seed)
        draw_pictures(media, "plein", 12, draw)
        draw_pictures(media, "politie", 3, draw)
        speak(media)
        certificate(media, "ingest.sensecloud.example")
        broker_settings(media)
        chosen = [TAKES[name] for name in arguments.take or TAKES]
        for take in chosen:
            record(take, arguments.seconds or take.seconds, arguments.seed, media, arguments.output)
        values = seeds(arguments.seed, media, [arguments.output / take.file for take in chosen])
    text = json.dumps(values, indent=1, ensure_ascii=False)
    (arguments.output / "seeded.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
