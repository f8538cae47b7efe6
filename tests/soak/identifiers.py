"""Identifiers of people, made anew from a seed, in the notations in which they are written."""

import base64
import json
import random
import uuid
from collections.abc import Callable, Mapping

from tests.leaks.secrets import Secret, _bsn

Kinds = Mapping[str, tuple[Secret, ...]]

_GIVEN = (
    "Sophie", "Thijs", "Ruben", "Hanneke", "Marijke", "Jürgen", "Björn", "Chloé",
    "Małgorzata", "Daan", "Łukasz", "Ayşe", "Çağla", "José", "Zoë", "Søren", "Дмитрий", "Ольга",
    "Γιώργος", "Ελένη", "محمد", "فاطمة", "דוד", "小明", "美咲", "민준", "Nguyễn", "Ştefan",
)  # fmt: skip
_STEMS = (
    "kwik", "zilver", "dwars", "oude", "vlin", "boter", "riet", "mos", "wols", "tjal", "grum",
    "plen", "snor", "hamel", "vreu", "klont",
)  # fmt: skip
_ENDS = (
    "zwaan", "schoon", "stra", "enga", "ligger", "wetering", "mans", "eboer", "kowski", "sson",
    "müller", "oğlu", "ović", "ez",
)  # fmt: skip
_SCRIPTS = (
    "абвгдежзиклмнопрст",
    "αβγδεζηθικλμνξοπρσ",
    "ابتثجحخدذرزسش",
    "אבגדהוזחטיכלמנ",
    "王李張劉陳楊",
)
# No hexadecimal digits: nothing is found by chance in a digest.
_LETTERS = "GHJKLNPRSTVXZ"

PLAIN = "family name alone"
"""The known limit: a word among words, with nothing beside it that says that it is a name."""


def identifiers(chance: random.Random, count: int = 12) -> Kinds:
    """Return `count` of each kind."""
    makers: dict[str, Callable[[int], str]] = {
        "IMEI": lambda i: _spaced(chance, "35" + _digits(chance, 13), (2, 6, 6, 1), i),
        "IMSI": lambda i: _spaced(chance, "20404" + _digits(chance, 10), (3, 2, 10), i),
        "ICCID": lambda i: _spaced(chance, "8931" + _digits(chance, 15), (4, 4, 4, 4, 3), i),
        "IBAN": lambda i: _iban(chance, i),
        "BSN": lambda i: _spaced(chance, _bsn(chance), (3, 3, 3), i),
        "telephone": lambda i: _telephone(chance, i),
        "passport": lambda _: (
            f"{_upper(chance, 2)}{_digits(chance, 1)}{_upper(chance, 1)}"
            f"{_digits(chance, 1)}{_upper(chance, 1)}{_digits(chance, 3)}"
        ),
        "e-mail": lambda i: _mail(chance, i),
        "person": lambda i: _person(chance, i),
        "name of another script": lambda i: _other_script(chance, i),
        "device of a person": lambda i: _belonging(chance, i),
        "SSID": lambda i: _ssid(chance, i),
        "plate": lambda i: _plate(chance, i),
        "mac": lambda i: _mac(chance, i),
        "UUID": lambda i: _uuid(chance, i),
        "web token": lambda _: _web_token(chance),
        "session": lambda i: base64.urlsafe_b64encode(chance.randbytes(18 + i)).decode().strip("="),
        "coordinates": lambda i: _coordinates(chance, i),
        "DevEUI of a tag": lambda i: _notation(chance.randbytes(8).hex(), i),
        "card number": lambda i: _spaced(chance, "4" + _digits(chance, 15), (4, 4, 4, 4), i),
        "password": lambda _: f"Geheim{_digits(chance, 4)}!{_upper(chance, 4)}",
        "birth date": lambda i: f"19{_digits(chance, 2)}-0{chance.randint(1, 9)}-1{i % 10}",
    }
    kinds = {
        kind: tuple(Secret(kind, make(i)) for i in range(count)) for kind, make in makers.items()
    }
    # These may stay, so none of them may be a part of what may not.
    others = " ".join(secret.value for found in kinds.values() for secret in found).lower()
    alone = (_family(chance, 10) for _ in range(100 * count))
    unique = [name for name in dict.fromkeys(alone) if name.lower() not in others]
    return kinds | {PLAIN: tuple(Secret(PLAIN, name) for name in unique[:count])}


