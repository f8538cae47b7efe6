"""The sensors of the square that speak MQTT, and those who listen to them."""

import base64
import json
import random
import time
from pathlib import Path
from typing import Any

import paho.mqtt.client as mqtt

from recording.clock import moment
from recording.mqtt_client import alias, close, connect, every, send
from recording.plan import (
    RELAY_PASSWORD,
    RELAY_USER,
    SOUND_METER_PASSWORD,
    SOUND_METER_USER,
    People,
)


def air_quality(seconds: float, draw: random.Random) -> None:
    """Relay the uplinks of a LoRaWAN sensor, as The Things Stack v3 writes them."""
    client = connect(RELAY_USER, account=(RELAY_USER, RELAY_PASSWORD))
    frames = 4120
    for number in every(20, until=seconds, draw=draw):
        reading = {
            "pm2_5": round(draw.uniform(7, 11), 1),
            "pm10": round(draw.uniform(14, 20), 1),
            "no2": round(draw.uniform(18, 29), 1),
            "temperature": round(draw.uniform(15.5, 16.5), 2),
            "humidity": round(draw.uniform(61, 66), 1),
            "battery": 3.61,
        }
        send(
            client,
            "v3/havenplein@waterhaven/devices/lucht-01/up",
            _uplink(reading, frames + number, draw),
            qos=1,
        )
    close(client)


def _uplink(reading: dict[str, float], frame: int, draw: random.Random) -> dict[str, Any]:
    now = moment()
    raw = b"".join(round(value * 10).to_bytes(2, "big") for value in reading.values())
    return {
        "end_device_ids": {
            "device_id": "lucht-01",
            "application_ids": {"application_id": "havenplein"},
            "dev_eui": "0257480000000121",
            "join_eui": "0257480000000001",
            "dev_addr": "02574812",
        },
        "correlation_ids": [f"gs:uplink:{draw.randbytes(13).hex().upper()}"],
        "received_at": now,
        "uplink_message": {
            "session_key_id": base64.b64encode(draw.randbytes(12)).decode(),
            "f_port": 2,
            "f_cnt": frame,
            "frm_payload": base64.b64encode(raw).decode(),
            "decoded_payload": reading,
            "rx_metadata": [
                {
                    "gateway_ids": {"gateway_id": "gw-havenkantoor", "eui": "02574800000000A1"},
                    "time": now,
                    "rssi": draw.randrange(-104, -92),
                    "channel_rssi": draw.randrange(-104, -92),
                    "snr": round(draw.uniform(4, 9), 1),
                    "location": {"latitude": 52.00012, "longitude": 4.00031, "altitude": 21},
                }
            ],
            "settings": {
                "data_rate": {"lora": {"bandwidth": 125000, "spreading_factor": 9}},
                "frequency": "867300000",
            },
            "received_at": now,
            "consumed_airtime": "0.205824s",
        },
    }


def sound_levels(seconds: float, draw: random.Random) -> None:
    """Send levels and nothing else: MQTT 5 with a topic alias, QoS 0."""
    client = connect("geluid-havenplein-01", version=mqtt.MQTTv5)
    for number in every(5, until=seconds, draw=draw):
        level = draw.uniform(54, 61)
        content = {
            "laeq": round(level, 1),
            "lamax": round(level + draw.uniform(4, 12), 1),
            "eenheid": "dB(A)",
            "tijd": moment(),
        }
        topic = "" if number else "havenplein/geluid/01/niveau"
        client.publish(topic, json.dumps(content), qos=0, properties=alias(1)).wait_for_publish(5)
    close(client)


def people_counter(seconds: float, draw: random.Random, people: People, *, creep: bool) -> None:
    """Count per window; after the firmware of the summer, list hashed MAC addresses as well."""
    client = connect("teller-havenplein-01", version=mqtt.MQTTv5)
    for _ in every(10, until=seconds, draw=draw):
        content: dict[str, Any] = {
            "personen_in": draw.randrange(3, 19),
            "personen_uit": draw.randrange(3, 19),
            "interval_s": 10,
            "tijd": moment(),
        }
        if creep:
            content["apparaten"] = _phones(draw, people.hashes[24:])
        send(client, "havenplein/teller/01", content, qos=1)
    close(client)


