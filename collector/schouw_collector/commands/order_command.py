"""`schouw order new`: asks what an order must say, and writes it."""

import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from schouw_agent.errors import ConfigError
from schouw_collector.saying import console

app = typer.Typer(
    help="Write the mandate of an inspection.", no_args_is_help=True, rich_markup_mode=None
)


@app.callback()
def _group() -> None:
    """Write the mandate of an inspection."""


@app.command()
def new(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Order file to write (TOML).")],
    principal: Annotated[str, typer.Option(help="Who orders it, by what decision.")] = "",
    permission: Annotated[str, typer.Option(help="Who of the network's owner gave leave.")] = "",
    purpose: Annotated[str, typer.Option(help="What it is to find out.")] = "",
    start: Annotated[
        datetime | None, typer.Option(help="From when; default: now. Local time.")
    ] = None,
    end: Annotated[
        datetime | None, typer.Option(help="Until when; default: a day after the start.")
    ] = None,
    subnet: Annotated[
        list[str] | None,
        typer.Option(metavar="SUBNET", help="Where the devices are; may be repeated."),
    ] = None,
    guest_subnet: Annotated[
        list[str] | None,
        typer.Option(metavar="SUBNET", help="Where passers-by are; may be repeated."),
    ] = None,
    broker: Annotated[
        list[str] | None,
        typer.Option(metavar="HOST", help="What may be subscribed to; may be repeated."),
    ] = None,
    topic: Annotated[
        list[str] | None,
        typer.Option(metavar="FILTER", help="Topics of the brokers; may be repeated."),
    ] = None,
    exclude: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WHAT=REASON",
            help="Address, subnet, MAC or topic:FILTER not to be looked at; may be repeated.",
        ),
    ] = None,
) -> None:
    """Write an order file, with comments.  On a terminal it asks for what is not given."""
    from schouw_agent.order_form import Answers, order_text

    if sys.stdin.isatty():
        principal = principal or typer.prompt("Principal: who orders it, by what decision")
        permission = permission or typer.prompt("Permission: who of the network's owner, when")
        subnet = subnet or typer.prompt("Subnets of the devices, if not all", default="").split()
        guest_subnet = (
            guest_subnet or typer.prompt("Subnets of passers-by, if any", default="").split()
        )
    elif not (principal and permission):
        raise ConfigError("an order needs --principal and --permission")
    begin = start.astimezone() if start else datetime.now().astimezone().replace(microsecond=0)
    text = order_text(
        Answers(
            principal=principal,
            permission=permission,
            purpose=purpose,
            start=begin,
            end=end.astimezone() if end else begin + timedelta(days=1),
            subnets=subnet or (),
            guest_subnets=guest_subnet or (),
            brokers=broker or (),
            topics=topic or (),
            exclusions=[_exclusion(each) for each in exclude or ()],
        )
    )
    try:
        with file.open("x", encoding="utf-8") as out:
            out.write(text)
    except FileExistsError:
        raise ConfigError(f"{file.name}: is there already, and is not overwritten") from None
    except OSError as error:
        raise ConfigError(f"{file.name}: {error.strerror}") from None
    console.tell(f"{file}: written; read it, and have the principal agree")


def _exclusion(text: str) -> tuple[str, str]:
    what, equals, reason = text.partition("=")
    if not equals or not reason.strip():
        raise ConfigError(
            "--exclude is an address, subnet, MAC or topic:FILTER, then = and the reason"
        )
    return what.strip(), reason.strip()
