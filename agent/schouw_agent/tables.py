"""The agent's results as tables for a terminal."""

from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from schouw_agent.recognition.classification import Classifier
from schouw_agent.records import Content
from schouw_agent.report import Device, Report
from schouw_agent.vocabulary import CATEGORIES


def print_rows(rows: Iterable[Mapping[str, Any]], columns: Iterable[str] = ()) -> None:
    """Print rows as one table; its columns are those named, else the keys of the first row."""
    table: Table | None = None
    wanted = tuple(columns)
    for row in rows:
        wanted = wanted or tuple(row)
        if table is None:
            table = Table(box=None, pad_edge=False)
            for name in wanted:
                # A word cut off at the edge of a narrow terminal would be a fact left out.
                table.add_column(name, overflow="fold")
        table.add_row(*(escape(_cell(row.get(name))) for name in wanted))
    if table is not None:
        Console().print(table)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(value)


def print_flows(rows: Iterable[Mapping[str, Any]]) -> None:
    """Print flows, one a row."""
    print_rows(
        rows,
        (
            "transport", "orig_address", "orig_port", "resp_address", "resp_port",
            "protocol", "server_name", "encryption", "orig_octets", "resp_octets",
        ),
    )  # fmt: skip


def print_messages(rows: Iterable[Mapping[str, Any]]) -> None:
    """Print application messages, one a row."""
    print_rows(
        rows, ("time", "protocol", "kind", "topic", "path", "client_id", "payload_octets", "format")
    )


def print_matches(classifier: Classifier, octets: bytes) -> None:
    """Print what one payload is taken for, and why."""
    result = classifier.classify(Content(octets=octets))
    print_rows(
        {
            "path": match.path or "(all of it)",
            "category": match.category,
            "privacy class": CATEGORIES[match.category].privacy_class,
            "confidence": f"{match.confidence:.2f}",
            "because": _why(match.basis),
            "looks like": match.form,
        }
        for match in result.matches
    )
    for reason, size in result.undecoded:
        Console().print(f"not understood: {size} octets ({reason})")


_REASONS = {
    "field_name": "name",
    "unit": "unit",
    "value_structure": "form of the value",
    "check_digit": "check digit",
    "self_declared": "the device says so",
    "media_signature": "first octets",
    "canary": "known test value",
}


def _why(basis: Iterable[str]) -> str:
    """Return in words what a match rests on."""
    return "; ".join(_REASONS.get(each, each) for each in basis)


def print_report(report: Report) -> None:
    """Print the devices of a report and what they emit, and how much could be seen."""
    console = Console()
    for device in report.devices:
        console.print(f"\n[bold]{device.id}[/bold]  {device.role}  {escape(_names(device))}")
        print_rows(
            {
                "category": e.category,
                "class": e.privacy_class,
                "to": e.recipient,
                "by": f"{e.protocol} {e.channel}",
                "path": e.path,
                "looks like": e.form,
                "messages": e.messages,
                "confidence": f"{e.confidence:.2f}",
            }
            for e in device.emissions
        )
    seen = report.coverage
    console.print(
        f"\n{seen.frames:,} frames, {seen.flows:,} flows, {seen.messages:,} messages; "
        f"{seen.read_octets:,} of {seen.payload_octets:,} octets of payload could be read"
    )
    for row in seen.undecoded:
        console.print(
            f"not understood ({row.reason}): {row.flows:,} flows, "
            f"{row.messages:,} messages, {row.octets:,} octets"
        )
    for note in seen.notes:
        console.print(escape(note))


def _names(device: Device) -> str:
    return "  ".join(i.value for i in device.identifiers if i.kind != "topic") + (
        f"  ({device.vendor})" if device.vendor else ""
    )
