"""Damaged input of every kind, for a minute each: the documented errors and nothing else."""

import io
import random
import runpy
import struct
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson
import pytest

import schouw_agent.detectors
import schouw_agent.formats
import schouw_agent.protocols
from schouw_agent.classification import Classifier
from schouw_agent.errors import CaptureError, DecodeError
from schouw_agent.network.links import _LAYOUTS
from schouw_agent.pipeline import inspect
from schouw_agent.plugins import Decoder, PortHint, discover
from schouw_agent.records import Content
from tests.leaks.secrets import media, secrets
from tests.leaks.traffic import capture
from tests.soak.conftest import Watch
from tests.soak.damage import damaged

pytestmark = pytest.mark.soak

SECONDS = 60.0
"""For each kind."""
TABLES = Path(__file__).resolve().parent.parent / "agent"
DECODERS = discover(schouw_agent.protocols, "DECODER")
FORMATS = discover(schouw_agent.formats, "FORMAT")
DETECTORS = discover(schouw_agent.detectors, "DETECTOR")
_MOST_ERROR = 200


def tables(pattern: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for path in sorted(TABLES.glob(pattern)):
        yield path.stem.removeprefix("cases_"), runpy.run_path(str(path))


def is_one_phrase(error: Exception) -> None:
    """Check that an error is one line for a user, which quotes no octets."""
    text = str(error)
    assert 0 < len(text) < _MOST_ERROR
    assert text.isprintable()
    assert text.isascii()


def conversations() -> list[tuple[Decoder, Mapping[str, Any]]]:
    return [
        (DECODERS[name], case)
        for name, table in tables("protocols/cases_*.py")
        for case in (*table["CASES"], *table["INVALID"])
    ]


def test_damaged_conversations(watch: Watch, chance: random.Random) -> None:
    cases = conversations()
    assert {decoder.id for decoder, _ in cases} == set(DECODERS)

    def one() -> None:
        decoder, case = chance.choice(cases)
        transport = case.get("transport", "tcp")
        hint = PortHint(transport, 41000, case.get("port", chance.randrange(65536)))
        conversation = decoder.open(hint)
        chunks = list(case["chunks"])
        if chance.random() < 0.2:
            chance.shuffle(chunks)
        try:
            for side, octets in chunks:
                _feed(conversation, side, octets, chance, transport)
            conversation.close()
        except DecodeError as error:
            is_one_phrase(error)

    watch.run(SECONDS, one)


def _feed(
    conversation: Any, side: bool, octets: bytes | int, chance: random.Random, transport: str
) -> None:
    if isinstance(octets, int) or chance.random() < 0.05:
        conversation.gap(side, octets if isinstance(octets, int) else chance.randrange(1, 1 << 20))
        return
    octets = damaged(octets, chance) if chance.random() < 0.7 else octets
    for other in DECODERS.values():
        assert 0 <= other.probe(octets, b"", PortHint(transport, 41000, 1883)) <= 1
    step = len(octets) if transport == "udp" else chance.choice((1, 7, 200, 1460))
    for at in range(0, len(octets), max(step, 1)):
        if not conversation.wanted:
            return
        conversation.feed(side, octets[at : at + step])


def contents() -> list[tuple[str, Content]]:
    found = []
    for name, table in tables("formats/cases/*.py"):
        given = [row[1] for row in table["CASES"]]
        given += [*table.get("INVALID", ()), *table.get("MALFORMED", ())]
        found += [(name, g if isinstance(g, Content) else Content(g)) for g in given]
    return found


def test_damaged_payloads(watch: Watch, chance: random.Random) -> None:
    cases = contents()
    assert {name for name, _ in cases} == set(FORMATS)

    def one() -> None:
        name, content = chance.choice(cases)
        broken = content._replace(octets=damaged(content.octets, chance))
        for format_ in (FORMATS[name], chance.choice(list(FORMATS.values()))):
            assert 0 <= format_.probe(broken) <= 1
            try:
                format_.open(broken)
            except DecodeError as error:
                is_one_phrase(error)

    watch.run(SECONDS, one)


def test_damaged_messages(watch: Watch, chance: random.Random) -> None:
    """Whole messages through formats and detectors together, with their memory of structures."""
    judge = Classifier(FORMATS, DETECTORS)
    cases = [content for _, content in contents()]
    for _, table in tables("detectors/cases/*.py"):
        for row in table["CASES"]:
            message = row[1] if isinstance(row[1], bytes | Content) else orjson.dumps(row[1])
            cases.append(message if isinstance(message, Content) else Content(message))

    def one() -> None:
        content = chance.choice(cases)
        judge.classify(
            content._replace(
                octets=damaged(content.octets, chance),
                topic=damaged(content.topic.encode(), chance).decode("utf-8", "replace"),
            )
        )

    watch.run(SECONDS, one)


def captures(root: Path, folder: Path) -> list[bytes]:
    """Return small captures of every form and every link type."""
    square = capture(folder / "small.pcap", secrets(), media()).read_bytes()
    havenplein = (root / "examples/havenplein/havenplein-2026-09.pcapng").read_bytes()
    frames = _frames(square)
    assert len(frames) > 1000
    some = frames[:200] + frames[-200:]
    plain = _pcap(1, some)
    out = [plain, havenplein[:200_000], havenplein[-200_000:], havenplein[:28] + havenplein[-9000:]]
    out.append(_pcapng(1, some))
    for link in (*_LAYOUTS, 105, 127, 195, 65535):
        converted = [_linked(link, frame) for frame in some]
        out += [_pcap(link, converted), _pcapng(link, converted)]
    return out


def _frames(pcap: bytes) -> list[bytes]:
    frames, at = [], 24
    while at < len(pcap):
        length = struct.unpack_from("<I", pcap, at + 8)[0]
        frames.append(pcap[at + 16 : at + 16 + length])
        at += 16 + length
    return frames


def _linked(link: int, frame: bytes) -> bytes:
    """Return an Ethernet frame with IPv4 as one of another link type."""
    cooked = b"\0\0\0\x01\0\x06" + frame[6:12] + b"\0\0\x08\0"
    heads = {
        0: b"\x02\0\0\0",
        108: b"\0\0\0\x02",
        113: cooked,
        276: b"\x08\0\0\0\0\0\0\x01\0\x01\0\x06" + frame[6:12] + b"\0\0",
        1: frame[:12] + b"\x81\0\0\x07" * (frame[0] % 3) + b"\x08\0",
    }
    return heads.get(link, b"") + frame[14:]


def _pcap(link: int, frames: list[bytes]) -> bytes:
    head = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, link)
    return head + b"".join(
        struct.pack("<IIII", 1_793_000_000 + i, 0, len(f), len(f)) + f for i, f in enumerate(frames)
    )


