"""What is fuzzed: every decoder, format, reader and header parser, as a function of octets.

A target raises nothing but what is a mistake of ours.  Its seeds are the test tables.
"""

import io
import json
import random
import runpy
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import orjson
import yaml
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from schouw_agent.capture.blocks import Capture
from schouw_agent.errors import CaptureError, ConfigError, DecodeError, Error, SignatureError
from schouw_agent.network.links import _LAYOUTS
from schouw_agent.order import read_order
from schouw_agent.pipeline import decoders, detectors, formats, inspect
from schouw_agent.plugins import Format
from schouw_agent.privacy.canary_file import parse_canaries
from schouw_agent.recognition.classification import Classifier
from schouw_agent.recognition.opening import open_content
from schouw_agent.recognition.values import with_json
from schouw_agent.records import Content
from schouw_agent.signing import sign, verify
from schouw_collector.binding.binding import read_bindings
from schouw_collector.binding.candidate_reading import read_candidates
from schouw_collector.errors import BindingError, CandidateError, RegisterError
from schouw_collector.registers.register_reading import read_register
from tests.collector.register_formats.damaged_samples import damage, samples
from tests.soak import broker_octets, frames, turns
from tests.soak.damage import damaged, mutated

ROOT = Path(__file__).resolve().parent.parent.parent
TABLES = ROOT / "tests" / "agent"
EXAMPLE = ROOT / "examples" / "havenplein"
REGRESSIONS = ROOT / "tests" / "regressions"
_BUFFER = 1 << 16
_MOST_ERROR = 200
_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
_CANARIES = (
    b'[mac]\nphone = 02:00:5e:10:53:0f\n[plate]\ncar = QO-971-Q\n[salt]\nvendor = "pepper:"\n'
)
Damage = Callable[[bytes, random.Random], bytes]


class Target(NamedTuple):
    """Something that reads hostile octets."""

    run: Callable[[bytes], object]
    seeds: Callable[[], list[bytes]]
    damage: Damage = damaged
    """Returns the octets changed in a way that keeps some of their structure."""


def is_one_phrase(error: Exception) -> None:
    """Check that an error is one line for a user, which quotes no octets."""
    text = str(error)
    assert 0 < len(text) < _MOST_ERROR
    assert text.isprintable()
    assert text.isascii()


