"""`schouw register`: say what the columns of a table are, and write a register in another form."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from schouw_agent.errors import ConfigError
from schouw_collector.commands.register_lint_command import lint
from schouw_collector.saying import console

if TYPE_CHECKING:
    from schouw_collector.registers.map_guessing import Guess
    from schouw_collector.registers.register_map import RegisterMap
    from schouw_collector.saying.wording import Wording

app = typer.Typer(
    help="Read, check, map and convert registers.", no_args_is_help=True, rich_markup_mode=None
)
_LEFT_OUT = "-"
_MOST_MEANINGS = 10


@app.callback()
def _group() -> None:
    """Read, check, map and convert registers."""


app.command()(lint)


@app.command()
def fields() -> None:
    """List what a column can be, and how it is often called."""
    from schouw_collector.registers.flat_fields import flat_fields
    from schouw_collector.saying.terminal import table

    rows = [(f.name, f.kind, ", ".join(f.words[:6])) for f in flat_fields().values()]
    console.write(table([("FIELD", "KIND", "OFTEN CALLED"), *rows]))


@app.command("map")
def map_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV, workbook or GeoJSON.")],
    output: Annotated[
        Path, typer.Option(metavar="MAP", help="Mapping file to write (YAML); never overwritten.")
    ],
    sheet: Annotated[str, typer.Option(help="Sheet; default: that with most known headers.")] = "",
    header_row: Annotated[
        int, typer.Option(min=0, help="Row of the headers; default: that with most known ones.")
    ] = 0,
    column: Annotated[
        list[str] | None,
        typer.Option(
            metavar="HEADER=FIELD",
            help="What a column is, - to leave it out; may be repeated. `fields` lists the fields.",
        ),
    ] = None,
    constant: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD=VALUE", help="The same for every row; may be repeated."),
    ] = None,
    date_format: Annotated[
        list[str] | None,
        typer.Option(metavar="FORMAT", help="Such as %d-%m-%Y; default: read off the dates."),
    ] = None,
    decimal_comma: Annotated[
        bool | None,
        typer.Option(help="Whether 52,37 is a number; default: read off the numbers."),
    ] = None,
    separator: Annotated[
        str, typer.Option(help="Between values in one cell; default: read off the lists.")
    ] = "",
) -> None:
    """Propose a mapping file for a table with its own columns.

    It shows how the table is read.

    On a terminal it asks about each column.  Exit code 1: some rows could not be read.
    """
    from schouw_collector.registers.map_guessing import guess
    from schouw_collector.registers.map_preview import preview
    from schouw_collector.registers.register_map import register_map_text
    from schouw_collector.registers.register_reading import read_register
    from schouw_collector.registers.register_source import read_file

    w = _wording()
    octets = read_file("register", file)
    with _named(file):
        guessed = guess(octets, sheet, header_row)
    chosen = {**guessed.fields, **_columns(guessed, column or ())}
    constants: dict[str, object] = dict(_pair("--constant", each) for each in constant or ())
    if sys.stdin.isatty():
        chosen = {
            index: _ask(guessed, index, chosen.get(index, _LEFT_OUT), w)
            for index, header in enumerate(guessed.header)
            if isinstance(header, str)
        }
        if "organisation" not in {*chosen.values(), *constants}:
            organisation = typer.prompt(w("register.ask_organisation"), default="")
            constants |= {"organisation": organisation} if organisation else {}
    given = {
        "constants": constants,
        "date_formats": tuple(date_format or ()),
        "decimal_comma": decimal_comma,
        "separator": separator,
    }
    mapping = _mapping(
        guessed,
        {index: name for index, name in chosen.items() if name != _LEFT_OUT},
        {name: value for name, value in given.items() if value not in (None, "", (), {})},
    )
    if sys.stdin.isatty():
        mapping = _with_meanings(guessed, mapping, w)
    register = read_register(file.name, octets, mapping)
    console.write(preview(register, w))
    _write(output, register_map_text(mapping).encode())
    console.tell(w("register.map_written", path=output))
    if register.errors:
        raise typer.Exit(1)


@app.command()
def convert(
    file: Annotated[str, typer.Argument(metavar="FILE|URL", help="A register in any form.")],
    to: Annotated[
        str, typer.Option("--to", metavar="FORM", help="Form to write; `list registers` names all.")
    ],
    output: Annotated[Path, typer.Option(metavar="FILE", help="File; never overwritten.")],
    register_map: Annotated[
        Path | None,
        typer.Option("--map", metavar="MAP", help="What the columns of the register are."),
    ] = None,
    assessment: Annotated[
        Path | None,
        typer.Option(
            metavar="EVIDENCE",
            help="Evidence of a check: write only a draft of what could be amended.",
        ),
    ] = None,
) -> None:
    """Write a register in another form.  Exit code 1: some entries could not be read.

    With --assessment the entries of which something undeclared was seen are written as they could
    be declared: a draft, on which a person decides.
    """
    from schouw_collector.evidence.assessment_source import read_source
    from schouw_collector.registers.amendment import amended
    from schouw_collector.registers.register_reading import register_formats
    from schouw_collector.registers.register_source import read_declared

    w = _wording()
    writers = {id_: form.write for id_, form in register_formats().items() if form.write}
    if to not in writers:
        raise ConfigError(f"--to is one of {', '.join(writers)}")
    declared = read_declared(file, register_map).register
    register = declared
    if assessment is not None:
        register = amended(declared, read_source(assessment).assessment)
        if not register.entries:
            console.tell(w("register.nothing_to_amend"))
            return
    for text in declared.errors:
        console.tell(w("check.register_error", text=text))
    _write(output, writers[to](register))
    console.tell(w("register.written", n=len(register.entries), path=output))
    if declared.errors:
        raise typer.Exit(1)


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Put the name of a file before the reason why it cannot be read."""
    from schouw_collector.errors import RegisterError

    try:
        yield
    except RegisterError as error:
        raise RegisterError(f"{path.name}: {error}") from None