def _pcapng(link: int, frames: list[bytes]) -> bytes:
    def block(kind: int, body: bytes) -> bytes:
        body += b"\0" * (-len(body) % 4)
        return struct.pack("<II", kind, len(body) + 12) + body + struct.pack("<I", len(body) + 12)

    blocks = [
        block(0x0A0D0D0A, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1)),
        block(1, struct.pack("<HHI", link, 0, 0)),
    ]
    for i, frame in enumerate(frames):
        ticks = 1_793_000_000_000_000 + i * 1000
        head = struct.pack("<IIIII", 0, ticks >> 32, ticks & 0xFFFFFFFF, len(frame), len(frame))
        blocks.append(block(6, head + frame))
    return b"".join(blocks)


def test_damaged_captures(watch: Watch, chance: random.Random, root: Path, tmp_path: Path) -> None:
    cases = captures(root, tmp_path)
    for octets in cases:
        with suppress(CaptureError):
            inspect([io.BytesIO(octets)])

    def one() -> None:
        octets = damaged(chance.choice(cases), chance, most=chance.choice((1, 4, 60)))
        if chance.random() < 0.2:
            octets = octets[: chance.randrange(200)]
        try:
            report = inspect([io.BytesIO(octets)])
        except CaptureError as error:
            is_one_phrase(error)
        else:
            assert sum(s.frames for s in report.sources) < len(octets)

    watch.run(2 * SECONDS, one)
