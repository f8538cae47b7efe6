"""Identifiers that no earlier test has seen, new ones at every run, come out of nothing."""

import base64
import json
import os
import random
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from tests.leaks.secrets import Secret, found_in
from tests.leaks.traffic import DEVICES
from tests.soak.identifiers import PLAIN, Kinds, identifiers, vectors
from tests.soak.personal_traffic import OWN, capture

pytestmark = pytest.mark.soak

AGENT, COLLECTOR = "schouw_agent.cli", "schouw_collector.cli"
_SCHEMA = "https://schouw.example.org/schema"
NOT_OF_A_NAME = frozenset({
    "airpods", "familie", "fitbit", "galaxy", "garmin", "hotspot", "iphone", "laptop", "macbook",
    "mevrouw", "tablet", "telefoon", "watch", "example",
})  # fmt: skip
"""Words of the values that identify nobody."""
NAMES = ("person", "name of another script", "device of a person", "SSID", "e-mail")


class Outcome(NamedTuple):
    """What a command has written, in its streams and in files, by name."""

    code: int
    written: Mapping[str, bytes]
    place: Path


class Scene(NamedTuple):
    """The files that a check reads."""

    kinds: Kinds
    wanted: tuple[Secret, ...]
    limit: tuple[Secret, ...]
    faces: tuple[Secret, ...]
    traffic: Path
    register: Path
    bindings: Path
    place: Path


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    seed = int(os.environ.get("SOAK_SEED") or random.SystemRandom().randrange(1 << 32))
    sys.stdout.write(f"SOAK_SEED={seed}\n")
    chance = random.Random(seed)
    place = tmp_path_factory.mktemp("wide")
    kinds, faces = identifiers(chance), vectors(chance)
    values = {kind: [secret.value for secret in found] for kind, found in kinds.items()}
    limit = kinds[PLAIN]
    wanted = [s for kind, found in kinds.items() if kind != PLAIN for s in found]
    wanted += _parts(kinds)
    return Scene(
        kinds,
        tuple(wanted),
        limit,
        tuple(Secret("face", str(face[0])) for face in faces),
        capture(place / "square.pcap", values, faces),
        _register(place / "register.json", values),
        _bindings(place / "bindings.yaml", values),
        place,
    )


def _parts(kinds: Kinds) -> Iterable[Secret]:
    """Yield the names within the names: a family name is one without the given name too."""
    for kind in NAMES:
        for secret in kinds[kind]:
            for word in re.findall(r"[^\W\d_]{6,}", secret.value):
                if word.lower() not in NOT_OF_A_NAME:
                    yield Secret(f"{kind}, a part", word)


def _register(path: Path, values: Mapping[str, list[str]]) -> Path:
    """Write a register whose contact data are people's, in the fields that are for it."""
    entries = [
        {
            "id": number,
            "reference": f"WH-{number}",
            "owner": {"name": name, "email": mail, "organisation": name},
            "type": "Geluidsensor",
            "location": {"latitude": 52.0, "longitude": 4.0},
            "location_description": f"Bel {telephone}",
            "datastream": f"Meet geluid. Vragen: {name}, {mail}, {telephone}",
            "contains_pi_data": False,
            "observation_goals": [{"observation_goal": f"Vraag {mail}", "legal_ground": None}],
            "active_until": "2039-01-01",
        }
        for number, (name, mail, telephone) in enumerate(
            zip(values["person"], values["e-mail"], _dutch(values["telephone"]), strict=False), 1
        )
    ]
    path.write_text(json.dumps({"count": len(entries), "results": entries}))
    return path


def _dutch(telephones: Iterable[str]) -> list[str]:
    """Return numbers in the notations that the text of a register is freed of."""
    return [f"06{re.sub(r'[^0-9]', '', number)[:8]:0<8}" for number in telephones]


def _bindings(path: Path, values: Mapping[str, list[str]]) -> Path:
    rows = [
        {
            "entry": "WH-1",
            "kind": "mac",
            "pattern": DEVICES["teller-12"][0],
            "set_by": "beheerder",
            "note": ", ".join(item for found in values.values() for item in found)[:1000],
        }
    ]
    path.write_text(yaml.safe_dump({"schema": f"{_SCHEMA}/bindings/1", "bindings": rows}))
    return path