def _wording() -> "Wording":
    from schouw_collector import config
    from schouw_collector.saying.wording import Wording

    return Wording(config.language())


def _pair(option: str, text: str) -> tuple[str, str]:
    name, equals, value = text.rpartition("=") if option == "--column" else text.partition("=")
    if not equals or not name.strip():
        raise ConfigError(f"{option} is a name, then = and what it is")
    return name.strip(), value.strip()


def _columns(guessed: "Guess", given: "tuple[str, ...] | list[str]") -> dict[int, str]:
    from schouw_collector.registers.flat_fields import flat_fields

    chosen: dict[int, str] = {}
    for text in given:
        header, name = _pair("--column", text)
        places = [i for i, cell in enumerate(guessed.header) if cell == header]
        if not places:
            raise ConfigError(f"--column: the table has no column {header}")
        if name != _LEFT_OUT and name not in flat_fields():
            raise ConfigError("--column: not a field; `schouw register fields` lists them")
        chosen |= dict.fromkeys(places, name)
    return chosen


def _ask(guessed: "Guess", index: int, default: str, w: "Wording") -> str:
    from schouw_collector.registers.flat_fields import flat_fields
    from schouw_collector.registers.sheet import column_letters

    question = w(
        "register.ask_column",
        letters=column_letters(index),
        header=guessed.header[index],
        example=guessed.example(index),
    )
    while True:
        answer = str(typer.prompt(question, default=default)).strip()
        if answer == _LEFT_OUT or answer in flat_fields():
            return answer
        console.tell(w("register.no_field"))


def _mapping(guessed: "Guess", fields: dict[int, str], given: dict[str, object]) -> "RegisterMap":
    from pydantic import ValidationError

    from schouw_agent.errors import explain
    from schouw_collector.registers.map_guessing import proposal

    if "entry_id" not in fields.values():
        raise ConfigError("no column is the reference of each sensor: --column HEADER=entry_id")
    try:
        return proposal(guessed, fields, **given)
    except ValidationError as error:
        raise ConfigError(explain(error)) from None


def _with_meanings(guessed: "Guess", mapping: "RegisterMap", w: "Wording") -> "RegisterMap":
    """Ask what words in columns of yes and no mean that are neither."""
    from schouw_collector.registers.map_guessing import unclear_answers

    meanings = {"y": True, "j": True, "n": False, "?": None}
    columns = list(mapping.columns)
    for place, texts in unclear_answers(guessed, mapping).items():
        said: dict[str, bool | str | None] = {}
        for text in texts[:_MOST_MEANINGS]:
            question = w("register.ask_meaning", column=columns[place].column, text=text)
            said[text] = meanings.get(str(typer.prompt(question, default="?")).lower()[:1])
        columns[place] = columns[place].model_copy(update={"values": said})
    return mapping.model_copy(update={"columns": tuple(columns)})


def _write(path: Path, octets: bytes) -> None:
    try:
        with path.open("xb") as out:
            out.write(octets)
    except FileExistsError:
        raise ConfigError(f"{path.name}: is there already, and is not overwritten") from None
    except OSError as error:
        raise ConfigError(f"{path.name}: {error.strerror}") from None
