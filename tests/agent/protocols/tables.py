"""The tables of all decoders, `cases_ID.py`, and what of a row a probe is given."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

import schouw_agent.protocols
from schouw_agent.plugins import Decoder, PortHint, discover

DECODERS: dict[str, Decoder] = discover(schouw_agent.protocols, "DECODER")
OTHER_PORT = 29170
WITHOUT_IP = {"ethernet", "ieee80211", "bluetooth"}


def load_tables() -> dict[str, ModuleType]:
    tables = {}
    for path in sorted(Path(__file__).parent.glob("cases_*.py")):
        spec = importlib.util.spec_from_file_location(path.stem, path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        tables[path.stem.removeprefix("cases_")] = module
    return tables


def decoder_of(table: str) -> str:
    """Return the id of a table's decoder: a long table is several, `cases_ID__PART.py`."""
    return table.partition("__")[0]


TABLES = load_tables()
ROWS = [
    pytest.param(DECODERS[decoder_of(name)], case, id=f"{name}-{case['name']}")
    for name, table in TABLES.items()
    for case in table.CASES
]
BAD_ROWS = [
    pytest.param(DECODERS[decoder_of(name)], case, id=f"{name}-{case['name']}")
    for name, table in TABLES.items()
    for case in table.INVALID
]
MISSES = [
    pytest.param(name, miss, id=miss[0])
    for name, table in TABLES.items()
    for miss in getattr(table, "NEAR_MISSES", ())
]

ELSEWHERE = [
    pytest.param(name, miss, id=miss[0])
    for name, table in TABLES.items()
    for miss in getattr(table, "ELSEWHERE", ())
]


def is_udp(case) -> bool:
    """Tell whether each chunk is a datagram, or a frame."""
    return case.get("transport", "tcp") != "tcp"


def hint(decoder, case, port=None):
    return PortHint(
        case.get("transport", "tcp"),
        case.get("orig_port", 41000),
        port or case.get("port", OTHER_PORT),
    )


def heads(case, limit=2048):
    found = []
    for side in (True, False):
        head = b""
        for from_orig, octets in case["chunks"]:
            if from_orig is side:
                if isinstance(octets, int) or (head and is_udp(case)):
                    break
                head += octets
        found.append(head[:limit])
    return found
