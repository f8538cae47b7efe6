"""`schouw verify` and `schouw compare`: what can be done with evidence folders."""

from pathlib import Path
from typing import Annotated

import typer

from schouw_collector.commands.language_option import InLanguage, wording
from schouw_collector.saying import console

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Folder = Annotated[Path, typer.Argument(help="An evidence folder.")]


def verify(
    folder: Folder,
    trust: Annotated[
        str | None,
        typer.Option(
            help="The signer's key, or its fingerprint from the record.", metavar="KEY|FINGERPRINT"
        ),
    ] = None,
    language: InLanguage = None,
) -> None:
    """Check that an evidence folder is what was signed.  Exit code 1: it is not."""
    from schouw_agent.signing import read_trusted
    from schouw_collector.evidence.verification import verify as run
    from schouw_collector.saying.terminal import verdict

    found = run(folder, read_trusted(trust) if trust is not None else None)
    console.write(verdict(folder, found, wording(language)))
    if found.problems:
        raise typer.Exit(1)


def compare(old: Folder, new: Folder, as_json: AsJson = False, language: InLanguage = None) -> None:
    """Say what changed between two evidence folders.

    Exit code 1: undeclared data about individuals have appeared.
    """
    from schouw_collector.change.changes import compare as run
    from schouw_collector.evidence.verification import read_verified
    from schouw_collector.saying.terminal import changes

    found = run(read_verified(old)[0], read_verified(new)[0])
    if as_json:
        console.write([found.model_dump_json(indent=2)])
    else:
        console.write(changes(found, wording(language)))
    if found.alarming:
        raise typer.Exit(1)
