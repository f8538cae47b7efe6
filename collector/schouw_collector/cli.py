"""The `schouw` command line: parse, call one function, print."""

import gc
import importlib
import os
import sys
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, BinaryIO

# Before numpy loads: its threads cost memory and gain nothing here.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import typer

from schouw_agent import options
from schouw_agent.errors import Error
from schouw_agent.live import Live
from schouw_collector.commands import (
    apk_command,
    assess_command,
    baseline_command,
    bind_command,
    declared_options,
    evidence_command,
    findings_command,
    order_command,
    register_command,
)
from schouw_collector.commands.language_option import InLanguage, wording
from schouw_collector.saying import console

app = typer.Typer(
    name="schouw",
    help="Compares what a city's sensors really send with what the register says.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(baseline_command.app, name="baseline")
app.add_typer(bind_command.app, name="bind")
app.add_typer(order_command.app, name="order")
app.add_typer(apk_command.app, name="apk")
app.add_typer(register_command.app, name="register")
app.add_typer(findings_command.app, name="findings")
app.command()(assess_command.assess)


class Extension(StrEnum):
    """What `list` can list."""

    registers = "registers"
    candidates = "candidates"
    rules = "rules"
    reports = "reports"


class Schema(StrEnum):
    """What `schema` can export."""

    apk = "apk"
    assessment = "assessment"
    baseline = "baseline"
    bindings = "bindings"
    case_line = "case_line"
    changes = "changes"
    decision_line = "decision_line"
    governance = "governance"
    manifest = "manifest"
    order = "order"
    register = "register"
    register_map = "register-map"
    report = "report"
    since = "since"


COLLECT_AFTER = (50_000, 50, 50)
"""When to look for garbage in cycles, of which there is next to none: after every few hundred new
records it would cost a third of the time."""

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
@options.with_live
def check(
    register: declared_options.Register,
    sources: options.OptionalSources = None,
    register_map: declared_options.RegisterMap = None,
    bindings: declared_options.Bindings = None,
    order: Annotated[
        Path | None, typer.Option(help="Mandate, scope and exclusions.", metavar="FILE")
    ] = None,
    algorithms: declared_options.Algorithms = None,
    capabilities: declared_options.Capabilities = None,
    governance: declared_options.Governance = None,
    country_data: declared_options.CountryData = None,
    cases: declared_options.Cases = None,
    *,
    live: Live,
    canary_file: options.CanaryFile = None,
    language: InLanguage = None,
    output: Annotated[
        Path | None,
        typer.Option(
            help="Evidence folder; default: schouw- with date and time; with --json: none.",
            metavar="DIR",
        ),
    ] = None,
    as_json: AsJson = False,
    fail_on: declared_options.FailOn = declared_options.Severity.low,
    key: declared_options.SigningKey = None,
) -> None:
    """Compare captures, or live traffic, with the register.

    What comes out is written to a signed folder of evidence.
    Exit code 1: there are findings from --fail-on up.  Questions never cause it.
    """
    from schouw_collector.cases.case_file import known_cases
    from schouw_collector.evidence.keeping import keep, prepare
    from schouw_collector.spot_check import check as run

    w = wording(language)
    now = datetime.now(UTC).replace(microsecond=0)
    folder = output or (None if as_json else Path(f"schouw-{now.astimezone():%Y%m%d-%H%M%S}"))
    # What would fail after a long reading fails before it.
    signing_key = prepare(folder, key) if folder else None
    known = known_cases(cases, now.astimezone().date())
    named = (
        [Path(source).name for source in sources or ()]
        + list(live.interfaces)
        + [live.broker.rpartition("@")[2]] * bool(live.broker)
    )
    console.say(w("check.reading", sources=", ".join(named)))
    checked = run(
        [_source(source) for source in sources or ()],
        live=live,
        register=register,
        register_map=register_map,
        bindings=bindings,
        order=order,
        algorithms=algorithms,
        capabilities=capabilities or (),
        governance=governance,
        country_data=country_data or (),
        canary_file=canary_file,
        warn=console.tell,
        progress=console.progress(),
    )
    for text in checked.assessment.register_errors:
        console.tell(w("check.register_error", text=text))
    if as_json:
        from schouw_collector.reports.assessment_json import pieces

        console.write_octets(pieces(checked.assessment))
    else:
        from schouw_collector.saying.terminal import headline

        console.write(headline(checked.assessment, checked.report, w, known))
    if folder and signing_key:
        keep(checked, folder, signing_key, now, w, known, quiet=as_json)
    from schouw_collector.assessment import exit_code

    if exit_code(checked.assessment, fail_on.value):
        raise typer.Exit(1)


app.command()(evidence_command.verify)
app.command()(evidence_command.compare)


@app.command("list")
def list_(kind: Extension, as_json: AsJson = False) -> None:
    """List the formats that are read and written, or the rules."""
    from schouw_agent.plugins import discover

    package, constant = {
        Extension.registers: ("register_formats", "REGISTER_FORMAT"),
        Extension.candidates: ("candidate_formats", "CANDIDATE_FORMAT"),
        Extension.rules: ("rules", "RULE"),
        Extension.reports: ("reports", "REPORT_FORMAT"),
    }[kind]
    extensions = discover(importlib.import_module(f"schouw_collector.{package}"), constant)
    rows = [
        {"id": item.id, "title": item.title, "reference": item.reference}
        for item in extensions.values()
    ]
    if as_json:
        console.write([_json(rows)])
        return
    from schouw_collector.saying.terminal import table

    console.write(table([("ID", "TITLE", "REFERENCE"), *(tuple(row.values()) for row in rows)]))


@app.command()
def schema(name: Schema) -> None:
    """Print the JSON Schema of something that Schouw reads or writes."""
    from schouw_collector.schemas import schema as export

    console.write([_json(export(name.value))])


def _source(name: str) -> Path | BinaryIO:
    return sys.stdin.buffer if name == "-" else Path(name)


def _json(value: Any) -> str:
    import json

    return json.dumps(value, ensure_ascii=False, indent=2)


def main() -> None:
    """Run the command line; each failure is one line on standard error, with exit code 2."""
    gc.set_threshold(*COLLECT_AFTER)
    try:
        app()
    except Error as error:
        from schouw_collector.saying.wording import printable

        sys.stderr.write(f"schouw: {printable(error.diagnostics())}\n")
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
