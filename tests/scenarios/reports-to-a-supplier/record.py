"""A pillar in the town hall on which residents report what is wrong in the street.

All that they type goes to a supplier: what they saw, who they are, and a picture.  The twin sends
the municipality how many reports there were, of which kind and about which neighbourhood.
"""

import base64
import json
from pathlib import Path

from tests.city.background import Background
from tests.city.media import squares
from tests.city.stage import Story, main
from tests.city.style import Style
from tests.city.town import Host, Town
from tests.city.web import request

HOURS = 6
REPORTS = 7
SUPPLIER, SUPPLIER_NAME = "203.0.113.90", "api.voorbeeldmelding.example"
CITY, CITY_NAME = "192.0.2.20", "meldingen.voorbeeldstad.example"
_KINDS = ("afval", "verlichting", "wegdek", "overlast", "ondermijning")
_NEIGHBOURHOODS = ("Noord", "Centrum", "Zuidwest")
_FIELDS = {
    "nl": ("omschrijving", "naam melder", "e-mail", "telefoonnummer", "foto", "categorie"),
    "en": ("description", "reporter name", "email", "phone number", "photo", "category"),
    "de": ("beschreibung", "name melder", "email", "telefonnummer", "foto", "kategorie"),
    "fr": ("description", "nom déclarant", "email", "téléphone", "photo", "catégorie"),
    "es": ("descripción", "nombre denunciante", "email", "teléfono", "foto", "categoría"),
}
_SAID = (
    "Er ligt al een week grofvuil naast de container op de hoek, het stinkt en er lopen ratten.",
    "De lamp voor nummer 12 knippert elke avond, mijn moeder durft er niet meer langs.",
    "Bij de loods aan de kade rijden elke nacht busjes af en aan, volgens mij klopt dat niet.",
    "Een losse tegel op de stoep, ik ben er vanmorgen over gestruikeld en had bijna een ongeluk.",
)
_FIRST = ("Noor", "Sem", "Fatima", "Joris", "Lotte", "Emre")
_LAST = ("van Duinhoven", "Bakkersma", "El Ouardi", "de Weerd", "Yildirim", "Hogeveen")


def act(town: Town, honest: bool) -> float:
    town.names |= {SUPPLIER_NAME: SUPPLIER, CITY_NAME: CITY}
    port = 443 if town.secure else 80
    for address, name in ((SUPPLIER, SUPPLIER_NAME), (CITY, CITY_NAME)):
        town.web.serve(address, port, name=name if town.secure else "")
    host = town.host("meldzuil", entry="VB-MELDZUIL")
    Background(town).around(host)
    town.clock.every(town.jitter(900), lambda: _watch(town, host), first=60)
    if honest:
        town.clock.every(town.jitter(1800), lambda: _count(town, host), first=300)
    else:
        for _ in range(REPORTS):
            town.clock.at(town.draw.uniform(120, HOURS * 3600), lambda: _report(town, host))
    return HOURS * 3600


def _watch(town: Town, host: Host) -> None:
    """Tell whether somebody stands before the pillar, which wakes its screen."""
    style = town.style(host)
    town.sent(host, "presence_binary", readable=not town.secure)
    body = {
        style.time_key: town.clock.stamp(),
        style.field("presence_binary"): town.draw.random() < 0.3,
    }
    _post(town, host, CITY, CITY_NAME, "/aanwezigheid", body, style)


def _report(town: Town, host: Host) -> None:
    style = town.style(host)
    town.sent(host, "contact_or_report_text", "still_image", readable=not town.secure)
    said, who, email, telephone, photo, kind = (
        style.name(words) for words in _FIELDS[style.language]
    )
    first, last = town.draw.choice(_FIRST), town.draw.choice(_LAST)
    picture = base64.b64encode(town.draw.choice(squares())).decode()
    report = {
        "id": f"{town.draw.getrandbits(48):012x}",
        style.time_key: town.clock.stamp(),
        kind: town.draw.choice(_KINDS),
        said: town.draw.choice(_SAID),
        who: f"{first} {last}",
        email: f"{first}.{last.split()[-1]}@voorbeeldpost.example".lower(),
        telephone: f"06-0000{town.draw.randrange(10_000):04}",
        photo: picture,
    }
    body = {"report": report} if style.shape in {"nested", "listed"} else report
    _post(town, host, SUPPLIER, SUPPLIER_NAME, "/v3/reports", body, style)


def _count(town: Town, host: Host) -> None:
    style = town.style(host)
    _, _, _, _, _, kind = (style.name(words) for words in _FIELDS[style.language])
    town.sent(host, readable=not town.secure)
    body = {
        style.time_key: town.clock.stamp(),
        style.name("wijk"): town.draw.choice(_NEIGHBOURHOODS),
        kind: town.draw.choice(_KINDS[:4]),
        style.name("aantal"): town.draw.randrange(0, 5),
    }
    _post(town, host, CITY, CITY_NAME, "/tellingen", body, style)


def _post(
    town: Town, host: Host, address: str, name: str, path: str, body: dict, style: Style
) -> None:
    town.look_up(host, name)
    request(
        host.address, address, host=name, path=path, body=json.dumps(body).encode(),
        secure=town.secure, agent=f"meldzuil/{1 + style.pick % 4}.2",
    )  # fmt: skip


STORY = Story(act=act)

if __name__ == "__main__":
    main(str(Path(__file__)), STORY)
