"""What a device says of itself, with everything taken out that may be a person's.

Names that people give are templates of which only listed words stay.  What a maker gives (vendor,
model, version, type) stays as far as it looks like that: words, product codes and versions, and
never what looks like a plate, an address, a number or a token of somebody.
"""

import ipaddress
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from schouw_agent.privacy.minimise import minimise_host, minimise_name, minimise_path
from schouw_agent.privacy.name_words import is_given_name, is_word
from schouw_agent.recognition.looks import look

_PLACEHOLDER = "{id}"
_LONGEST = 255
"""Characters of a fact that are looked at."""
_MOST_PARTS = 8
_MOST_WORDS_OF_VENDOR, _MOST_WORDS_OF_MODEL = 5, 6
"""What is longer is rather a sentence."""
MOST_SERVICES = 16

_TOKEN = re.compile(r"[^\W_]+")
_PLAIN = re.compile(r"[A-Za-z0-9._+/-]+")
# With a letter and a digit: words and numbers are looked at as such.
_PRODUCT_CODE = re.compile(r"(?=.*[A-Z])(?=.*[0-9])[A-Z0-9][A-Z0-9]*(?:[._/-][A-Z0-9]+)*[a-z]?")
_LONGEST_CODE = 24
_HEXADECIMAL = re.compile(r"[0-9A-F-]{8,}")
_SAFE_LOOKS = ("slug", "slug long", "slug 8", "plate other")
"""How product codes look; national plates, hashes, tokens and numbers of people look otherwise."""
_VERSION = re.compile(r"(?<![\w.:@-])[vV]?([0-9]{1,4}(?:[.][0-9]{1,5}){1,4})(?![\w.:@]|-[0-9])")
_BARE_VERSION = re.compile(r"[vV]?([0-9]{1,4})")
_PRODUCT = re.compile(r"([A-Za-z][A-Za-z0-9._+-]{1,30})/[vV]?([0-9]{1,4}(?:[.][0-9]{1,5}){0,3})")
_COMMENT = re.compile(r"[(][^)]*[)]?")
_SERIAL = re.compile(r"(?=.*[0-9])[0-9A-Z][0-9A-Z._/-]{2,39}")
_MAC = re.compile(r"[0-9a-f]{2}(?::[0-9a-f]{2}){5}")
_DEV_EUI = re.compile(r"(?:[0-9a-f]{2}[:-]?){7}[0-9a-f]{2}", re.IGNORECASE)
_MUD_URL = re.compile(r"https://([A-Za-z0-9.-]{3,253})(/[\x21-\x7e]{0,400})?")
_PUBLIC_LABELS = 3
_LOCAL = frozenset({"local", "lan", "home", "internal", "localdomain", "private"})


@lru_cache(maxsize=8192)
def minimise_given_name(text: str) -> str:
    """Return a name that somebody gave to a device as a template; empty if nothing is left of it.

    Of a host name with a domain, the domain stays like that of any server.
    """
    if " " in text or "." not in text:
        return _left(minimise_name(text, given=True))
    labels = text.rstrip(".").split(".")
    if labels[-1].lower() in _LOCAL:
        labels = labels[:-1]
    own, domain = (labels[:-2], labels[-2:]) if len(labels) >= _PUBLIC_LABELS else (labels, [])
    names = [minimise_name(label, given=True) for label in own]
    if not any(map(_left, names)):
        return ""
    return ".".join([*names, minimise_host(".".join(domain))] if domain else names)


def _left(template: str) -> str:
    """Return a template if it is a name of words with one unknown part at most, else nothing."""
    rest = template.replace(_PLACEHOLDER, "")
    words = re.findall(r"[^\W\d_]{3,}", rest)
    return template if words and template.count(_PLACEHOLDER) <= 1 else ""


@lru_cache(maxsize=4096)
def minimise_vendor(text: str) -> str:
    """Return the words of the name of a maker; empty if it looks like a person's."""
    words = _parts(text)
    if len(words) > _MOST_WORDS_OF_VENDOR or _names_given(words):
        return ""
    return " ".join(w for w in words if all(map(_is_word_or_short, _TOKEN.findall(w))))[:100]


def _is_word_or_short(token: str) -> bool:
    return is_word(token) or (len(token) <= 3 and token.isalpha())


@lru_cache(maxsize=4096)
def minimise_model(text: str, *, described: bool = False) -> str:
    """Return the words and product codes of what a maker calls a device.

    `described`: it may have been written by whoever put the device there.
    """
    words = _parts(text)
    if _names_given(words) or len(text.split()) > _MOST_WORDS_OF_MODEL:
        words = [word for word in words if _is_code(word)]
    # Beside something unknown a word may be a name: only codes and listed words are sure.
    given = described or _PLACEHOLDER in minimise_name(text)
    kept = [w for w in words if _is_code(w) or minimise_name(w, given=given) == w]
    return " ".join(kept)[:100] if any(map(_says_something, kept)) else ""


