"""`schouw baseline`: how it was, what changed since, and what was decided on that."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from schouw_collector.commands.declared_options import SigningKey
from schouw_collector.commands.language_option import InLanguage, wording
from schouw_collector.saying import console

if TYPE_CHECKING:
    from schouw_collector.change.baseline import SignedBaseline

app = typer.Typer(
    help="Keep how it was, and decide on what changed since.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

BaselineFile = Annotated[Path, typer.Argument(metavar="BASELINE", help="A signed baseline.")]
Trust = Annotated[
    str | None,
    typer.Option(help="The signer's key, or its fingerprint.", metavar="KEY|FINGERPRINT"),
]
Events = Annotated[
    list[str],
    typer.Argument(metavar="EVENT…", help="Ids of events or groups; six digits are enough."),
]
By = Annotated[str, typer.Option(help="Who decides: a role, never a person.", metavar="ROLE")]
Why = Annotated[str, typer.Option(help="For what reason.")]


@app.command()
def new(
    source: Annotated[
        Path, typer.Argument(metavar="EVIDENCE", help="An evidence folder, or its assessment.")
    ],
    output: Annotated[Path, typer.Option(help="Where to write it.", metavar="FILE")] = Path(
        "baseline.json"
    ),
    key: SigningKey = None,
    trust: Trust = None,
    language: InLanguage = None,
) -> None:
    """Keep how it was at a check, signed.  That is no proof that it was in order."""
    from schouw_agent.errors import ConfigError
    from schouw_agent.signing import fingerprint, load_or_create_key
    from schouw_collector import config
    from schouw_collector.change.baseline import make_baseline, signed
    from schouw_collector.evidence.assessment_source import read_source

    w = wording(language)
    baseline = make_baseline(read_source(source, _trusted(trust)), _now())
    signing_key = load_or_create_key(key or config.signing_key_path())
    try:
        with output.open("xb") as file:
            file.write(signed(baseline, signing_key))
    except FileExistsError:
        raise ConfigError(f"{output.name}: is there already, and is not overwritten") from None
    except OSError as error:
        raise ConfigError(f"{output.name}: {error.strerror}") from None
    console.write(
        [
            w("baseline.written", file=output),
            w.of(baseline.statement),
            w("check.fingerprint", fingerprint=fingerprint(signing_key.public_key())),
        ]
    )


@app.command()
def compare(
    baseline: BaselineFile,
    evidence: Annotated[
        list[Path], typer.Argument(metavar="EVIDENCE…", help="Later checks, of any order.")
    ],
    trust: Trust = None,
    record: Annotated[
        bool, typer.Option(help="Write new events to the log beside the baseline.")
    ] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    language: InLanguage = None,
) -> None:
    """Say what changed since a baseline, and what is to decide.

    Exit code 1: something asks for a decision.
    """
    from schouw_collector.change import decisions
    from schouw_collector.change.baseline_text import since
    from schouw_collector.change.fingerprint import take
    from schouw_collector.change.since import Since
    from schouw_collector.change.watch import Watch, to_decide, with_states
    from schouw_collector.evidence.assessment_source import read_source

    now = _now()
    signer = _trusted(trust)
    about = _read(baseline, trust)
    prints = [take(read_source(path, signer).assessment) for path in evidence]
    watch = Watch(about.baseline.fingerprint)
    for window in sorted(prints, key=lambda p: (p.period.start, p.period.end)):
        watch.add(window)
    events = watch.events()
    path = decisions.log_path(baseline)
    if record and to_decide(events):
        lines = decisions.record(path, about, events, now)
    else:
        lines = decisions.read_decisions(path, about)[0]
    events = with_states(events, decisions.states(lines, events, now.date()))
    found = Since(
        baseline_sha256=about.sha256,
        baseline=about.baseline.fingerprint.period,
        statement=about.baseline.statement,
        windows=tuple(p.period for p in prints),
        knowledge_changed=any(p.knowledge != about.baseline.fingerprint.knowledge for p in prints),
        events=events,
    )
    if as_json:
        console.write([found.model_dump_json(by_alias=True, indent=2)])
    else:
        console.write(since(found, wording(language)))
    if to_decide(events):
        raise typer.Exit(1)


@app.command()
def accept(
    baseline: BaselineFile,
    events: Events,
    by: By,
    why: Why,
    until: Annotated[datetime, typer.Option(help="The last day.", formats=["%Y-%m-%d"])],
    register_change: Annotated[
        str, typer.Option(help="Where the register was changed for it.", metavar="REF")
    ] = "",
    trust: Trust = None,
    language: InLanguage = None,
) -> None:
    """Accept changes for some time.  A group covers what later shows with the same cause."""
    from schouw_collector.change.decisions import decide, log_path

    decided = decide(
        log_path(baseline),
        _read(baseline, trust),
        events,
        accept=True,
        who=by,
        why=why,
        now=_now(),
        until=until.date(),
        register_change=register_change,
    )
    n = len(decided.change_ids)
    console.tell(wording(language)("baseline.accepted", n=n, until=until.date()))


@app.command()
def reject(
    baseline: BaselineFile,
    events: Events,
    by: By,
    why: Why,
    trust: Trust = None,
    language: InLanguage = None,
) -> None:
    """Reject changes, which must be undone.

    They stay in sight until they are.
    """
    from schouw_collector.change.decisions import decide, log_path

    about = _read(baseline, trust)
    decided = decide(log_path(baseline), about, events, accept=False, who=by, why=why, now=_now())
    console.tell(wording(language)("baseline.rejected", n=len(decided.change_ids)))


@app.command()
def timeline(
    baseline: BaselineFile,
    trust: Trust = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    language: InLanguage = None,
) -> None:
    """Say who did what when, and how it was decided.  Checks baseline and log on the way."""
    from schouw_collector.change.baseline_text import timeline as lines_of
    from schouw_collector.change.decisions import log_path, read_decisions

    about = _read(baseline, trust)
    lines, log = read_decisions(log_path(baseline), about)
    if as_json:
        console.write([line.model_dump_json() for line in lines])
    else:
        console.write(lines_of(about, lines, log, wording(language)))


def _read(path: Path, trust: str | None) -> "SignedBaseline":
    from schouw_collector.change.baseline import read_baseline

    return read_baseline(path, _trusted(trust))


def _trusted(trust: str | None) -> str | None:
    from schouw_agent.signing import read_trusted

    return None if trust is None else read_trusted(trust)


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
