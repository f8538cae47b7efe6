"""Run one device, or one listener, of the square."""

import argparse
import random
from collections.abc import Callable
from pathlib import Path

import paho.mqtt.client as mqtt

from recording import media_devices, sensors
from recording.plan import people


def main() -> None:
    parser = argparse.ArgumentParser(description="Run one device of the square.")
    parser.add_argument("device")
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--media", type=Path, required=True)
    parser.add_argument("--creep", action="store_true")
    arguments = parser.parse_args()
    seconds, media = arguments.seconds, arguments.media
    draw = random.Random(f"{arguments.device}{arguments.seed}{arguments.creep}")
    crowd = people(arguments.seed)
    devices: dict[str, Callable[[], None]] = {
        "lora": lambda: sensors.air_quality(seconds, draw),
        "geluid1": lambda: sensors.sound_levels(seconds, draw),
        "teller": lambda: sensors.people_counter(seconds, draw, crowd, creep=arguments.creep),
        "geluid2": lambda: sensors.sound_with_clips(
            seconds, draw, sorted(media.glob("fragment*.wav"))
        ),
        "passanten": lambda: sensors.passers_by(seconds, draw, crowd),
        "camera": lambda: media_devices.counting_camera(
            seconds, draw, sorted(media.glob("plein*.jpg"))
        ),
        "voertuig": lambda: media_devices.vehicle_counter(seconds, draw, crowd),
        "afval": lambda: sensors.waste_bin(seconds, draw, crowd),
        "lamp": lambda: sensors.lamp_post(seconds, draw),
        "lichtregie": lambda: sensors.light_control(seconds, draw),
        "kastje": lambda: media_devices.sensecloud_box(seconds, draw, media / "certificate.pem"),
        "politie": lambda: media_devices.police_camera(
            seconds, draw, sorted(media.glob("politie*.jpg"))
        ),
        "gast": lambda: media_devices.guest_telephone(seconds, draw),
        "tijd": lambda: media_devices.ask_time(seconds, draw),
        "dashboard": lambda: sensors.subscriber(
            seconds, "dashboard-waterhaven", ("havenplein/#", "v3/#"), version=mqtt.MQTTv5
        ),
        "loopstroom": lambda: sensors.subscriber(
            seconds, "loopstroom-inzicht", ("havenplein/passanten/#",), version=mqtt.MQTTv311
        ),
    }
    devices[arguments.device]()


if __name__ == "__main__":
    main()