def _description(text: str) -> str:
    return minimise_model(text, described=True)


def _names_given(words: Iterable[str]) -> bool:
    return any(is_given_name(token) for word in words for token in _TOKEN.findall(word))


def _parts(text: str) -> list[str]:
    words = [w.strip(",;()[]\"'") for w in text[:_LONGEST].split()]
    return [w for w in words if _PLAIN.fullmatch(w)][:_MOST_PARTS]


def _says_something(word: str) -> bool:
    return _is_code(word) or sum(c.isalpha() for c in word) > 2


def _is_code(word: str) -> bool:
    return (
        len(word) <= _LONGEST_CODE
        and _PRODUCT_CODE.fullmatch(word) is not None
        and _HEXADECIMAL.fullmatch(word) is None
        and look(word) in _SAFE_LOOKS
    )


@lru_cache(maxsize=4096)
def minimise_version(text: str) -> str:
    """Return the version number in what a maker calls a version, without a v; empty if none."""
    found = _BARE_VERSION.fullmatch(text.strip())
    if found:
        return found[1]
    numbers = (match[1] for match in _VERSION.finditer(text[:_LONGEST]))
    return next((number for number in numbers if not _is_address(number)), "")


def _is_address(number: str) -> bool:
    try:
        return ipaddress.IPv4Address(number).packed[0] >= 10
    except ValueError:
        return False


@lru_cache(maxsize=8192)
def minimise_software(text: str) -> str:
    """Return the programs and versions that a user agent names, without its comments."""
    words = _COMMENT.sub(" ", text[:_LONGEST]).split()
    products = list(filter(None, map(_PRODUCT.fullmatch, words)))
    # RFC 9110, 10.1.5: products, one after the other.  Beside other words they may be names.
    given = len(products) < len(words)
    found = [
        f"{name}/{version}"
        for name, version in (product.groups() for product in products)
        if minimise_name(name, given=given) == name and not _is_address(version)
    ]
    return " ".join(found[:4])


@lru_cache(maxsize=4096)
def minimise_service(text: str) -> str:
    """Return a type of device or service, if it is made of words alone; else nothing."""
    return text if len(text) <= 60 and minimise_name(text) == text else ""


def _serial(text: str) -> str:
    value = text.strip().upper()
    if not _SERIAL.fullmatch(value) or look(value).startswith(("plate nl", "plate de", "iban")):
        return ""
    return value


def _mac(text: str) -> str:
    """Return an address that its maker gave; one that is made up says nothing of who it is."""
    value = text.strip().lower().replace("-", ":")
    return value if _MAC.fullmatch(value) and not int(value[:2], 16) & 3 else ""


def _dev_eui(text: str) -> str:
    return re.sub("[:-]", "", text).lower() if _DEV_EUI.fullmatch(text) else ""


def _mud_url(text: str) -> str:
    match = _MUD_URL.fullmatch(text)
    return f"https://{minimise_host(match[1])}{minimise_path(match[2] or '')}" if match else ""


_MINIMISE: Mapping[str, tuple[str, Callable[[str], str]]] = {
    "host_name": ("host_name", minimise_given_name),
    "name": ("name", minimise_given_name),
    "vendor": ("vendor", minimise_vendor),
    "model": ("model", minimise_model),
    "firmware": ("firmware", minimise_version),
    "serial": ("serial", _serial),
    "mac": ("mac", _mac),
    "dev_eui": ("dev_eui", _dev_eui),
    "mud_url": ("mud_url", _mud_url),
    "device_type": ("service", minimise_service),
    "services": ("service", minimise_service),
    "user_agent": ("software", minimise_software),
}


def minimised_facts(
    told: Mapping[str, Any], *, described: bool = False
) -> Iterator[tuple[str, str]]:
    """Yield kind and minimised value of each fact of which something may stay.

    `told`: as a message of kind identity gives them; `described`: its model is a description.  The
    kinds that come out: host_name, name, vendor, model, firmware, serial, mac, dev_eui, mud_url,
    service, software.
    """
    for kind, value in told.items():
        known = _MINIMISE.get(kind)
        if described and kind == "model":
            known = ("model", _description)
        if known is None:
            continue
        texts = (value,) if isinstance(value, str) else tuple(value)[:MOST_SERVICES]
        for text in texts:
            minimised = known[1](text[:_LONGEST]) if isinstance(text, str) else ""
            if minimised:
                yield known[0], minimised