def vectors(chance: random.Random, count: int = 12) -> list[list[float]]:
    """Return vectors of faces.  A number of theirs is a secret with eight digits."""
    return [[round(chance.uniform(0.1, 0.9), 8) for _ in range(128)] for _ in range(count)]


def _digits(chance: random.Random, count: int) -> str:
    return "".join(chance.choices("0123456789", k=count))


def _upper(chance: random.Random, count: int) -> str:
    return "".join(chance.choices(_LETTERS, k=count))


def _spaced(chance: random.Random, digits: str, groups: tuple[int, ...], turn: int) -> str:
    separator = ("", " ", "-", ".")[turn % 4]
    parts, at = [], 0
    for size in groups:
        parts.append(digits[at : at + size])
        at += size
    return separator.join(parts)


def _iban(chance: random.Random, turn: int) -> str:
    country, bank = (("NL", "ABNA"), ("DE", "3704"), ("BE", "5390"), ("GB", "NWBK"))[turn % 4]
    whole = f"{country}{_digits(chance, 2)}{bank}{_digits(chance, 10)}"
    spaced = " ".join(whole[i : i + 4] for i in range(0, len(whole), 4))
    return spaced if turn % 3 == 0 else whole


def _telephone(chance: random.Random, turn: int) -> str:
    d = _digits(chance, 9)
    forms = (
        f"06-{d[:8]}", f"+31 6 {d[:2]} {d[2:4]} {d[4:6]} {d[6:8]}", f"0031{d}", f"(020) {d[:7]}",
        f"+32 47{d[0]} {d[1:3]} {d[3:5]} {d[5:7]}", f"+49 (0)151 {d[:8]}", f"07700 900{d[:3]}",
        f"+33.6.{d[:2]}.{d[2:4]}.{d[4:6]}.{d[6:8]}", f"+1-202-555-{d[:4]}", f"0044{d}0",
    )  # fmt: skip
    return forms[turn % len(forms)]


def _family(chance: random.Random, kinds: int = len(_ENDS)) -> str:
    stem, end = chance.choice(_STEMS) + chance.choice("aeiou"), chance.choice(_ENDS[:kinds])
    return (stem + chance.choice("lnr") + end).capitalize()


def _person(chance: random.Random, turn: int) -> str:
    given, family = _GIVEN[(turn * 5 + chance.randrange(5)) % 16], _family(chance)
    forms = (
        f"{given} {family}", f"{family}, {given}", f"{given}.{family}", f"{given}-van-{family}",
        f"{given}{family}", f"mevrouw {family}", f"Dhr. {family}", f"{given[0]}. {family}",
        f"{given[0].lower()}_{family.lower()}", f"Familie {family}", f"van der {family}",
        f"{given}_{family}_{chance.randrange(60, 99)}",
    )  # fmt: skip
    return forms[turn % len(forms)]


