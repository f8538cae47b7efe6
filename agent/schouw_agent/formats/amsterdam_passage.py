"""The passage of one vehicle past a camera, as the city of Amsterdam's passage API takes it."""

from schouw_agent.errors import DecodeError
from schouw_agent.formats.envelope import json_object
from schouw_agent.plugins import Format
from schouw_agent.recognition.values import open_value
from schouw_agent.records import Content, Opened


def _probe(content: Content) -> float:
    value = json_object(content)
    camera, vehicle = value.get("camera"), value.get("voertuig")
    if not isinstance(camera, dict) or not isinstance(vehicle, dict):
        return 0.0
    return 0.95 if isinstance(vehicle.get("kenteken"), (dict, str)) else 0.75


def _open(content: Content) -> Opened:
    value = json_object(content)
    if _probe(content) == 0:
        raise DecodeError("amsterdam_passage: no camera and vehicle")
    opened = open_value(value)
    camera = value["camera"]
    name = camera.get("naam") or camera.get("id")
    identifiers: dict[str, str] = {}
    if isinstance(camera.get("id"), (str, int)):
        identifiers["serial"] = str(camera["id"])
    if isinstance(camera.get("naam"), str):
        identifiers["name"] = camera["naam"]
    return Opened(
        leaves=opened.leaves,
        subject=str(name) if isinstance(name, (str, int)) else "",
        identifiers=identifiers,
        nested=opened.nested,
        undecoded=opened.undecoded,
    )


FORMAT = Format(
    id="amsterdam_passage",
    title="Vehicle passage (Amsterdam)",
    reference="Amsterdam iotsignals, POST /v1/passage, API specification 1.0.4",
    probe=_probe,
    open=_open,
)
