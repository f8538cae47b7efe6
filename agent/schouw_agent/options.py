"""Options that the commands of agent and collector share, as typer takes them."""

from typing import Annotated

import typer

OptionalSources = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[SOURCE…]", help="Captures (pcap or pcapng); - is one on standard input."
    ),
]
Interface = Annotated[
    list[str] | None,
    typer.Option("--interface", metavar="NAME", help="Look at an interface live; may be repeated."),
]
Duration = Annotated[
    str, typer.Option(metavar="TIME", help="How long to look live: 90s, 15m, 2h; else until ^C.")
]
Filter = Annotated[
    str,
    typer.Option("--filter", metavar="EXPRESSION", help="See no other frames: 'udp port 1883'."),
]
Ring = Annotated[float, typer.Option(metavar="MIB", help="Memory that the kernel writes to.")]
SnapLength = Annotated[int, typer.Option(metavar="OCTETS", help="Most octets kept of a frame.")]
Shunt = Annotated[
    bool, typer.Option("--shunt", help="Copy only headers of media once it is recognised.")
]