def run(place: Path, module: str, *arguments: str | Path) -> Outcome:
    """Return what a command writes in a folder of its own, every log switched on."""
    folder = place / f"run-{len(list(place.iterdir()))}"
    folder.mkdir()
    code = (
        "import logging; logging.basicConfig(level=logging.DEBUG);"
        f"from {module} import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True,
        check=False,
        cwd=folder,
        env=os.environ | {"XDG_STATE_HOME": str(folder), "COLUMNS": "1000"},
    )
    assert b"Traceback" not in done.stderr, done.stderr[-2000:].decode("utf-8", "replace")
    written = {"stdout": done.stdout, "stderr": done.stderr}
    written |= {p.name: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    for name, octets in list(written.items()):
        if name.endswith(".dsse.json"):
            written[f"{name}, opened"] = base64.b64decode(json.loads(octets)["payload"])
    return Outcome(done.returncode, written, folder)


def leaks(outcome: Outcome, wanted: Iterable[Secret]) -> dict[str, list[str]]:
    """Return what stands where, in whatever form; also as JSON and HTML write letters."""
    every = tuple(wanted)
    found: dict[str, list[str]] = {}
    for name, octets in outcome.written.items():
        text = unicodedata.normalize("NFC", octets.decode("utf-8", "replace"))
        what = found_in(text.encode(), every, ())
        what += [
            f"{s.kind} {n}, escaped"
            for n, s in enumerate(every)
            if (escaped := json.dumps(s.value)[1:-1]) != s.value and escaped in text
        ]
        if what:
            found[name] = what
    return found


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_inspect(scene: Scene, form: list[str]) -> None:
    outcome = run(scene.place, AGENT, "inspect", scene.traffic, *form)
    assert outcome.code == 0
    assert not leaks(outcome, (*scene.wanted, *scene.faces))
    shown = outcome.written["stdout"].decode()
    assert "geluid-havenplein-02" in shown
    assert not form or all(topic in shown for topic in OWN)


def test_a_family_name_that_is_a_word_among_words_is_a_known_limit(scene: Scene) -> None:
    """Not hidden: docs/privacy.md names it.  Of these alone it may be that some stay."""
    outcome = run(scene.place, AGENT, "inspect", scene.traffic, "--json")
    shown = outcome.written["stdout"].decode().lower()
    kept = [s for s in scene.limit if s.value.lower() in shown]
    sys.stdout.write(f"known limit: {len(kept)} of {len(scene.limit)} family names alone stay\n")
    # With anything beside them, or below a holder, not even these stay.
    assert not any(f"gebruikers/{s.value.lower()}" in shown for s in scene.limit)
    assert not any(f"bezoekers.{s.value.lower()}" in shown for s in scene.limit)


@pytest.fixture(scope="module")
def checked(scene: Scene) -> Outcome:
    inputs = ("--register", scene.register, "--bindings", scene.bindings, "--output", "evidence")
    return run(scene.place, COLLECTOR, "check", scene.traffic, *inputs)


def test_check_and_its_evidence(scene: Scene, checked: Outcome) -> None:
    assert checked.code in (0, 1), checked.written["stderr"][-2000:]
    assert {"assessment.json", "findings.csv", "report.nl.html"} <= set(checked.written)
    assert not leaks(checked, (*scene.wanted, *scene.faces))
    again = run(scene.place, COLLECTOR, "verify", checked.place / "evidence")
    assert again.code == 0
    assert not leaks(again, scene.wanted)


@pytest.mark.parametrize("options", [["--json"], ["--language", "nl"], ["--language", "en"]])
def test_what_check_prints(scene: Scene, options: list[str]) -> None:
    outcome = run(
        scene.place, COLLECTOR, "check", scene.traffic, "--register", scene.register, *options
    )
    assert outcome.code in (0, 1)
    assert not leaks(outcome, (*scene.wanted, *scene.faces))


@pytest.mark.parametrize("options", [["--json"], ["--language", "nl"], ["--language", "en"]])
def test_compare(scene: Scene, checked: Outcome, options: list[str]) -> None:
    old, new = scene.place / "empty", checked.place / "evidence"
    if not old.exists():
        short = scene.place / "short.pcap"
        short.write_bytes(scene.traffic.read_bytes()[:200_000])
        first = run(
            scene.place, COLLECTOR, "check", short, "--register", scene.register,
            "--output", "evidence",
        )  # fmt: skip
        shutil.copytree(first.place / "evidence", old)
    outcome = run(scene.place, COLLECTOR, "compare", old, new, *options)
    assert outcome.code in (0, 1)
    assert not leaks(outcome, scene.wanted)


def test_errors(scene: Scene) -> None:
    """Every file that is read, malformed where the identifiers are."""
    values = [secret.value for secret in scene.wanted][::5]
    everything = "\n".join(values)
    broken = {
        "register": json.dumps({"results": [{"id": 1, v: v, "type": [v]} for v in values]}),
        "bindings": yaml.safe_dump(
            {
                "schema": f"{_SCHEMA}/bindings/1",
                "bindings": [{"entry": "WH-1", v: v} for v in values],
            }
        ),
        "order": "".join(f"{json.dumps(v)} = {json.dumps(v)}\n" for v in dict.fromkeys(values)),
        "capture": everything,
    }
    for kind, text in broken.items():
        for number, content in enumerate((text, everything, text[: len(text) // 2])):
            path = scene.place / f"broken-{kind}-{number}"
            path.write_text(content)
            source = path if kind == "capture" else scene.place / "square.pcap"
            options = {"register": scene.register} | ({} if kind == "capture" else {kind: path})
            given = [part for key, value in options.items() for part in (f"--{key}", value)]
            outcome = run(scene.place, COLLECTOR, "check", source, *given)
            assert outcome.code == 2, (kind, number)
            assert not leaks(outcome, scene.wanted), kind
