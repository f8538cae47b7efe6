"""A broker and its clients, on the loopback of a network namespace of their own, captured.

Run as a program inside the namespace, with the folder to write to.  It leaves `scene.pcap`, what
tcpdump saw, and `sent.json`, what the clients know that they sent.
"""

import hashlib
import json
import signal
import ssl
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import paho.mqtt.client as mqtt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

BROKER = "198.51.100.10"
CLIENTS = {
    "geluid-07": "192.0.2.7",
    "teller-12": "192.0.2.12",
    "camera-03": "192.0.2.3",
    "lantaarn-21": "192.0.2.21",
    "bak-05": "192.0.2.5",
    "dashboard": "192.0.2.90",
    "regelaar": "192.0.2.91",
}
LEVELS = 25
COUNTS = 12
IMAGES = 3
COMMANDS = 4


def jpeg(width: int, height: int, body: int) -> bytes:
    """Return a baseline JPEG that has all its markers; its picture is noise."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + bytes((1, 0x11, 0))
    parts = [
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00",
        b"\xff\xdb\x00\x43\x00" + bytes([16] * 64),
        b"\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame,
        b"\xff\xc4\x00\x1f\x00" + bytes([0, 1, 5, 1, 1, 1, 1, 1, 1] + [0] * 7) + bytes(range(12)),
        b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00",
        bytes(1 + (i * 7919 + height) % 250 for i in range(body)),
        b"\xff\xd9",
    ]
    return b"".join(parts)


def hashed_addresses(turn: int) -> list[str]:
    """Return pseudonyms as a passer-by counter makes them, of locally administered addresses."""
    return [
        hashlib.sha256(f"02:00:00:00:{turn + i:02x}:{i:02x}".encode()).hexdigest() for i in range(5)
    ]


def certificate(folder: Path) -> tuple[Path, Path]:
    """Write a certificate for the broker and its key, and return where they are."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "broker.example.org")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("broker.example.org")]), False)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "broker.crt", folder / "broker.key"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return paths


@contextmanager
def running(command: list[str], ready: str) -> Iterator[None]:
    """Run a program from when it says that it is ready, to the end of the block."""
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    said = []
    for line in process.stderr:
        said.append(line)
        if ready in line:
            break
    else:
        raise RuntimeError(f"{command[0]} did not start: {''.join(said)}")
    try:
        yield
    finally:
        process.send_signal(signal.SIGINT)
        last = process.communicate(timeout=10)[1]
        sys.stderr.write(last)
    if " dropped" in last and "\n0 packets dropped by kernel" not in last:
        raise RuntimeError("the capture has holes")


def wait(holds: Callable[[], bool], what: str) -> None:
    until = time.monotonic() + 10
    while not holds():
        if time.monotonic() > until:
            raise RuntimeError(f"waited in vain: {what}")
        time.sleep(0.01)


@contextmanager
def connected(
    name: str, *, version: mqtt.MQTTProtocolVersion = mqtt.MQTTv311, trust: Path | None = None
) -> Iterator[mqtt.Client]:
    client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id=name, protocol=version)
    if name == "camera-03":
        client.username_pw_set("camera", "not-a-real-password")
    if name == "lantaarn-21":
        client.will_set("straat/lantaarn-21/online", "false", qos=1, retain=True)
    if trust:
        client.tls_set(str(trust), cert_reqs=ssl.CERT_REQUIRED)
        client.tls_insecure_set(True)  # it is called by its address
    client.connect(BROKER, 8883 if trust else 1883, bind_address=CLIENTS[name])
    client.loop_start()
    wait(client.is_connected, f"connection of {name}")
    yield client
    client.disconnect()
    client.loop_stop()


def publish(client: mqtt.Client, topic: str, payload: Any, **options: Any) -> None:
    octets = payload if isinstance(payload, bytes) else json.dumps(payload)
    client.publish(topic, octets, **options).wait_for_publish(10)


def play(trust: Path) -> dict[str, int]:
    """Let every client speak, and return how many messages each has received."""
    received = {"dashboard": 0, "lantaarn-21": 0}

    def count(name: str) -> Any:
        def on_message(*_: Any) -> None:
            received[name] += 1

        return on_message

    v5 = mqtt.MQTTv5
    with (
        connected("dashboard") as dashboard,
        connected("lantaarn-21", version=v5) as lamp,
        connected("geluid-07") as sound,
        connected("teller-12", version=v5) as counter,
        connected("camera-03") as camera,
        connected("regelaar") as controller,
        connected("bak-05", trust=trust) as bin_,
    ):
        subscribed = []
        for name, client, topic in (
            ("dashboard", dashboard, "straat/+/meting"),
            ("lantaarn-21", lamp, "straat/lantaarn-21/opdracht"),
        ):
            client.on_message = count(name)
            client.on_subscribe = lambda *_: subscribed.append(True)
            client.subscribe(topic, qos=1)
        wait(lambda: len(subscribed) == 2, "both subscriptions")

        publish(lamp, "straat/lantaarn-21/online", "true", qos=1, retain=True)
        for turn in range(LEVELS):
            measured = {"laeq_dba": 55.5 + turn % 7, "lamax_dba": 70.25 + turn % 3}
            publish(sound, "straat/geluid-07/meting", measured, qos=0)
        for turn in range(COUNTS):
            alias = Properties(PacketTypes.PUBLISH)
            alias.TopicAlias = 1
            topic = "straat/teller-12/meting" if turn == 0 else ""
            seen = {"people_count": 10 + turn, "wifi_mac_sha256": hashed_addresses(turn)}
            publish(counter, topic, seen, qos=1, properties=alias)
        for turn in range(IMAGES):
            publish(camera, "straat/camera-03/beeld", jpeg(640, 480, 20_000 + turn), qos=2)
        for turn in range(COMMANDS):
            publish(controller, "straat/lantaarn-21/opdracht", {"dim_level": 20 * turn}, qos=1)
            publish(bin_, "straat/bak-05/meting", {"fill_level_percent": 40 + turn}, qos=1)
        expected = {"dashboard": LEVELS + COUNTS + COMMANDS, "lantaarn-21": COMMANDS}
        wait(lambda: received == expected, f"deliveries: {expected}")
    return received


def main(folder: Path) -> None:
    for command in (
        ["ip", "link", "set", "lo", "up", "mtu", "1500", "gso_max_segs", "1"],
        *(["ip", "addr", "add", f"{a}/32", "dev", "lo"] for a in (BROKER, *CLIENTS.values())),
    ):
        subprocess.run(command, check=True)
    public, private = certificate(folder)
    settings = folder / "mosquitto.conf"
    settings.write_text(
        f"user root\npersistence false\nallow_anonymous true\nlistener 1883 {BROKER}\n"
        f"listener 8883 {BROKER}\ncertfile {public}\nkeyfile {private}\n"
    )
    capture = folder / "scene.pcap"
    tcpdump = ["tcpdump", "-i", "lo", "-U", "--immediate-mode", "-B", "16384", "-s", "2000"]
    tcpdump += ["-Z", "root", "--time-stamp-precision", "nano", "-w", str(capture)]
    with (
        running(["mosquitto", "-c", str(settings)], "running"),
        running([*tcpdump, f"host {BROKER}"], "listening on"),  # paho also talks to itself
    ):
        received = play(public)
        time.sleep(0.5)  # tcpdump writes what the kernel still holds
    sent = {"levels": LEVELS, "counts": COUNTS, "images": IMAGES, "commands": COMMANDS}
    (folder / "sent.json").write_text(json.dumps({"sent": sent, "received": received}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
