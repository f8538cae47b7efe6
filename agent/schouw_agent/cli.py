"""The command line of the agent: parse, call one function, print."""

import gc
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, BinaryIO

# Before numpy loads: its threads cost memory and gain nothing here.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import typer

from schouw_agent import options
from schouw_agent.errors import ConfigError, Error
from schouw_agent.live import Live, feeds

app = typer.Typer(
    name="schouw-agent",
    help="Finds out what the sensors on a network really send.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Capture = Annotated[str, typer.Argument(metavar="FILE", help="A capture; - is standard input.")]
AsLines = Annotated[
    bool, typer.Option("--jsonl", help="One JSON object a line, also on a terminal.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, also on a terminal.")]


class Kind(StrEnum):
    """What `list` can list."""

    protocols = "protocols"
    formats = "formats"
    detectors = "detectors"
    categories = "categories"


@app.command()
@options.with_live
def inspect(
    sources: options.OptionalSources = None,
    order: Annotated[
        Path | None, typer.Option(help="Order file (TOML): mandate, scope and exclusions.")
    ] = None,
    *,
    live: Live,
    canary_file: options.CanaryFile = None,
    as_json: AsJson = False,
) -> None:
    """Print which devices send what data to whom.

    Of captures, or of what is live.
    """
    from pydantic_core import to_json

    from schouw_agent.order import read_order
    from schouw_agent.pipeline import inspect as run
    from schouw_agent.privacy.canaries import read_canaries

    mandate = read_order(order.name, _octets(order)) if order else None
    planted = read_canaries(canary_file, _warn) if canary_file else None
    with feeds([_source(s) for s in sources or ()], live, mandate) as found:
        report = run(found, order=mandate, canaries=planted, progress=_progress())
    if as_json or not sys.stdout.isatty():
        # As octets at once: a text of it, and its encoding, would be there twice more.
        _write_octets([to_json(report, by_alias=True, indent=2), b"\n"])
        return
    from schouw_agent.tables import print_report

    print_report(report)


@app.command()
def flows(file: Capture, as_lines: AsLines = False) -> None:
    """Print the flows of a capture.  A local view for experts: it shows addresses."""
    from schouw_agent.views import flow_rows

    rows = flow_rows(_source(file))
    if as_lines or not sys.stdout.isatty():
        _write_lines(rows)
        return
    from schouw_agent.tables import print_flows

    print_flows(rows)


@app.command()
def messages(file: Capture, as_lines: AsLines = False) -> None:
    """Print the messages of a capture, without their payload.

    A local view for experts: it shows topics and client ids as they are.
    """
    from schouw_agent.views import message_rows

    rows = message_rows(_source(file))
    if as_lines or not sys.stdout.isatty():
        _write_lines(rows)
        return
    from schouw_agent.tables import print_messages

    print_messages(rows)


@app.command()
def classify(
    as_lines: Annotated[bool, typer.Option("--jsonl", help="One JSON object a line.")] = False,
) -> None:
    """Print what messages would be taken for, and why.

    They are read on standard input.

    Without --jsonl, standard input is the payload of one message.
    """
    from schouw_agent.pipeline import classifier
    from schouw_agent.recognition.classification import classify_line

    judge = classifier()
    if as_lines:
        stripped = (line.strip() for line in sys.stdin.buffer)
        _write_lines(classify_line(judge, line) for line in stripped if line)
        return
    from schouw_agent.tables import print_matches

    print_matches(judge, sys.stdin.buffer.read())


@app.command("list")
def list_(
    kind: Kind, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
) -> None:
    """List what this agent can read and name."""
    rows = list(_listed(kind))
    if as_json:
        _write(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
        return
    from schouw_agent.tables import print_rows

    print_rows(rows)


def _listed(kind: Kind) -> Iterable[dict[str, Any]]:
    from schouw_agent import pipeline
    from schouw_agent.vocabulary import CATEGORIES

    if kind is Kind.categories:
        for category in CATEGORIES.values():
            yield asdict(category)
        return
    catalogues: dict[Kind, Callable[[], Mapping[str, Any]]] = {
        Kind.protocols: pipeline.decoders,
        Kind.formats: pipeline.formats,
        Kind.detectors: pipeline.detectors,
    }
    for extension in catalogues[kind]().values():
        row = {"id": extension.id, "title": extension.title, "reference": extension.reference}
        if kind is Kind.detectors:
            row["categories"] = sorted(extension.categories)
        yield row


def _source(name: str) -> str | BinaryIO:
    return sys.stdin.buffer if name == "-" else name


def _octets(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path.name}: {error.strerror}") from None


def _warn(line: str) -> None:
    sys.stderr.write(f"schouw-agent: {line}\n")


def _progress() -> Callable[[int], None] | None:
    """Return a function that shows how many frames were read; None if nobody watches."""
    if not sys.stderr.isatty():
        return None

    def show(frames: int) -> None:
        sys.stderr.write(f"\r{frames:,}" if frames >= 0 else "\r\033[K")
        sys.stderr.flush()

    return show


def _write(text: str) -> None:
    _write_octets([text.encode()])


def _write_lines(rows: Iterable[Mapping[str, Any]]) -> None:
    import orjson

    _write_octets(orjson.dumps(row) + b"\n" for row in rows)


def _write_octets(parts: Iterable[bytes]) -> None:
    out = sys.stdout.buffer
    try:
        for part in parts:
            out.write(part)
        out.flush()
    except BrokenPipeError:
        # Who reads us has enough: not an error, and Python must not complain at its exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main() -> None:
    """Run the command line: 0 done, 2 failed, each failure in one line on standard error."""
    # Messages come and go by the hundred thousand and hold no cycles: looking for some after every
    # few hundred costs a third of the time.
    gc.set_threshold(50_000, 50, 50)
    try:
        app()
    except Error as error:
        sys.stderr.write(f"schouw-agent: {error.diagnostics()}\n")
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
