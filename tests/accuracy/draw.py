"""Values for the labelled cases, drawn by a seed: invented devices and invented people.

A text that begins with `~` says what to draw: `~float 15 25 1` is a number from 15 to 25 with one
decimal, `~mac phone` a locally administered address.  In braces it may stand in a longer text:
`lamp-{~int 1 9}`.  Nothing here is of a real person or place:
addresses are of documentation ranges or locally administered, plates have no owner.
"""

import base64
import math
import random
import re
import uuid
from collections.abc import Callable
from typing import Any

_EPOCH = 1_780_000_000
_WITHIN = re.compile(r"\{(~[^}]*)\}")
_CONSONANTS = "BDFGHJKLNPRSTVXZ"


def draw(template: Any, random_: random.Random) -> Any:
    """Return a template with every `~` text replaced by a value."""
    if isinstance(template, dict):
        return {key: draw(value, random_) for key, value in template.items()}
    if isinstance(template, list):
        return [draw(value, random_) for value in template]
    if isinstance(template, str) and "~" in template:
        return _text(template, random_)
    return template


def _text(text: str, random_: random.Random) -> Any:
    if text.startswith("~"):
        kind, *arguments = text[1:].split()
        return _KINDS[kind](random_, *arguments)
    return _WITHIN.sub(lambda found: str(_text(found[1], random_)), text)


def _integer(random_: random.Random, low: str, high: str) -> int:
    return random_.randint(int(low), int(high))


def _float(random_: random.Random, low: str, high: str, decimals: str) -> float:
    return round(random_.uniform(float(low), float(high)), int(decimals))


def _hex(random_: random.Random, digits: str) -> str:
    return "".join(random_.choices("0123456789abcdef", k=int(digits)))


def _mac(random_: random.Random, whose: str) -> str:
    last = f"{random_.randrange(256):02x}"
    if whose == "vendor":
        return f"00:00:5e:00:53:{last}"  # for documentation: RFC 7042, 2.1.2
    return f"{random_.choice('0123456789abcdef')}{random_.choice('26ae')}:1a:4b:00:00:{last}"


def _plate(random_: random.Random, country: str) -> str:
    shape = {
        "nl": random_.choice(("LL-DDD-L", "L-DDD-LL", "DD-LL-LL", "LLL-DD-L")),
        "uk": "LLDD LLL",
        "de": "L-LL DDDD",
        "fr": "LL-DDD-LL",
        "es": "DDDD LLL",
    }[country]
    drawn = {"L": lambda: random_.choice(_CONSONANTS), "D": lambda: str(random_.randrange(10))}
    return "".join(drawn[c]() if c in drawn else c for c in shape)


def _vector(random_: random.Random, size: str) -> list[float]:
    values = [random_.gauss(0, 1) for _ in range(int(size))]
    norm = math.sqrt(sum(x * x for x in values))
    return [round(x / norm, 6) for x in values]


def _walk(random_: random.Random, size: int, start: float, step: float) -> list[float]:
    values = [start]
    while len(values) < size:
        values.append(round(values[-1] + random_.uniform(-step, step), 1))
    return values


def _tone(random_: random.Random, size: str) -> list[int]:
    high, low = random_.uniform(0.5, 1.2), random_.uniform(0.02, 0.2)
    return [
        round(6000 * math.sin(i * high) + 2000 * math.sin(i * low) + random_.gauss(0, 200))
        for i in range(int(size))
    ]


def _with_check(digits: str, passes: Callable[[str], bool]) -> str:
    return next(d for d in (f"{digits}{i}" for i in range(10)) if passes(d))


def _luhn(digits: str) -> bool:
    doubled = [int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(digits))]
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


def _bsn(random_: random.Random) -> str:
    while True:  # "99" begins none that was given out
        digits = f"99{random_.randrange(10**7):07d}"
        weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
        if sum(w * int(d) for w, d in zip(weights, digits, strict=True)) % 11 == 0:
            return digits


_KINDS: dict[str, Callable[..., Any]] = {
    "int": _integer,
    "float": _float,
    "ftext": lambda r, *a: str(_float(r, *a)),
    "bool": lambda r: r.random() < 0.5,
    "pick": lambda r, *words: r.choice(" ".join(words).split("|")),
    "time": lambda r: (
        f"2026-06-{r.randint(1, 28):02d}T{r.randrange(24):02d}:{r.randrange(60):02d}:00Z"
    ),
    "epoch": lambda r: _EPOCH + r.randrange(10**6),
    "epochms": lambda r: (_EPOCH + r.randrange(10**6)) * 1000,
    "serial": lambda r: f"{r.choice('ABCD')}{r.randrange(100):02d}-{r.randrange(10**4):04d}",
    "hex": _hex,
    "b64": lambda r, size: base64.b64encode(r.randbytes(int(size))).decode(),
    "uuid": lambda r: str(uuid.UUID(int=r.getrandbits(128), version=4)),
    "mac": _mac,
    "ip": lambda r: f"203.0.113.{r.randint(1, 254)}",
    "lat": lambda r: round(r.uniform(51, 53), 6),
    "lon": lambda r: round(r.uniform(4, 6), 6),
    "plate": _plate,
    "vector": _vector,
    "levels": lambda r, size: [round(r.uniform(30, 70), 1) for _ in range(int(size))],
    "series": lambda r, size: _walk(r, int(size), 15, 0.3),
    "thermal": lambda r, size: [round(r.uniform(18, 31), 2) for _ in range(int(size))],
    "pcm": _tone,
    "imei": lambda r: _with_check(f"0010{r.randrange(10**10):010d}", _luhn),
    "imsi": lambda r: f"00101{r.randrange(10**10):010d}",
    "bsn": _bsn,
    "email": lambda r: f"voorbeeld{r.randrange(100)}@mail.example.org",
    "phone": lambda r: f"+31 6 {r.randrange(10**4):08d}",
    "track": lambda r: f"{_EPOCH + r.randrange(10**6)}.{r.randrange(10**6):06d}-{_hex(r, '6')}",
}
