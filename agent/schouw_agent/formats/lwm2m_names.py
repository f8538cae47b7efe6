"""What the numbered objects and resources of LwM2M are called."""

import re
from typing import NamedTuple

_PATH = re.compile(r"/?(\d{1,5})(?:/(\d{1,5}))?(?:/(\d{1,5}))?(?:/(\d{1,5}))?/?$")

# OMA LightweightM2M Registry: the objects of the core, and the IPSO Smart Objects.
OBJECTS = {
    0: "security", 1: "server", 2: "access_control", 3: "device", 4: "connectivity",
    5: "firmware_update", 6: "location", 7: "connectivity_statistics",
    3200: "digital_input", 3201: "digital_output", 3202: "analog_input", 3203: "analog_output",
    3300: "generic_sensor", 3301: "illuminance", 3302: "presence", 3303: "temperature",
    3304: "humidity", 3305: "power_measurement", 3306: "actuation", 3308: "set_point",
    3310: "load_control", 3311: "light_control", 3312: "power_control", 3313: "accelerometer",
    3314: "magnetic_field", 3315: "barometer", 3316: "voltage", 3317: "electric_current",
    3318: "frequency", 3319: "depth", 3320: "percentage", 3321: "altitude", 3322: "load",
    3323: "pressure", 3324: "loudness", 3325: "concentration", 3326: "acidity_ph",
    3327: "conductivity", 3328: "power", 3329: "power_factor", 3330: "distance", 3331: "energy",
    3332: "direction", 3333: "clock", 3334: "gyroscope", 3335: "colour", 3336: "location",
    3337: "positioner", 3338: "buzzer", 3339: "audio_clip", 3340: "timer", 3341: "display_message",
    3342: "switch", 3343: "dimmer", 3344: "up_down", 3345: "joystick", 3346: "rate",
    3347: "push_button", 3348: "selector", 3349: "bitmap", 3350: "stopwatch",
}  # fmt: skip
# Resources that mean the same in every object that has them.
_SHARED = {
    5500: "state", 5501: "counter", 5505: "reset", 5506: "clock", 5510: "duration",
    5513: "latitude", 5514: "longitude", 5515: "altitude", 5516: "radius", 5517: "gps_velocity",
    5518: "timestamp", 5527: "text", 5534: "counter", 5547: "level", 5548: "text",
    5601: "min", 5602: "max", 5603: "range_config_min", 5604: "range_config_max", 5605: "reset",
    5700: "value", 5701: "unit", 5702: "x", 5703: "y", 5704: "z", 5705: "compass_heading",
    5706: "colour", 5750: "application_type", 5751: "sensor_type", 5800: "active_power",
    5801: "min_power", 5802: "max_power", 5805: "active_energy", 5810: "reactive_power",
    5815: "reactive_energy", 5820: "power_factor", 5821: "current_calibration_config",
    5850: "on_off", 5851: "dimmer", 5852: "on_time", 5853: "multi_state",
}  # fmt: skip
_OF_OBJECT = {
    (3, 0): "manufacturer", (3, 1): "model", (3, 2): "serial_number", (3, 3): "firmware_version",
    (3, 6): "power_sources_config", (3, 7): "supply_voltage", (3, 8): "battery_current",
    (3, 9): "battery_level", (3, 10): "memory_free", (3, 11): "error_code", (3, 13): "time",
    (3, 14): "timezone", (3, 15): "timezone", (3, 17): "device_type", (3, 18): "hardware_version",
    (3, 19): "software_version", (3, 20): "battery_status", (3, 21): "memory_total",
    (4, 0): "network_bearer", (4, 2): "rssi", (4, 3): "link_quality", (4, 4): "address",
    (4, 7): "link_utilisation", (4, 8): "cell", (4, 9): "network_code", (4, 10): "country_code",
    (6, 0): "latitude", (6, 1): "longitude", (6, 2): "altitude", (6, 3): "radius",
    (6, 4): "gps_velocity", (6, 5): "timestamp", (6, 6): "gps_speed",
}  # fmt: skip
UNIT = 5701


class Named(NamedTuple):
    """An LwM2M path as people call it."""

    path: str
    """Key path such as `temperature.value`."""
    object_id: int
    instance: int
    resource: int
    """-1 if the path does not go so far."""


def named_path(path: str) -> Named | None:
    """Return what `/3303/0/5700` is called, or None if that is no path of a known object.

    Positions among several instances, of the object or the resource, are not in the name.
    """
    match = _PATH.match(path)
    if not match or int(match[1]) not in OBJECTS:
        return None
    kind = int(match[1])
    resource = int(match[3]) if match[3] else -1
    name = OBJECTS[kind]
    if resource >= 0:
        name += f".{resource_name(kind, resource)}"
    return Named(name, kind, int(match[2] or 0), resource)


def resource_name(kind: int, resource: int) -> str:
    """Return what a resource of an object is called; its number if that is not known."""
    return _OF_OBJECT.get((kind, resource)) or _SHARED.get(resource) or f"resource_{resource}"
