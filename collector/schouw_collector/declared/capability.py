"""What a model of device can sense, as its maker or a device repository says.

Capable, declared and observed are three things.  That a device can is no proof that it does; that
a field is absent from a message is no proof that it cannot.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from schouw_agent.report import Device
from schouw_collector.registers.register_entry import RegisterEntry

SAID_BY_DEVICE = "device"
"""Source of what the device says of itself that it can sense."""
SAID_BY_REGISTER = "register"
"""Source of what the register entry says that the device can sense, or what it can do."""

# What follows the name of a firm and does not tell it from another.
_LEGAL_FORMS = frozenset(
    re.findall(
        r"\w+",
        "ag as bv co company corp corporation gmbh inc kg limited llc ltd nv oy plc pty sa sarl sas"
        " spa srl",
    )
)
# A radio is sold once for each band: EM300-868M and EM300-915M are one model.
_BAND = re.compile(
    r"[\s_-]*(?:eu|us|as|au|in|kr|cn|ru)?[\s_-]*(?:433|470|490|863|865|868|870|902|915|920|923|928)"
    r"\s*(?:mhz|m)?$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCapability:
    """What one model can sense or do."""

    vendor: str
    model: str
    categories: tuple[str, ...]
    """Category ids."""
    source: str
    """File and place where it stands."""
    security: tuple[str, ...] = ()
    """Schemes of access that it offers, as Thing Descriptions name them: nosec, basic, oauth2 …"""


def capabilities_of(
    entry: RegisterEntry, devices: Iterable[Device], known: Collection[ModelCapability]
) -> Mapping[str, str]:
    """Return the category ids that an entry's devices can sense or do, sorted, with their sources.

    `devices`: those that are bound to the entry.  The source is `SAID_BY_DEVICE`,
    `SAID_BY_REGISTER`, or that of the first known model which the device, or the register, names by
    vendor and model.  A category that is absent may well be possible.
    """
    found: dict[str, str] = {}
    bound = tuple(devices)
    for device in bound:
        for category in device.capabilities:
            found.setdefault(category, SAID_BY_DEVICE)
    for category in (*entry.capabilities, *(a.category for a in entry.actuation)):
        found.setdefault(category, SAID_BY_REGISTER)
    for model in _models_of(entry, bound, known):
        for category in model.categories:
            found.setdefault(category, model.source)
    return dict(sorted(found.items()))


def access_of(
    entry: RegisterEntry, devices: Iterable[Device], known: Collection[ModelCapability]
) -> tuple[str, ...]:
    """Return the schemes of access that the models of an entry's devices offer, sorted."""
    return tuple(sorted({s for m in _models_of(entry, devices, known) for s in m.security}))


def _models_of(
    entry: RegisterEntry, devices: Iterable[Device], known: Collection[ModelCapability]
) -> Iterator[ModelCapability]:
    named = _named(entry, devices) if known else {}
    return (model for model in known if _is_named(model, named)) if named else iter(())


def _named(entry: RegisterEntry, devices: Iterable[Device]) -> dict[str, set[frozenset[str]]]:
    """Return by what models the devices and the entry go, each with the vendors that go with it."""
    declared = {firm(entry.device.manufacturer), firm(entry.supplier)} - {frozenset()}
    named: dict[str, set[frozenset[str]]] = {}
    for model, vendors in _pairs(entry, devices):
        if model:
            named.setdefault(model, set()).update(vendors - {frozenset()}, declared)
    return named


def _pairs(
    entry: RegisterEntry, devices: Iterable[Device]
) -> Iterator[tuple[str, set[frozenset[str]]]]:
    yield model_key(entry.device.model), set()
    for device in devices:
        yield model_key(device.model), {firm(device.vendor)}


def _is_named(known: ModelCapability, named: Mapping[str, set[frozenset[str]]]) -> bool:
    model = model_key(known.model)
    if not model:
        return False
    vendor = firm(known.vendor)
    if any(vendor and (vendor <= other or other <= vendor) for other in named.get(model, ())):
        return True
    # The name of a device profile often begins with its vendor: "Voorbeeld VB-300".
    return bool(vendor) and model_key(f"{known.vendor} {known.model}") in named


@lru_cache(maxsize=16384)
def model_key(model: str) -> str:
    """Return what the spellings of a model have in common: letters and digits, without its band."""
    text = model.casefold().strip()
    return _letters(_BAND.sub("", text)) or _letters(text)


@lru_cache(maxsize=4096)
def firm(name: str) -> frozenset[str]:
    """Return the words that tell a firm from others, in lower case, without its legal form."""
    words = frozenset(re.findall(r"[^\W_]+", re.sub(r"(?<=\b\w)\.", "", name.casefold())))
    return words - _LEGAL_FORMS


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)
