"""Damaged files of people and of evidence: the documented errors, in one line that quotes nothing.

Two kinds of damage: of octets, and of the document (any value becomes any other).  A marker in what
is damaged must not come back in an error; the reference of an entry may, for it says where to look.
"""

import base64
import json
import os
import random
import re
import shutil
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from schouw_agent.errors import ConfigError, Error, SignatureError
from schouw_agent.order import read_order
from schouw_agent.signing import sign, verify
from schouw_collector.binding.binding import check_entries, read_bindings, with_overrides
from schouw_collector.change.changes import compare
from schouw_collector.errors import BindingError, EvidenceError, RegisterError
from schouw_collector.evidence import evidence, verification
from schouw_collector.evidence.manifest import PAYLOAD_TYPE, FileDigest
from schouw_collector.registers.register_reading import read_register
from schouw_collector.saying.wording import Wording
from schouw_collector.spot_check import check
from tests.soak.conftest import Watch
from tests.soak.damage import MARKER, damaged, mutated

pytestmark = pytest.mark.soak

SECONDS = float(os.environ.get("SOAK_SECONDS") or 60)
"""For each kind."""
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
_PLACE = re.compile(r" \((?:entry )?[^()]*\)|entry .* is not in the register", re.DOTALL)
_MOST_ERROR = 600


def quotes_nothing(error: Error) -> None:
    text = error.diagnostics()
    assert 0 < len(text) < _MOST_ERROR
    place = _PLACE.sub("", text)
    assert MARKER.lower() not in place.lower()
    assert "\n" not in place
    assert place.isprintable()


Write = Callable[[Any], bytes]


def as_json(document: Any) -> bytes:
    return json.dumps(document).encode()


def as_yaml(document: Any) -> bytes:
    return yaml.safe_dump(document).encode()


