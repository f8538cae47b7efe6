"""Telemetry of a ThingsBoard gateway: rows of several devices, by their names."""

from dataclasses import replace

from schouw_agent.formats.envelope import claimed, json_object
from schouw_agent.plugins import Format
from schouw_agent.recognition.values import open_value
from schouw_agent.records import OVER_LIMIT, Content, Leaf, Nested, Opened

_MOST_DEVICES = 256


def _probe(content: Content) -> float:
    value = json_object(content)
    rows = list(value.values())
    return 0.92 if rows and all(_is_telemetry(row) for row in rows) else 0.0


def _is_telemetry(rows: object) -> bool:
    return (
        isinstance(rows, list)
        and bool(rows)
        and all(
            isinstance(row, dict)
            and isinstance(row.get("values"), dict)
            and row.keys() <= {"ts", "values", "metadata"}
            for row in rows
        )
    )


def _open(content: Content) -> Opened:
    value = claimed(content, FORMAT)
    leaves: list[Leaf] = []
    nested: list[Nested] = []
    over = OVER_LIMIT if len(value) > _MOST_DEVICES else ""
    for device, rows in list(value.items())[:_MOST_DEVICES]:
        for row in rows:
            # A device's name is no key: it stands beside the leaf, and not in its path.
            opened = open_value(row["values"], "values")
            leaves += (leaf._replace(subject=device) for leaf in opened.leaves)
            nested += (replace(each, subject=device) for each in opened.nested)
            over = over or opened.undecoded
    subject = next(iter(value)) if len(value) == 1 else ""
    return Opened(leaves=leaves, nested=nested, subject=subject, undecoded=over)


FORMAT = Format(
    id="thingsboard",
    title="ThingsBoard gateway telemetry",
    reference="ThingsBoard, MQTT Gateway API: telemetry upload",
    probe=_probe,
    open=_open,
)
