"""The norms that findings may be assessed by, from `norms.toml`.

A finding cites a norm; it never says that the norm was broken.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib import resources
from types import MappingProxyType

from schouw_collector.records import Norm, Words
from schouw_collector.registers.register import Register
from schouw_collector.registers.register_entry import RegisterEntry

AMSTERDAM = "Amsterdam"


@cache
def all_norms() -> Mapping[str, Norm]:
    """Return the norms by id."""
    text = (resources.files(__package__) / "norms.toml").read_text("utf-8")
    return MappingProxyType(
        {
            id_: Norm(
                id=id_,
                name=Words(nl=row["nl"], en=row["en"]),
                jurisdiction=row["jurisdiction"],
                binding=row["binding"],
                source=Words(nl=row["bron"], en=row["source"]) if "source" in row else None,
                read_on=row.get("read_on"),
            )
            for id_, row in tomllib.loads(text).items()
        }
    )


def cite(
    ids: Iterable[str], register: Register, entry: RegisterEntry | None = None
) -> tuple[Norm, ...]:
    """Return the norms of these ids, in order, that apply where the register is kept.

    A by-law of a municipality is cited for that municipality alone.  Raises `KeyError` for an id
    that norms.toml does not have.
    """
    norms = [all_norms()[id_] for id_ in dict.fromkeys(ids)]
    here = _is_amsterdam(register, entry)
    return tuple(norm for norm in norms if norm.jurisdiction != AMSTERDAM or here)


def _is_amsterdam(register: Register, entry: RegisterEntry | None) -> bool:
    """Return whether the register's address, or the entry's organisation, is Amsterdam's."""
    return _is_address_of_amsterdam(register.source) or (
        entry is not None and _names_amsterdam(entry.organisation)
    )


@lru_cache(maxsize=64)
def _is_address_of_amsterdam(source: str) -> bool:
    host = re.match(r"https?://([^/:]+)", source)
    return bool(host and re.search(r"(?:^|\.)amsterdam\.nl$", host[1], re.IGNORECASE))


@lru_cache(maxsize=4096)
def _names_amsterdam(organisation: str) -> bool:
    return bool(re.search(r"\bgemeente amsterdam\b", organisation, re.IGNORECASE))