def tables(pattern: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield each test table that fits, with the name of what it is for."""
    for path in sorted(TABLES.glob(pattern)):
        # A long table is several: cases_ID__PART.py.
        name = path.stem.removeprefix("cases_").partition("__")[0]
        yield name, runpy.run_path(str(path))


def _conversation_seeds(decoder: str) -> list[bytes]:
    return [
        turns.packed(case, decoders()[decoder])
        for pattern in (f"cases_{decoder}.py", f"cases_{decoder}__*.py")
        for _, table in tables(f"protocols/{pattern}")
        for case in (*table["CASES"], *table["INVALID"])
    ]


@lru_cache(maxsize=1)
def _contents(name: str) -> list[Content]:
    """Return the payloads of the test table of a format."""
    ((_, table),) = tables(f"formats/cases/{name}.py")
    given = [row[1] for row in table["CASES"]]
    given += [*table.get("INVALID", ()), *table.get("MALFORMED", ())]
    return [each if isinstance(each, Content) else Content(each) for each in given]


def _octets(content: Content) -> bytes:
    if content.octets or content.value is None:
        return content.octets
    return orjson.dumps(content.value, default=str, option=orjson.OPT_NON_STR_KEYS)


def _payload_seeds(name: str) -> list[bytes]:
    found = _contents(name)
    return [bytes([number % 256]) + _octets(each) for number, each in enumerate(found)]


def _read_payload(extension: Format, octets: bytes) -> None:
    """Open octets; the first one says what came with them, as in one of the test cases."""
    cases = _contents(extension.id)
    with_it = cases[octets[0] % len(cases)] if octets else Content(b"")
    content = with_json(with_it._replace(octets=octets[1:], value=None))
    assert 0 <= extension.probe(content) <= 1
    try:
        extension.open(content)
    except DecodeError as error:
        is_one_phrase(error)
    open_content(content, formats())


def _damaged_json(octets: bytes, chance: random.Random) -> bytes:
    with suppress(ValueError, TypeError):
        document = json.loads(octets[1:])
        return octets[:1] + json.dumps(mutated(document, chance)).encode()
    return damaged(octets, chance)


@lru_cache(maxsize=1)
def _judge() -> Classifier:
    return Classifier(formats(), detectors())


def _classify(octets: bytes) -> None:
    topic, _, payload = octets[1:].partition(b"\n")
    _judge().classify(Content(payload, topic=topic.decode("utf-8", "replace")))


def _message_seeds() -> list[bytes]:
    found = []
    for name, table in tables("detectors/cases/*.py"):
        for row in table["CASES"]:
            message = row[1]
            if not isinstance(message, Content):
                message = Content(message if isinstance(message, bytes) else orjson.dumps(message))
            found.append(b"\0" + f"{name}\n".encode() + _octets(message))
    return found


def _read_capture(octets: bytes) -> None:
    capture = Capture(io.BytesIO(octets), buffer_octets=_BUFFER)
    try:
        for block in capture:
            assert block.offset.size < len(octets)
    except CaptureError as error:
        is_one_phrase(error)


def _inspect(octets: bytes) -> None:
    try:
        with frames.screened_once():
            inspect([io.BytesIO(octets)])
    except CaptureError as error:
        is_one_phrase(error)


def _refusing(read: Callable[[bytes], object], expected: type[Error], octets: bytes) -> None:
    try:
        read(octets)
    except expected as error:
        told = error.diagnostics()
    else:
        return
    assert told


def _documents(*names: str) -> list[bytes]:
    read = [(EXAMPLE / name).read_bytes() for name in names]
    return read + [
        yaml.safe_dump(json.loads(octets)).encode() for octets in read if octets[:1] in b"[{"
    ]


def _files() -> dict[str, Target]:
    readers: dict[str, tuple[Callable[[bytes], object], type[Error], tuple[str, ...]]] = {
        "register": (partial(read_register, "r.json"), RegisterError, ("register.json",)),
        "bindings": (partial(read_bindings, "b.yaml"), BindingError, ("bindings.yaml",)),
        "order": (partial(read_order, "o.toml"), ConfigError, ("order.toml",)),
    }
    found = {
        f"file-{name}": Target(partial(_refusing, read, error), partial(_documents, *seeds))
        for name, (read, error, seeds) in readers.items()
    }
    read_export = partial(read_candidates, "export")
    made: dict[str, tuple[Callable[[bytes], object], type[Error], list[bytes]]] = {
        "canaries": (partial(parse_canaries, "c.toml"), ConfigError, [_CANARIES]),
        "signature": (verify, SignatureError, [sign("application/json", b'{"a": 1}', _KEY)]),
    }
    for name, (read_made, error, octets) in made.items():
        found[f"file-{name}"] = Target(partial(_refusing, read_made, error), octets.copy)
    for format_id in sorted({each for each, _ in samples()}):
        found[f"register-{format_id}"] = _register(format_id)
    found["file-candidates"] = Target(partial(_refusing, read_export, CandidateError), _exports)
    return found


def _register(format_id: str) -> Target:
    """Return a target of a register format; the first octet says how the file is called."""
    own = [(name, octets) for (each, name), octets in samples().items() if each == format_id]

    def read(octets: bytes) -> None:
        name = own[octets[0] % len(own)][0] if octets else own[0][0]
        _refusing(partial(read_register, name), RegisterError, octets[1:])

    seeds = [bytes([number]) + octets for number, (_, octets) in enumerate(own)]
    return Target(read, seeds.copy, lambda octets, chance: octets[:1] + damage(octets[1:], chance))


def _exports() -> list[bytes]:
    folder = ROOT / "tests" / "collector" / "candidate_formats"
    cases = (runpy.run_path(str(path))["CASES"] for path in sorted(folder.glob("cases_*.py")))
    return [octets for table in cases for _, octets, *_ in table]


@lru_cache(maxsize=1)
def targets() -> dict[str, Target]:
    """Return every target by name; the part before the dash is its kind."""
    found = {
        f"protocol-{name}": Target(
            partial(turns.converse, decoder), partial(_conversation_seeds, name), turns.damaged_turn
        )
        for name, decoder in decoders().items()
    }
    found |= {
        f"format-{name}": Target(
            partial(_read_payload, extension), partial(_payload_seeds, name), _damaged_json
        )
        for name, extension in formats().items()
    }
    found |= {
        f"frames-{link}": Target(partial(frames.read, link), partial(frames.seeds, link))
        for link in sorted(_LAYOUTS)
    }
    found["capture-pcap"] = Target(_read_capture, partial(frames.captures, "pcap"))
    found["capture-pcapng"] = Target(_read_capture, partial(frames.captures, "pcapng"))
    found["capture-inspect"] = Target(_inspect, partial(frames.captures, "pcap"))
    found["capture-broker"] = Target(broker_octets.read, broker_octets.seeds)
    found["message-classify"] = Target(_classify, _message_seeds, _damaged_json)
    return found | _files()
