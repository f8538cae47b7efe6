"""Vendor names of MAC address blocks (IEEE MA-L), from the table that netaddr ships.

netaddr itself is not imported: its index costs 13 MiB.  The table is read once, line by
line, into a sorted array of prefixes.
"""

from bisect import bisect_left
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path


@lru_cache(maxsize=1)
def _blocks() -> tuple[list[int], list[tuple[int, int]]]:
    """Return the sorted prefixes, and where in the registry file each one's record is."""
    index = _file("oui.idx")
    if index is None:
        return [], []
    rows = sorted(
        (int(prefix), int(offset), int(size))
        for prefix, offset, size in (line.split(",") for line in index.read_text().splitlines())
    )
    return [row[0] for row in rows], [(row[1], row[2]) for row in rows]


def _file(name: str) -> Path | None:
    try:
        path = Path(str(distribution("netaddr").locate_file(f"netaddr/eui/{name}")))
    except PackageNotFoundError:
        return None
    return path if path.is_file() else None


@lru_cache(maxsize=4096)
def vendor_of(mac: str) -> str:
    """Return the vendor of a MAC address; empty if unknown or locally administered."""
    prefix = int(mac[:8].replace(":", ""), 16)
    if prefix >> 16 & 0b11:
        return ""
    prefixes, places = _blocks()
    at = bisect_left(prefixes, prefix)
    if at == len(prefixes) or prefixes[at] != prefix:
        return ""
    registry = _file("oui.txt")
    if registry is None:
        return ""
    with registry.open("rb") as file:
        file.seek(places[at][0])
        first = file.read(places[at][1]).split(b"\n", 1)[0].decode("utf-8", "replace")
    return first.partition(")")[2].strip()[:100]
