"""`schouw bind`: which device is which entry, suggested by Schouw and decided by people."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from schouw_agent.errors import ConfigError
from schouw_collector import config
from schouw_collector.saying import console

if TYPE_CHECKING:
    from schouw_collector.binding.binding_writing import Section
    from schouw_collector.binding.suggestions import Suggestion
    from schouw_collector.saying.wording import Wording

app = typer.Typer(
    help="Say which device is which entry of the register.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Inventory = Annotated[
    list[Path],
    typer.Option(
        metavar="FILE", help="What was seen: reports (JSON) or captures; may be repeated."
    ),
]
RegisterFile = Annotated[Path, typer.Option(help="The register of sensors.", metavar="FILE")]
BindingsFile = Annotated[Path | None, typer.Option(help="What was decided so far.", metavar="FILE")]
DecisionsFile = Annotated[
    Path,
    typer.Option("--bindings", help="The file to add to; made if it is not there.", metavar="FILE"),
]
OrderFile = Annotated[
    Path | None, typer.Option(help="Mandate, scope and exclusions, for captures.", metavar="FILE")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
SuggestionsFile = Annotated[
    Path,
    typer.Option("--from", help="What `schouw bind suggest --json` printed.", metavar="FILE"),
]
Chosen = Annotated[
    list[str] | None, typer.Argument(metavar="[ID…]", help="Ids, or numbers in the list from 1.")
]
By = Annotated[str, typer.Option(help="Role of the person who decides; not a name.")]
Spoken = Annotated[
    str, typer.Option("--language", help="nl or en; default: the locale, else English.")
]


@app.callback()
def _group() -> None:
    """Say which device is which entry of the register."""


@app.command()
def suggest(
    inventory: Inventory,
    register: RegisterFile,
    bindings: BindingsFile = None,
    candidates: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="Export that names devices (schouw list candidates); may be repeated.",
        ),
    ] = None,
    order: OrderFile = None,
    as_json: AsJson = False,
    language: Spoken = "",
) -> None:
    """Suggest entries for devices that are not bound, with reasons.  Nothing is changed."""
    from schouw_collector.binding.bind_text import suggestion_lines
    from schouw_collector.binding.binding_inventory import look, read_all_candidates
    from schouw_collector.binding.suggestions import suggest as run

    w = _wording(language)
    rows, errors = read_all_candidates(candidates or ())
    console.tell(*errors)
    seen = look(inventory, register, bindings, order)
    found = run(seen.devices, seen.entries, seen.binding, seen.bindings, rows)
    if as_json:
        console.write([found.model_dump_json(indent=2, by_alias=True)])
    else:
        console.write(suggestion_lines(found, w))


@app.command()
def accept(
    suggestions: SuggestionsFile,
    bindings: DecisionsFile,
    by: By,
    ids: Chosen = None,
    all_above: Annotated[
        float | None,
        typer.Option(min=0.5, max=1, help="All with at least this score that no other comes near."),
    ] = None,
    note: Annotated[str, typer.Option(help="To be kept with each.")] = "",
    language: Spoken = "",
) -> None:
    """Add suggestions to the bindings file.

    Those that are named, or all clear ones.

    One that is named counts as sure; in bulk each is as sure as its score.
    """
    from schouw_collector.binding.binding_choices import (
        accepted,
        choose,
        clear_above,
        read_suggestions,
    )
    from schouw_collector.binding.binding_inventory import read_file

    found = read_suggestions(suggestions.name, read_file(suggestions))
    named = choose(found, ids or ())
    bulk = [] if all_above is None else clear_above(found, all_above)
    bulk = [row for row in bulk if row not in named]
    if not ids and all_above is None:
        raise ConfigError("name suggestions, or give --all-above")
    day = datetime.now(UTC).date()
    rows = accepted(named, _role(by), day, note, in_bulk=False)
    rows += accepted(bulk, _role(by), day, note, in_bulk=True)
    _add(bindings, "bindings", rows, [*named, *bulk], _wording(language))


@app.command()
def reject(
    suggestions: SuggestionsFile,
    bindings: DecisionsFile,
    by: By,
    ids: Chosen = None,
    reason: Annotated[str, typer.Option(help="Why not.")] = "",
    language: Spoken = "",
) -> None:
    """Note in the bindings file that suggestions are wrong.

    They are not made again.
    """
    from schouw_collector.binding.binding_choices import choose, read_suggestions, rejected
    from schouw_collector.binding.binding_inventory import read_file

    if not ids:
        raise ConfigError("name suggestions")
    found = read_suggestions(suggestions.name, read_file(suggestions))
    chosen = choose(found, ids)
    rows = rejected(chosen, _role(by), datetime.now(UTC).date(), reason)
    _add(bindings, "rejected", rows, chosen, _wording(language))


@app.command("list")
def list_(
    inventory: Inventory,
    register: RegisterFile,
    bindings: BindingsFile = None,
    order: OrderFile = None,
    as_json: AsJson = False,
    language: Spoken = "",
) -> None:
    """List what is bound and what is not, and contradictions.

    The most sensitive data come first.
    """
    from schouw_collector.binding.bind_list import state_of
    from schouw_collector.binding.bind_text import state_lines
    from schouw_collector.binding.binding_inventory import look

    w = _wording(language)
    state = state_of(look(inventory, register, bindings, order))
    if as_json:
        console.write([state.model_dump_json(indent=2)])
    else:
        console.write(state_lines(state, w))


def _add(
    path: Path,
    section: "Section",
    rows: "list[dict[str, object]]",
    chosen: "list[Suggestion]",
    w: "Wording",
) -> None:
    from schouw_collector.binding.bind_text import chosen_lines
    from schouw_collector.binding.binding_inventory import read_file
    from schouw_collector.binding.binding_writing import add_rows, replace_file

    before = read_file(path) if path.exists() else b""
    added = add_rows(path.name, before, section, rows)
    if added.rows:
        replace_file(path, added.octets)
        console.write(chosen_lines(chosen))
    console.tell(w("bind.added", n=added.rows, file=path.name))
    if not added.comments_kept:
        console.tell(w("bind.comments_lost", file=path.name))


def _role(by: str) -> str:
    if not by.strip():
        raise ConfigError("--by is the role of the person who decides")
    return by.strip()


def _wording(language: str) -> "Wording":
    from schouw_collector.saying.wording import LANGUAGES, Wording

    if language and language not in LANGUAGES:
        raise ConfigError("--language is nl or en")
    return Wording(language or config.language())
