"""Damaged input of every kind, for a minute each: the documented errors and nothing else."""

import io
import os
import random
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson
import pytest

import schouw_agent.detectors
import schouw_agent.formats
import schouw_agent.protocols
from schouw_agent.errors import CaptureError, DecodeError
from schouw_agent.network.links import _LAYOUTS
from schouw_agent.pipeline import inspect
from schouw_agent.plugins import Decoder, PortHint, discover
from schouw_agent.recognition.classification import Classifier
from schouw_agent.records import Content
from tests.leaks.secrets import media, secrets
from tests.leaks.traffic import capture
from tests.soak.conftest import Watch
from tests.soak.damage import damaged
from tests.soak.frames import linked, of_pcap, pcap, pcapng
from tests.soak.targets import is_one_phrase, tables

pytestmark = pytest.mark.soak

SECONDS = float(os.environ.get("SOAK_SECONDS") or 60)
"""For each kind."""
DECODERS = discover(schouw_agent.protocols, "DECODER")
FORMATS = discover(schouw_agent.formats, "FORMAT")
DETECTORS = discover(schouw_agent.detectors, "DETECTOR")


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
    frames = of_pcap(square)
    assert len(frames) > 1000
    some = frames[:200] + frames[-200:]
    plain = pcap(1, some)
    out = [plain, havenplein[:200_000], havenplein[-200_000:], havenplein[:28] + havenplein[-9000:]]
    out.append(pcapng(1, some))
    for link in (*_LAYOUTS, 105, 127, 195, 65535):
        converted = [linked(link, frame) for frame in some]
        out += [pcap(link, converted), pcapng(link, converted)]
    return out


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
