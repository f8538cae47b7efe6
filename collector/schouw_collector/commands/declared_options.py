"""Options that several commands share: what was declared, and what to do with an assessment."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Severity(StrEnum):
    """From which severity a finding makes the exit code 1."""

    info = "info"
    low = "low"
    medium = "medium"
    high = "high"


Register = Annotated[str, typer.Option(help="The register of sensors.", metavar="FILE|URL")]
RegisterMap = Annotated[
    Path | None, typer.Option(help="What the columns of the register are.", metavar="FILE")
]
Bindings = Annotated[Path | None, typer.Option(help="Which device is which entry.", metavar="FILE")]
Governance = Annotated[
    Path | None,
    typer.Option(help="Contracts, impact assessments and decisions.", metavar="FILE"),
]
CountryData = Annotated[
    list[Path] | None,
    typer.Option(
        help="In which country addresses are: RIR statistics or CSV of ranges.  Repeatable.",
        metavar="FILE",
    ),
]
Algorithms = Annotated[
    Path | None,
    typer.Option(help="Export of the register of algorithms (JSON or CSV).", metavar="FILE"),
]
Capabilities = Annotated[
    list[Path] | None,
    typer.Option(
        help="What a model can sense: a LoRaWAN device repository's YAML, or a W3C Thing "
        "Description. May be given more than once.",
        metavar="FILE",
    ),
]
Cases = Annotated[
    Path | None,
    typer.Option(help="Case file: show what became of each finding.", metavar="FILE"),
]
FailOn = Annotated[Severity, typer.Option(help="Least severity of a finding for exit code 1.")]
SigningKey = Annotated[
    Path | None, typer.Option(help="Signing key; made at the first use.", metavar="FILE")
]