def as_toml(value: Any) -> bytes:
    """Return a document as TOML, as far as TOML has its values."""
    if not isinstance(value, dict):
        return b"x = " + _inline(value).encode()
    return "\n".join(f"{json.dumps(k)} = {_inline(v)}" for k, v in value.items()).encode()


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)} = {_inline(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    if isinstance(value, datetime):
        return value.isoformat()
    return "nan" if value is None else json.dumps(value)


def try_all(
    watch: Watch,
    chance: random.Random,
    documents: list[Any],
    writers: list[Write],
    read: Callable[[bytes], object],
    expected: type[Error],
) -> None:
    accepted = refused = 0

    def one() -> None:
        nonlocal accepted, refused
        document = chance.choice(documents)
        if chance.random() < 0.6:
            document = mutated(document, chance)
        octets = chance.choice(writers)(document)
        if chance.random() < 0.5:
            octets = damaged(octets, chance)
        if chance.random() < 0.1:
            at = chance.randrange(len(octets) + 1)
            octets = octets[:at] + MARKER.encode() + octets[at:]
        try:
            read(octets)
            accepted += 1
        except expected as error:
            quotes_nothing(error)
            refused += 1

    watch.run(SECONDS, one)
    assert accepted
    assert refused


def test_damaged_registers(watch: Watch, chance: random.Random, root: Path) -> None:
    amsterdam = json.loads((root / "examples/havenplein/register.json").read_text())
    canonical = {
        "schema": "https://schouw.example.org/schema/register/1",
        "entries": [
            entry.model_dump(mode="json", by_alias=True)
            for entry in read_register("r.json", as_json(amsterdam)).entries[:4]
        ],
    }

    def read(octets: bytes) -> None:
        register = read_register("register.json", octets)
        for problem in register.errors:
            quotes_nothing(RegisterError(problem))

    try_all(watch, chance, [amsterdam, canonical], [as_json, as_yaml], read, RegisterError)


def test_damaged_bindings(watch: Watch, chance: random.Random, root: Path) -> None:
    register = read_register(
        "register.json", (root / "examples/havenplein/register.json").read_bytes()
    )
    bindings = yaml.safe_load((root / "examples/havenplein/bindings.yaml").read_text())
    first = register.entries[0].entry_id
    bindings["overrides"] = [
        {"entry": first, "categories": ["people_count"], "set_by": "fg", "reason": "gelezen"}
    ]

    def read(octets: bytes) -> None:
        found = read_bindings("bindings.yaml", octets)
        check_entries(found, register.entries, register.unreadable)
        for entry in register.entries:
            with_overrides(entry, found)

    try_all(watch, chance, [bindings], [as_json, as_yaml], read, BindingError)


def test_damaged_orders(watch: Watch, chance: random.Random, root: Path) -> None:
    text = (root / "examples/havenplein/order.toml").read_text()
    order = tomllib.loads(text)
    order["exclusion"] = [
        {"address": "192.0.2.99", "reason": "politie"},
        {"mac": "02:00:00:00:00:99", "reason": "politie"},
    ]
    try_all(
        watch,
        chance,
        [order],
        [as_toml, lambda _: text.encode()],
        lambda octets: read_order("order.toml", octets),
        ConfigError,
    )


def test_damaged_envelopes(watch: Watch, chance: random.Random) -> None:
    envelope = sign("application/json", json.dumps({"a": MARKER}).encode(), KEY)

    def read(octets: bytes) -> None:
        # Whatever is accepted is what was signed, octet for octet.
        assert verify(octets).payload == json.dumps({"a": MARKER}).encode()

    document = json.loads(envelope)
    try_all(watch, chance, [document], [as_json, lambda _: envelope], read, SignatureError)


@pytest.fixture
def folder(root: Path, tmp_path: Path) -> Path:
    place = root / "examples/havenplein"
    checked = check(
        [place / "havenplein-2026-09.pcapng"],
        register=place / "register.json",
        bindings=place / "bindings.yaml",
        order=place / "order.toml",
    )
    evidence.write(
        tmp_path / "evidence",
        checked.assessment,
        checked.report,
        inputs=checked.inputs,
        command=("check",),
        key=KEY,
        created=datetime(2026, 10, 5, 12, 0, tzinfo=UTC),
    )
    return tmp_path / "evidence"


def test_damaged_evidence(
    watch: Watch, chance: random.Random, folder: Path, tmp_path: Path
) -> None:
    """One file of the folder is damaged after it was signed: that is always seen."""
    files = sorted(path.name for path in folder.iterdir())
    assert not verification.verify(folder).problems
    broken = tmp_path / "broken"
    shutil.copytree(folder, broken)

    def one() -> None:
        name = chance.choice(files)
        octets = (folder / name).read_bytes()
        changed = damaged(octets, chance)
        (broken / name).write_bytes(changed)
        found = verification.verify(broken)
        assert bool(found.problems) == (changed != octets), name
        for problem in found.problems:
            line = verification.describe(problem, Wording("en"))
            assert "\n" not in line
            assert len(line) < _MOST_ERROR
        (broken / name).write_bytes(octets)

    watch.run(SECONDS, one)


def test_evidence_that_its_maker_signed_with_other_content(
    watch: Watch, chance: random.Random, folder: Path, tmp_path: Path
) -> None:
    """Whoever signs can sign anything: a sound signature says nothing of the form."""
    genuine = verification.read_verified(folder)[0]
    forged = tmp_path / "forged"
    shutil.copytree(folder, forged)
    manifest = json.loads((folder / evidence.MANIFEST).read_bytes())
    assessment = json.loads((folder / "assessment.json").read_bytes())
    inventory = json.loads((folder / evidence.INVENTORY).read_bytes())
    report = json.loads(base64.b64decode(inventory["payload"]))
    read = 0

    def one() -> None:
        nonlocal read
        turn = chance.random()
        parts = {
            "assessment.json": mutated(assessment, chance) if turn < 0.4 else assessment,
            evidence.INVENTORY: mutated(report, chance) if 0.4 <= turn < 0.7 else report,
        }
        files = dict(zip(parts, (_octets(p) for p in parts.values()), strict=True))
        files[evidence.INVENTORY] = sign(
            evidence.REPORT_PAYLOAD_TYPE, files[evidence.INVENTORY], KEY
        )
        rows = {row["name"]: row for row in manifest["files"]}
        for name, octets in files.items():
            digest: FileDigest = evidence.digest_of(name, octets)
            rows[name] = digest.model_dump()
            (forged / name).write_bytes(octets)
        whole = manifest | {"files": list(rows.values())}
        octets = _octets(mutated(whole, chance) if turn >= 0.7 else whole)
        (forged / evidence.MANIFEST).write_bytes(octets)
        (forged / evidence.SIGNED_MANIFEST).write_bytes(sign(PAYLOAD_TYPE, octets, KEY))
        try:
            other = verification.read_verified(forged)[0]
            compare(genuine, other)
            compare(other, genuine)
            read += 1
        except EvidenceError as error:
            text = error.diagnostics()
            assert len(text) < 20 * _MOST_ERROR
            assert MARKER not in text.replace(str(forged), "")

    watch.run(SECONDS, one)
    assert read


def _octets(document: Any) -> bytes:
    return json.dumps(document).encode()