def _other_script(chance: random.Random, turn: int) -> str:
    if turn % 2:
        return f"{_GIVEN[16 + turn % 12]} {_family(chance)}"
    letters = _SCRIPTS[turn // 2 % len(_SCRIPTS)]
    first, last = ("".join(chance.choices(letters, k=n)) for n in (4, 6))
    return f"{first} {last}"


def _mail(chance: random.Random, turn: int) -> str:
    given, family = chance.choice(("anna", "piet", "joke")), _family(chance, 10).lower()
    local = (f"{given}.{family}", f"{family}", f"{given[0]}.{family}+tag", f"{family}{turn}7")[
        turn % 4
    ]
    return local + ("@mail.example", "@post.example.org")[turn % 2]


def _belonging(chance: random.Random, turn: int) -> str:
    given, family = _GIVEN[turn % 5], _family(chance)
    forms = (
        f"{given}'s iPhone", f"{family}’s iPad", f"iPhone van {family}", f"Galaxy S21 {family}",
        f"AirPods Pro - {family}", f"{family}s-MacBook-Pro", f"Garmin {family}",
        f"Telefoon {family}", f"{given} Watch", f"{family}-laptop", f"Oma {family} tablet",
        f"{family} Fitbit",
    )  # fmt: skip
    return forms[turn % len(forms)]


def _ssid(chance: random.Random, turn: int) -> str:
    family, tail = _family(chance), _digits(chance, 7)
    forms = (
        f"Ziggo{tail}", f"KPN{chance.randbytes(3).hex().upper()}", f"Familie{family}",
        f"FRITZ!Box 7590 {tail[:5]}", f"Fam. {family}", f"AndroidAP{tail[:5]}",
        f"{family}'s hotspot", f"H369A{_upper(chance, 5)}{tail[:2]}",
    )  # fmt: skip
    return forms[turn % len(forms)]


def _plate(chance: random.Random, turn: int) -> str:
    a, d = _upper(chance, 7), str(chance.randrange(1000, 10000))
    forms = (
        f"{a[:2]}-{d[:3]}-{a[2]}", f"{d[0]}-{a[:3]}-{d[1:]}", f"M-{a[:2]} {d}",
        f"{a[:2]}-{d[:3]}-{a[2:4]}", f"{a[:2]}{d[:2]} {a[2:5]}", f"{a[:2]} {d}{d[0]}",
        f"{d} {a[:3]}", f"{a[:2]} {d[:3]} {a[2:4]}", f"{a[:2]}{d[:3]}{a[2]}".lower(),
        f"{d[:2]}{a[:3]}{d[2]}", f"{d[0]} {a[:3]} {d[1:]}", f"{a[:2]}-{a[2:4]} {d[:3]}E",
    )  # fmt: skip
    return forms[turn % len(forms)]


def _notation(digits: str, turn: int) -> str:
    pairs = [digits[i : i + 2] for i in range(0, len(digits), 2)]
    fours = [digits[i : i + 4] for i in range(0, len(digits), 4)]
    forms = (
        ":".join(pairs), "-".join(pairs).upper(), digits, ".".join(fours), digits.upper(),
        f"0x{digits}", " ".join(pairs), "_".join(pairs), ":".join(fours), "\\x" + "\\x".join(pairs),
        ".".join(str(int(p, 16)) for p in pairs), f"eui-{digits}",
    )  # fmt: skip
    return forms[turn % len(forms)]


def _mac(chance: random.Random, turn: int) -> str:
    return _notation((bytes([chance.choice((2, 6, 10, 14))]) + chance.randbytes(5)).hex(), turn)


def _uuid(chance: random.Random, turn: int) -> str:
    made = uuid.UUID(bytes=chance.randbytes(16), version=4)
    return (str(made), made.hex, made.urn, f"{{{str(made).upper()}}}")[turn % 4]


def _web_token(chance: random.Random) -> str:
    parts = [
        b'{"alg":"HS256"}',
        json.dumps({"sub": _family(chance)}).encode(),
        chance.randbytes(32),
    ]
    return ".".join(base64.urlsafe_b64encode(part).decode().strip("=") for part in parts)


def _coordinates(chance: random.Random, turn: int) -> str:
    north, east = f"52.{_digits(chance, 6)}", f"4.{_digits(chance, 6)}"
    forms = (
        f"{north},{east}", f"{north};{east}", f"POINT({east} {north})", f"N{north} E{east}",
        f"u173{''.join(chance.choices('vwxyz789', k=6))}", f"geo:{north},{east}",
        f"52°{_digits(chance, 2)}'{_digits(chance, 2)}.{_digits(chance, 3)}\"N",
    )  # fmt: skip
    return forms[turn % len(forms)]
