"""The parts of the docs that are written from the code; `make docs` puts them in their pages."""

import ast
import importlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# Plain help text: no boxes, the same on every terminal.  Read when typer is imported.
os.environ["TYPER_USE_RICH"] = "0"

import typer
from typer.testing import CliRunner

from schouw_agent.plugins import discover
from schouw_agent.vocabulary import CATEGORIES
from schouw_collector.comparing.combinations import combinations
from schouw_collector.comparing.purposes import KnownPurpose, purpose_table

ROOT = Path(__file__).resolve().parent.parent


def extension_table(package: str, constant: str) -> str:
    """Return a table of the extensions of a package: id, title, reference."""
    found = discover(importlib.import_module(package), constant)
    rows = [(f"`{key}`", item.title, item.reference) for key, item in found.items()]
    return _table(("Id", "Title", "Reference"), rows)


def category_table() -> str:
    """Return a table of the data categories, with what they are called in both languages."""
    rows = [
        (f"`{key}`", item.en, item.nl, item.privacy_class, "yes" if item.ancillary else "")
        for key, item in CATEGORIES.items()
    ]
    return _table(("Id", "English", "Dutch", "Privacy class", "Of the device itself"), rows)


def purposes_table() -> str:
    """Return the table of purposes: what each may need, and by what words it is known."""
    table = purpose_table()
    rows: list[tuple[str, ...]] = [
        (
            f"{row.name.en}<br>*{row.name.nl}*",
            ", ".join(f"`{category}`" for category in row.allowed),
            row.why.en,
            "; ".join(_limits(row)) or "none",
            row.source.en if row.source else "reasons of its own",
        )
        for row in table.purposes.values()
    ]
    head = ("Purpose", "May need", "Because", "Limits", "Source")
    return f"Version {table.edition}.\n\n{_table(head, rows)}"


def _limits(row: KnownPurpose) -> Iterator[str]:
    if row.smallest_window_seconds:
        yield f"numbers over {row.smallest_window_seconds:g} s or more"
    if row.shortest_interval_seconds:
        yield f"every {row.shortest_interval_seconds:g} s or slower"
    if row.retention:
        yield f"kept for at most {row.retention}"
    if row.recipients:
        yield f"may go to: {', '.join(row.recipients)}"


def combinations_table() -> str:
    """Return the table of kinds of data that identify together."""
    rows: list[tuple[str, ...]] = [
        (
            ", ".join(f"`{category}`" for category in sorted(row.one)),
            ", ".join(f"`{category}`" for category in sorted(row.other)),
            row.why.en,
        )
        for row in combinations()
    ]
    return _table(("One of", "with one of", "Because"), rows)


def module_tables(package: str) -> str:
    """Return, for each folder of a package, a table of its modules and what each is for."""
    top = ROOT / package
    parts = []
    for folder in (top, *sorted(path.parent for path in top.glob("*/**/__init__.py"))):
        rows = [
            (f"`{path.name}`", _first_line(path))
            for path in sorted(folder.glob("*.py"))
            if path.name != "__init__.py"
        ]
        if rows:
            name, about = folder.relative_to(ROOT), _first_line(folder / "__init__.py")
            parts.append(f"### `{name}/`\n\n{about}\n\n" + _table(("Module", "Holds"), rows))
    return "\n\n".join(parts)


def command_help(program: str, module: str) -> str:
    """Return the help of a program and of each of its commands, as a terminal shows it."""
    app = importlib.import_module(module).app
    return "\n\n".join(
        f"### `{' '.join((program, *words))}`\n\n```text\n{_help(program, app, words)}\n```"
        for words in _commands(typer.main.get_command(app))
    )


def _commands(command: Any, words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield words
    for name, part in getattr(command, "commands", {}).items():
        if not part.hidden:
            yield from _commands(part, (*words, name))


def _help(program: str, app: typer.Typer, words: tuple[str, ...]) -> str:
    done = CliRunner().invoke(
        app, [*words, "--help"], prog_name=program, env={"TERMINAL_WIDTH": "96"}
    )
    if done.exit_code:
        raise RuntimeError(f"{program} {' '.join(words)} --help: exit code {done.exit_code}")
    return "\n".join(line.rstrip() for line in done.output.strip().splitlines())


def _first_line(path: Path) -> str:
    documented = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return documented.partition("\n\n")[0].replace("\n", " ")


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(_cell(text) for text in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
