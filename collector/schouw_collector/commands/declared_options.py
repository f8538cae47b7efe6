"""Options of the command line for files that say more than the register does."""

from pathlib import Path
from typing import Annotated

import typer

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
