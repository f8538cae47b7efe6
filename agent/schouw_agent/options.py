"""Options that the commands of agent and collector share, as typer takes them."""

import functools
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from schouw_agent.live import Live

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
Broker = Annotated[
    str,
    typer.Option(
        "--broker", metavar="URL", help="Subscribe live: mqtt://, mqtts://, ws:// or wss:// host."
    ),
]
Topic = Annotated[
    list[str] | None,
    typer.Option(
        "--topic",
        metavar="FILTER",
        help="What to subscribe to; default: all that the order allows.",
    ),
]
Username = Annotated[str, typer.Option("--username", help="By what name, at the broker.")]
PasswordFile = Annotated[
    Path | None,
    typer.Option("--password-file", metavar="FILE", help="Its first line is the password."),
]
CaFile = Annotated[
    Path | None,
    typer.Option("--ca-file", metavar="FILE", help="Who vouches for the broker (PEM)."),
]
ClientCertificate = Annotated[
    Path | None,
    typer.Option("--client-certificate", metavar="FILE", help="Of Schouw, for the broker (PEM)."),
]
ClientKey = Annotated[
    Path | None,
    typer.Option("--client-key", metavar="FILE", help="Its private key (PEM), if in another file."),
]
ClientId = Annotated[
    str, typer.Option("--client-id", help="At the broker; default: the broker chooses.")
]
MqttVersion = Annotated[
    str,
    typer.Option(
        "--mqtt-version", metavar="VERSION", help="5 or 3.1.1; default: 5, else what is spoken."
    ),
]
PayloadLimit = Annotated[
    int, typer.Option("--payload-limit", metavar="OCTETS", help="Most octets kept of a payload.")
]
CanaryFile = Annotated[
    Path | None,
    typer.Option("--canary-file", metavar="FILE", help="Values that you planted, to look for."),
]

_USUAL = Live()


def _live(
    interface: Interface = None,
    duration: Duration = "",
    expression: Filter = "",
    ring: Ring = _USUAL.ring_mebibytes,
    snap_length: SnapLength = _USUAL.snap_length,
    shunt: Shunt = False,
    broker: Broker = "",
    topic: Topic = None,
    username: Username = "",
    password_file: PasswordFile = None,
    ca_file: CaFile = None,
    client_certificate: ClientCertificate = None,
    client_key: ClientKey = None,
    client_id: ClientId = "",
    mqtt_version: MqttVersion = "",
    payload_limit: PayloadLimit = _USUAL.payload_limit,
) -> Live:
    return Live(
        interfaces=tuple(interface or ()),
        duration=duration,
        filter=expression,
        ring_mebibytes=ring,
        snap_length=snap_length,
        shunt=shunt,
        broker=broker,
        topics=tuple(topic or ()),
        username=username,
        password_file=password_file,
        ca_file=ca_file,
        client_certificate=client_certificate,
        client_key=client_key,
        client_id=client_id,
        mqtt_version=mqtt_version,
        payload_limit=payload_limit,
    )


def with_live(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command that takes each option of a live inspection where it had `live`."""
    own = inspect.signature(command).parameters
    asked = inspect.signature(_live).parameters

    @functools.wraps(command)
    def run(**given: Any) -> None:
        live = _live(**{name: given.pop(name) for name in asked})
        command(live=live, **given)

    taken = [
        p.replace(kind=p.KEYWORD_ONLY)
        for name in own
        for p in (asked.values() if name == "live" else [own[name]])
    ]
    # typer reads the options off the signature, and their types off the annotations.
    vars(run)["__signature__"] = inspect.Signature(taken)
    run.__annotations__ = {p.name: p.annotation for p in taken}
    return run
