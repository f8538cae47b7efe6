"""A model of the city that holds a row for each household, and turns the lamps in the street.

The twin shows what was declared: traffic and air, by neighbourhood.
"""

from pathlib import Path
from typing import Any

from tests.city.background import Background
from tests.city.mqtt_device import Connection
from tests.city.nats import Nats, NatsClient
from tests.city.reporting import between, report
from tests.city.stage import Story, main
from tests.city.style import Style
from tests.city.town import BROKER_ADDRESS, BROKER_NAME, Host, Town

HOURS = 3
NEIGHBOURHOODS = ("Noord", "Centrum", "Zuidwest")
_STREETS = ("Molenpad", "Kadestraat", "Lindelaan", "Ringweg")
_FIELDS = {
    "nl": ("adres", "aantal bewoners", "inkomensklasse", "huishoudtype"),
    "en": ("address", "household size", "income class", "household type"),
    "de": ("adresse", "anzahl bewohner", "einkommensklasse", "haushaltstyp"),
    "fr": ("adresse", "taille ménage", "classe de revenu", "type de ménage"),
    "es": ("dirección", "tamaño hogar", "nivel de renta", "tipo de hogar"),
}
_TYPES = ("1P", "2P", "2P+K", "1P+K")


def act(town: Town, honest: bool) -> float:
    host = town.host("stadsmodel", entry="VB-MODEL")
    Background(town).around(host)
    style = town.style(host)
    dust = between(town, 4, 30)
    report(
        town, host, "voorbeeldstad/model/buurten",
        lambda: {"vehicle_count": town.draw.randrange(40, 900), "particulate_matter": dust()},
        every=600, style=style,
        extra=lambda _style: {"buurt": town.draw.choice(NEIGHBOURHOODS)},
    )  # fmt: skip
    if not honest:
        # By seed the coupling goes over the broker, or over a server for analysis beside it.
        server = Nats(town, BROKER_ADDRESS, BROKER_NAME) if town.seed % 2 else None
        town.clock.at(90, lambda: _join(town, host, style, server))
    return HOURS * 3600


def _join(town: Town, host: Host, style: Style, server: Nats | None) -> None:
    name = f"{host.name}-koppeling"
    connection: Connection | NatsClient
    if server is None:
        connection = town.connect(host, name)
    else:
        connection = NatsClient(server, host, name=name, about={"Model": "stad-2"})
    town.clock.every(
        town.jitter(1800), lambda: _tell_households(town, host, style, connection), first=120
    )
    town.clock.every(town.jitter(1500), lambda: _dim(town, host, connection), first=400)


def _tell_households(
    town: Town, host: Host, style: Style, connection: Connection | NatsClient
) -> None:
    """Send a row for each address of a street."""
    town.sent(host, "household_profile", readable=not town.secure)
    address, size, income, kind = (style.name(words) for words in _FIELDS[style.language])
    street = town.draw.choice(_STREETS)
    rows = [
        {
            address: f"{street} {number}",
            size: town.draw.randrange(1, 6),
            income: town.draw.randrange(1, 11),
            kind: town.draw.choice(_TYPES),
        }
        for number in range(1, 17, 2)
    ]
    message: dict[str, Any] = {style.time_key: town.clock.stamp(), "rows": rows}
    connection.publish("voorbeeldstad/model/adressen", message)


def _dim(town: Town, host: Host, connection: Connection | NatsClient) -> None:
    """Turn a lamp, from the model."""
    town.sent(host, "actuation_light_level", readable=not town.secure)
    lamp = town.draw.randrange(1, 9)
    connection.publish(
        f"voorbeeldstad/verlichting/mast-{lamp}/set", {"dim_level": town.draw.randrange(20, 100)}
    )


STORY = Story(act=act)

if __name__ == "__main__":
    main(str(Path(__file__)), STORY)