def passers_by(seconds: float, draw: random.Random, people: People) -> None:
    """Send a count and the list it was made from: hash, time and signal strength. QoS 2."""
    client = connect("passanten-havenplein-01")
    for _ in every(10, until=seconds, draw=draw):
        seen = _phones(draw, people.hashes[:24])
        content = {"sensor": "P01", "passanten": len(seen), "interval_s": 10, "waarnemingen": seen}
        send(client, "havenplein/passanten/01", content, qos=2)
    close(client)


def _phones(draw: random.Random, hashes: list[str]) -> list[dict[str, Any]]:
    return [
        {"hash": text, "tijd": moment(), "rssi": draw.randrange(-88, -51)}
        for text in draw.sample(hashes, draw.randrange(3, 8))
    ]


def sound_with_clips(seconds: float, draw: random.Random, clips: list[Path]) -> None:
    """Send levels, and every half minute a clip of what was heard: base64 WAV in a field."""
    client = connect(SOUND_METER_USER, account=(SOUND_METER_USER, SOUND_METER_PASSWORD))
    for number in every(5, until=seconds, draw=draw):
        content = {"laeq": round(draw.uniform(56, 71), 1), "tijd": moment()}
        if number % 6 == 2:
            clip = clips[number // 6 % len(clips)]
            content["fragment"] = base64.b64encode(clip.read_bytes()).decode()
        send(client, "havenplein/geluid/02/meting", content, qos=1)
    close(client)


def waste_bin(seconds: float, draw: random.Random, people: People) -> None:
    """Report the fill level (retained), and at every opening the number of the pass."""
    client = connect(
        "afval-havenplein-01", will=("havenplein/afval/01/verbinding", '{"online":false}')
    )
    for number in every(12, until=seconds, draw=draw):
        if number % 2 == 0:
            status = {"vulgraad_pct": 41 + number // 2, "batterij_v": 3.58, "tijd": moment()}
            send(client, "havenplein/afval/01/status", status, qos=1, retain=True)
        else:
            opening = {
                "opening": {
                    "pasnummer": draw.choice(people.passes),
                    "tijd": moment(),
                    "duur_s": draw.randrange(3, 9),
                }
            }
            send(client, "havenplein/afval/01/opening", opening, qos=1)
    close(client)


def lamp_post(seconds: float, draw: random.Random) -> None:
    """Obey commands for level and colour, and report the state. MQTT 5, QoS 2."""
    state: dict[str, Any] = {"dimstand_pct": 60, "kleur": "#FFE4B5"}

    def obey(_client: mqtt.Client, _data: Any, message: mqtt.MQTTMessage) -> None:
        state.update(json.loads(message.payload))

    client = connect(
        "lamp-havenplein-07",
        version=mqtt.MQTTv5,
        subscriptions=(("havenplein/licht/07/opdracht", 2),),
        on_message=obey,
    )
    for _ in every(15, until=seconds, draw=draw):
        send(client, "havenplein/licht/07/stand", {**state, "tijd": moment()}, qos=2)
    close(client)


def light_control(seconds: float, draw: random.Random) -> None:
    """Send the lamp post its commands, colour among them."""
    client = connect("lichtregie-waterhaven")
    for _ in every(22, until=seconds, draw=draw):
        colour = draw.choice(("#FF8C00", "#4169E1", "#FFE4B5", "#DC143C"))
        content = {"dimstand_pct": draw.randrange(30, 100, 10), "kleur": colour}
        send(client, "havenplein/licht/07/opdracht", content, qos=2)
    close(client)


def subscriber(seconds: float, client_id: str, topics: tuple[str, ...], *, version: int) -> None:
    """Listen."""
    subscriptions = tuple((topic, 1) for topic in topics)
    client = connect(client_id, version=version, subscriptions=subscriptions)
    time.sleep(seconds)
    close(client)
