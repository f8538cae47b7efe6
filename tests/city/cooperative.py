"""What vehicles and traffic lights tell each other, as JSON: CAM, and SPaT.

CAM: ETSI EN 302 637-2 1.4.1 and TS 103 900 2.1.1, which spell names differently; and the spelling
in snake case of open clients for cooperative traffic.  SPaT: SAE J2735 in ETSI TS 103 301.
"""

import random
from collections.abc import Mapping, Sequence
from typing import Any

FORMS = ("first release", "second release", "snake")
_TENTH_MICRODEGREES = 10_000_000
_PASSENGER_CAR = 5
_STATES = ("stop-And-Remain", "protected-Movement-Allowed", "protected-clearance")


def station(draw: random.Random) -> int:
    """Return the number that a vehicle calls itself by: 32 bits."""
    return draw.randrange(1 << 24, 1 << 32)


def cam(
    form: str, number: int, place: tuple[float, float], *, speed: float, heading: float, clock: int
) -> Mapping[str, Any]:
    """Return what a car tells of itself: degrees, metres a second; `clock` in milliseconds."""
    latitude, longitude = (round(degrees * _TENTH_MICRODEGREES) for degrees in place)
    centimetres, tenths = round(speed * 100), round(heading * 10) % 3600
    if form == "snake":
        return {
            "type": "cam",
            "timestamp": clock,
            "version": "1.1.3",
            "message": {
                "protocol_version": 2,
                "station_id": number,
                "generation_delta_time": clock % 65_536,
                "basic_container": {
                    "station_type": _PASSENGER_CAR,
                    "reference_position": {"latitude": latitude, "longitude": longitude},
                },
                "high_frequency_container": {"heading": tenths, "speed": centimetres},
            },
        }
    second = form == "second release"
    body = {
        "generationDeltaTime": clock % 65_536,
        "camParameters": {
            "basicContainer": {
                "stationType": _PASSENGER_CAR,
                "referencePosition": {"latitude": latitude, "longitude": longitude},
            },
            "highFrequencyContainer": {
                "basicVehicleContainerHighFrequency": {
                    "heading": {"headingValue": tenths, "headingConfidence": 10},
                    "speed": {"speedValue": centimetres, "speedConfidence": 5},
                    "driveDirection": "forward",
                }
            },
        },
    }
    if second:
        head = {"protocolVersion": 2, "messageId": 2, "stationId": number}
        return {"header": head, "camPayload": body}
    return {"header": {"protocolVersion": 1, "messageID": 2, "stationID": number}, "cam": body}


def spat(form: str, intersection: int, groups: Sequence[int], clock: int) -> Mapping[str, Any]:
    """Return what lights show: for each group of signals a number of `_STATES`."""
    snake = form == "snake"

    def name(camel: str, other: str) -> str:
        return other if snake else camel

    return {
        name("timeStamp", "timestamp"): clock % 60_000,
        "intersections": [
            {
                "id": {"id": intersection},
                "revision": 1,
                name("moy", "minute_of_the_year"): clock // 60_000 % 527_040,
                "states": [
                    {
                        name("signalGroup", "signal_group"): number,
                        name("state-time-speed", "state_time_speed"): [
                            {name("eventState", "event_state"): _STATES[state % len(_STATES)]}
                        ],
                    }
                    for number, state in enumerate(groups, 1)
                ],
            }
        ],
    }
