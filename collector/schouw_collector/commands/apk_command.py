"""`schouw apk`: the questionnaire behind the governance file, and the yearly inspection."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from schouw_agent.errors import ConfigError
from schouw_collector.commands import declared_options
from schouw_collector.commands.language_option import InLanguage, Language, wording
from schouw_collector.saying import console

if TYPE_CHECKING:
    from schouw_collector.records import Words

app = typer.Typer(
    help="The yearly inspection of grip on smart-city applications.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.callback()
def _group() -> None:
    """The yearly inspection of grip on smart-city applications."""


@app.command()
def interview(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Governance file (YAML).")],
    language: Annotated[Language, typer.Option(help="Of the questions.")] = Language.nl,
) -> None:
    """Ask what only people can declare.

    The answers are written to a governance file.

    What the file says already is proposed.  Enter keeps it; a dash says that there is none.
    """
    import yaml

    from schouw_collector.apk.apk_interview import interview as run
    from schouw_collector.declared.governance import read_governance
    from schouw_collector.registers.structured import read_document

    earlier: dict[str, Any] = {}
    if file.exists():
        octets = file.read_bytes()
        read_governance(file.name, octets)
        earlier = read_document(octets)

    def ask(words: "Words", proposed: str, problem: "Words | None") -> str:
        if problem is not None:
            console.tell(problem.nl if language is Language.nl else problem.en)
        text = words.nl if language is Language.nl else words.en
        answer = typer.prompt(text, default=proposed, show_default=bool(proposed), err=True)
        return str(answer)

    document = run(ask, earlier, datetime.now(UTC).date())
    octets = yaml.safe_dump(document, sort_keys=False, allow_unicode=True).encode()
    read_governance(file.name, octets)
    part = file.with_name(file.name + ".part")
    try:
        part.write_bytes(octets)
        part.replace(file)
    except OSError as error:
        raise ConfigError(f"{file.name}: {error.strerror}") from None
    console.tell(f"{file}: written")


@app.command()
def report(
    evidence: Annotated[Path, typer.Argument(metavar="DIR", help="Evidence folder of a check.")],
    register: declared_options.Register,
    register_map: declared_options.RegisterMap = None,
    governance: declared_options.Governance = None,
    bindings: declared_options.Bindings = None,
    algorithms: declared_options.Algorithms = None,
    earlier: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Outcome of an earlier year; may be repeated."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write apk.json and apk.nl/en.html there.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    language: InLanguage = None,
) -> None:
    """Say how each of the thirteen items stands.

    What is shown, only declared, or seen to be otherwise.
    """
    from schouw_collector.apk.apk_reading import Inputs, apk_of, read_outcomes
    from schouw_collector.apk.apk_text import apk_lines
    from schouw_collector.binding.binding import read_bindings
    from schouw_collector.declared.algorithms import read_algorithms
    from schouw_collector.declared.governance import read_governance
    from schouw_collector.evidence.verification import read_verified
    from schouw_collector.registers.register_source import read_declared, read_file
    from schouw_collector.reports.apk_page import write_pages

    found = apk_of(
        Inputs(
            assessment=read_verified(evidence)[0],
            register=read_declared(register, register_map).register,
            bindings=read_bindings(bindings.name, read_file("bindings", bindings))
            if bindings
            else None,
            governance=read_governance(governance.name, read_file("governance", governance))
            if governance
            else None,
            algorithms=read_algorithms(
                algorithms.name, read_file("algorithms", algorithms)
            ).algorithms
            if algorithms
            else None,
        ),
        datetime.now(UTC).date(),
    )
    outcomes = read_outcomes(earlier or [])
    if output is not None:
        write_pages(output, found, outcomes)
    if as_json:
        console.write([found.model_dump_json(by_alias=True, indent=2)])
    else:
        console.write(apk_lines(found, outcomes, wording(language)))
