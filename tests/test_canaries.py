"""Planted values by the commands: a finding by label, and no trace of the value in any output."""

import base64
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from schouw_collector.evidence.verification import verify
from tests.leaks.traffic import DEVICES, Wire, connect, publish

MAC, PLATE, NAME, TEXT = "02:00:5e:10:53:0f", "QO-971-Q", "Kwik Testpersoon", "kanarie geel 77"
SALT = "Zoutvat-der-Leverancier"
FILE = f"""[mac]
my-phone = "{MAC}"
[plate]
pool-car = "{PLATE}"
[name]
me = "{NAME}"
[text]
line = "{TEXT}"
unseen = "nergens te vinden 31"
[salt]
supplier = "{SALT}"
"""
DIGESTS = [
    hashlib.sha256((SALT + MAC).encode()).hexdigest(),
    hashlib.sha3_256(PLATE.replace("-", "").encode()).hexdigest(),
]
REGISTER = [
    {
        "reference": "WH-12",
        "type": "Aanwezigheid of nabijheidsensor",
        "datastream": "Passantentelling",
        "contains_pi_data": False,
    }
]
BINDINGS = {
    "schema": "https://schouw.example.org/schema/bindings/1",
    "bindings": [
        {"entry": "WH-12", "kind": "mac", "pattern": DEVICES["teller-12"][0], "set_by": "beheerder"}
    ],
}


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a capture, a register, bindings and the canary file."""
    folder = tmp_path_factory.mktemp("walk")
    wire = Wire()
    slug = TEXT.replace(" ", "-")
    payloads = [
        ("plein/teller-12/meting", {"people_count": 3, "visitor_hash": DIGESTS[0]}),
        (f"plein/{slug}/meting", {"id": DIGESTS[1], "bericht": f"dag {NAME}"}),
        (f"plein/{NAME}/meting", {slug: 2, NAME: 3, "mac": MAC}),
        ("plein/teller-12/ruw", f"{NAME};{PLATE}".encode()),
    ]
    turns = [(True, connect(slug, user=NAME, password="geheim")), (False, b"\x20\x02\x00\x00")]
    turns += [(True, publish(topic, payload)) for topic, payload in payloads]
    wire.connection(DEVICES["teller-12"], 1883, *turns)
    (folder / "walk.pcap").write_bytes(b"".join(wire.records))
    (folder / "register.json").write_text(json.dumps(REGISTER))
    (folder / "bindings.yaml").write_text(json.dumps(BINDINGS))
    (folder / "canaries.toml").write_text(FILE)
    return folder


def run(
    module: str, walk: Path, place: Path, *arguments: str
) -> subprocess.CompletedProcess[bytes]:
    code = (
        "import logging; logging.basicConfig(level=logging.DEBUG);"
        f"from {module} import main; main()"
    )
    return subprocess.run(
        [sys.executable, "-c", code, *arguments, "--canary-file", str(walk / "canaries.toml")],
        capture_output=True,
        check=False,
        cwd=place,
        env=os.environ | {"XDG_STATE_HOME": str(place)},
    )


def traces(octets: bytes) -> list[str]:
    """Return the values and digests that octets hold, in any of the simple notations."""
    lower = octets.lower()
    bare = MAC.replace(":", "")
    secrets = [MAC, bare, PLATE, PLATE.replace("-", ""), NAME, NAME.replace(" ", "-"), SALT]
    secrets += [TEXT, TEXT.replace(" ", "-"), "nergens te vinden"]
    secrets += [half for digest in DIGESTS for half in (digest[:16], digest[-16:])]
    return [
        each
        for each in secrets
        if each.lower().encode() in lower
        or each.encode().hex().encode() in lower
        or base64.b64encode(each.encode()).rstrip(b"=")[:-1] in octets
    ]


def test_the_agent_names_the_labels_alone(walk: Path, tmp_path: Path) -> None:
    done = run("schouw_agent.cli", walk, tmp_path, "inspect", str(walk / "walk.pcap"), "--json")
    report = json.loads(done.stdout)

    assert done.returncode == 0
    assert {c["label"]: c["messages"] > 0 for c in report["canaries"]} == {
        "my-phone": True, "pool-car": True, "me": True, "line": True, "unseen": False,
    }  # fmt: skip
    hashed = [
        (c["label"], c["algorithm"], c["notation"])
        for device in report["devices"]
        for emission in device["emissions"]
        for c in emission["canaries"]
        if c["algorithm"]
    ]
    assert sorted(set(hashed)) == [
        ("my-phone", "SHA-256 with salt supplier before", "colons, lower case"),
        ("pool-car", "SHA3-256", "no separators, upper case"),
    ]
    assert traces(done.stdout + done.stderr) == []
    assert b"others on this machine may read it" in done.stderr


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_a_check_finds_and_keeps_no_trace(walk: Path, tmp_path: Path, form: list[str]) -> None:
    done = run(
        "schouw_collector.cli", walk, tmp_path, "check", str(walk / "walk.pcap"),
        "--register", str(walk / "register.json"), "--bindings", str(walk / "bindings.yaml"),
        "--output", "out", *form,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assessment = json.loads((tmp_path / "out" / "assessment.json").read_bytes())
    found = [f for f in assessment["findings"] if f["rule_id"] == "D22"]

    assert {f["entry_id"] for f in found} == {"WH-12"}
    assert len({f["id"] for f in found}) == 4
    said = " ".join(f["observed"]["nl"] for f in found)
    assert all(f"“{label}”" in said for label in ("my-phone", "pool-car", "me", "line"))
    assert not verify(tmp_path / "out", None).problems
    written = {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()}
    for name, octets in list(written.items()):
        if name.endswith(".dsse.json"):
            written[f"{name}, opened"] = base64.b64decode(json.loads(octets)["payload"])
    written |= {"stdout": done.stdout, "stderr": done.stderr}
    assert {name: what for name, octets in written.items() if (what := traces(octets))} == {}
    digest = hashlib.sha256(FILE.encode()).hexdigest().encode()
    assert not [name for name, octets in written.items() if digest in octets]


def test_an_unsafe_file_fails_before_the_capture_is_read(walk: Path, tmp_path: Path) -> None:
    (tmp_path / "canaries.toml").write_text("[name]\nme = Kwik\n")
    done = run("schouw_agent.cli", tmp_path, tmp_path, "inspect", str(walk / "none.pcap"))

    assert done.returncode == 2
    assert done.stdout == b""
    assert b"canaries.toml, line 2: too short" in done.stderr
    assert b"Kwik" not in done.stderr
