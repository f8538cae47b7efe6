"""`schouw register lint`: what is wrong with a register by itself, without a capture."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from schouw_collector.commands.declared_options import FailOn, Severity
from schouw_collector.commands.language_option import InLanguage, wording
from schouw_collector.saying import console


def lint(
    source: Annotated[
        str, typer.Argument(metavar="FILE|URL", help="The register of sensors.", show_default=False)
    ],
    register_map: Annotated[
        Path | None,
        typer.Option(help="What its columns are, if it is a table.", metavar="FILE"),
    ] = None,
    governance: Annotated[
        Path | None,
        typer.Option(help="Area, impact assessments and contracts.", metavar="FILE"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    language: InLanguage = None,
    fail_on: FailOn = Severity.low,
) -> None:
    """Say what is wrong with a register by itself.

    What contradicts itself, is missing or has expired.  No traffic is needed.

    Exit code 1: there are findings from --fail-on up.  Questions never cause it.
    """
    from schouw_collector.comparing.lint_terminal import lint_lines
    from schouw_collector.comparing.linting import lint as run
    from schouw_collector.declared.governance import read_governance
    from schouw_collector.registers.register_source import read_declared, read_file

    register = read_declared(source, register_map).register
    governed = (
        read_governance(governance.name, read_file("governance", governance))
        if governance
        else None
    )
    found = run(register, datetime.now(UTC).astimezone().date(), governed)
    if as_json:
        console.write([found.model_dump_json(indent=2, by_alias=True)])
    else:
        console.write(lint_lines(found, wording(language)))
    if found.exit_code(fail_on.value):
        raise typer.Exit(1)
