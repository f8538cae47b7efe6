"""Nothing that identifies a person comes out of the commands, whatever goes in.

Expert views (`flows`, `messages`, `classify`) show addresses, topics and key paths as they are, on
the terminal of whoever runs them; they must not show what only stands in a payload.
"""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from tests.leaks.secrets import VALUES_ALONE, Secret, found_in, media, secrets
from tests.leaks.traffic import DEVICES, GUESTS, SERVER, Kinds, capture, payloads

AGENT, COLLECTOR = "schouw_agent.cli", "schouw_collector.cli"


class Outcome(NamedTuple):
    """What a command has written, in its streams and in files."""

    code: int
    written: Mapping[str, bytes]
    place: Path


@pytest.fixture(scope="module")
def kinds() -> Kinds:
    return secrets()


@pytest.fixture(scope="module")
def everything(kinds: Kinds) -> tuple[Secret, ...]:
    return tuple(secret for found in kinds.values() for secret in found)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("leaks")


@pytest.fixture(scope="module")
def traffic(folder: Path, kinds: Kinds) -> Path:
    return capture(folder / "square.pcap", kinds, media())


@pytest.fixture(scope="module")
def order(folder: Path) -> Path:
    path = folder / "order.toml"
    path.write_text(
        f"""schema = "https://schouw.example.org/schema/order/1"
principal = "Gemeente Waterhaven"
permission = "Beheerder van het netwerk, 2026-01-01"
[period]
start = 2020-01-01T00:00:00Z
end = 2040-01-01T00:00:00Z
[scope]
subnets = ["192.0.2.0/24", "198.51.100.0/24", "{GUESTS}"]
guest_subnets = ["{GUESTS}"]
"""
    )
    return path


@pytest.fixture(scope="module")
def register(folder: Path, kinds: Kinds) -> Path:
    """Write a register in Amsterdam form, with the contact data that such registers hold."""
    entries = [
        {
            "id": number,
            "reference": f"WH-{number}",
            "owner": {
                "name": kinds["person"][number].value,
                "email": kinds["e-mail"][number].value,
                "organisation": "Gemeente Waterhaven",
            },
            "type": "Geluidsensor",
            "location": {"latitude": 52.0, "longitude": 4.0},
            "datastream": f"Telt mensen. Vragen: {kinds['e-mail'][number].value}, "
            f"{kinds['telephone'][number].value}",
            "contains_pi_data": False,
            "observation_goals": [{"observation_goal": "Drukte", "legal_ground": None}],
            "active_until": "2039-01-01",
        }
        for number in range(1, len(DEVICES) + 1)
    ]
    entries.append({"id": 99, "reference": "WH-99", "owner": kinds["person"][9].value})
    path = folder / "register.json"
    path.write_text(json.dumps({"count": len(entries), "results": entries}))
    return path


Run = Callable[..., Outcome]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Return a function that runs a command, every log switched on, in a folder of its own."""

    def command(module: str, *arguments: str | Path, given: bytes = b"") -> Outcome:
        place = tmp_path_factory.mktemp("run")
        code = (
            "import logging; logging.basicConfig(level=logging.DEBUG);"
            f"from {module} import main; main()"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, *map(str, arguments)],
            input=given,
            capture_output=True,
            check=False,
            cwd=place,
            env=os.environ | {"XDG_STATE_HOME": str(place)},
        )
        assert b"Traceback" not in done.stderr, done.stderr.decode()
        files = [path for path in sorted(place.rglob("*")) if path.is_file()]
        written = {"stdout": done.stdout, "stderr": done.stderr}
        written |= {path.name: path.read_bytes() for path in files}
        for name, octets in list(written.items()):
            if name.endswith(".dsse.json"):
                written[f"{name}, opened"] = base64.b64decode(json.loads(octets)["payload"])
        return Outcome(done.returncode, written, place)

    return command


def leaks(outcome: Outcome, wanted: Iterable[Secret]) -> dict[str, list[str]]:
    every = tuple(wanted)
    found = {n: found_in(octets, every, media()) for n, octets in outcome.written.items()}
    return {name: what for name, what in found.items() if what}


def test_what_is_looked_for_would_be_found(everything: tuple[Secret, ...]) -> None:
    for number, secret in enumerate(everything):
        raw = secret.value.encode()
        forms = (
            raw,
            raw.upper(),
            raw.hex().encode(),
            *(base64.b64encode(b"x" * before + raw + b"yz") for before in range(3)),
        )
        for form in forms:
            assert found_in(b'{"a": "' + form + b'"}', [secret], []), f"{secret.kind} {number}"
    assert len(everything) > 500
    piece = media(1)[0]
    assert found_in(b"..." + piece + b"...", [], [piece])
    assert found_in(base64.b64encode(b"12" + piece), [], [piece])


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_inspect(
    run: Run, traffic: Path, order: Path, everything: tuple[Secret, ...], form: list[str]
) -> None:
    outcome = run(AGENT, "inspect", traffic, "--order", order, *form)
    assert outcome.code == 0
    assert not leaks(outcome, everything)
    # The devices themselves are there: a report that says nothing leaks nothing either.
    shown = outcome.written["stdout"].decode()
    assert all(name in shown for name in DEVICES)
    assert not form or all(mac in shown for mac, _ in DEVICES.values())


def test_inspect_without_an_order_shows_no_more_than_addresses_of_hosts(
    run: Run, traffic: Path, kinds: Kinds
) -> None:
    """Without an order nobody says where the guests are: their hosts are devices like others."""
    allowed = ("phone's MAC",)
    wanted = [secret for kind, found in kinds.items() if kind not in allowed for secret in found]
    outcome = run(AGENT, "inspect", traffic, "--json")
    assert outcome.code == 0
    assert not leaks(outcome, wanted)


@pytest.mark.parametrize("command", ["flows", "messages"])
def test_expert_views_show_no_payload(run: Run, traffic: Path, kinds: Kinds, command: str) -> None:
    outcome = run(AGENT, command, traffic, "--jsonl")
    assert outcome.code == 0
    assert not leaks(outcome, [secret for kind in VALUES_ALONE for secret in kinds[kind]])


def test_classify_shows_no_value(run: Run, kinds: Kinds) -> None:
    """Secrets that are keys do stand in the path that it prints; these are values only."""
    lines = []
    for number, (topic, payload) in enumerate(payloads(kinds, media())):
        octets = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        encoded = base64.b64encode(octets).decode()
        line = {"id": str(number), "payload": encoded, "encoding": "base64", "topic": topic}
        lines.append(json.dumps(line))
    outcome = run(AGENT, "classify", "--jsonl", given="\n".join(lines).encode())
    assert outcome.code == 0
    assert len(outcome.written["stdout"].splitlines()) == len(lines)
    assert not leaks(outcome, [secret for kind in VALUES_ALONE for secret in kinds[kind]])


@pytest.fixture(scope="module")
def checked(run: Run, traffic: Path, register: Path, order: Path) -> Outcome:
    inputs = ("--register", register, "--order", order, "--output", "evidence")
    return run(COLLECTOR, "check", traffic, *inputs)


def test_check_and_its_evidence(run: Run, checked: Outcome, everything: tuple[Secret, ...]) -> None:
    assert checked.code in (0, 1), checked.written["stderr"]
    assert {"assessment.json", "findings.csv", "report.nl.html"} <= set(checked.written)
    assert not leaks(checked, everything)
    again = run(COLLECTOR, "verify", checked.place / "evidence")
    assert again.code == 0
    assert not leaks(again, everything)


@pytest.mark.parametrize("options", [["--json"], ["--language", "nl"], ["--language", "en"]])
def test_what_check_prints(
    run: Run,
    traffic: Path,
    register: Path,
    order: Path,
    everything: tuple[Secret, ...],
    options: list[str],
) -> None:
    outcome = run(COLLECTOR, "check", traffic, "--register", register, "--order", order, *options)
    assert outcome.code in (0, 1), outcome.written["stderr"]
    assert not leaks(outcome, everything)


def test_compare(run: Run, checked: Outcome, everything: tuple[Secret, ...]) -> None:
    folder = checked.place / "evidence"
    outcome = run(COLLECTOR, "compare", folder, folder)
    assert outcome.code in (0, 1)
    assert not leaks(outcome, everything)


def test_errors_quote_nothing(
    run: Run,
    folder: Path,
    traffic: Path,
    register: Path,
    kinds: Kinds,
    everything: tuple[Secret, ...],
) -> None:
    """Every file that is read, malformed, with secrets where the error is."""
    values = [secret.value for secret in everything][::7]
    bindings = {
        "schema": "https://schouw.example.org/schema/bindings/1",
        "bindings": [{"entry": "WH-1", "kind": v, "pattern": v, v: v} for v in values],
    }
    broken = {
        "capture": traffic.read_bytes()[:50_000] + "".join(values).encode(),
        "no capture": " ".join(values).encode(),
        "register": json.dumps(
            {"results": [{"id": i, "location": v, "type": [v], v: v} for i, v in enumerate(values)]}
        ).encode(),
        "no register": b'{"results": ["' + values[0].encode(),
        "bindings": yaml.safe_dump(bindings).encode(),
        "no bindings": f"a: [{values[0]}\n- {values[1]}: :".encode(),
        "order": f'principal = ["{values[0]}"]\n"{values[1]}" = 1\n'.encode(),
        "no order": f"{values[0]} {values[1]}".encode(),
    }
    for name, octets in broken.items():
        path = folder / name.replace(" ", "-")
        path.write_bytes(octets)
        kind = name.rpartition(" ")[2]
        source = path if kind == "capture" else traffic
        options = {"register": register, kind: path}
        options.pop("capture", None)
        arguments = [part for key, value in options.items() for part in (f"--{key}", value)]
        outcome = run(COLLECTOR, "check", source, *arguments)
        assert outcome.code == 2 or name in ("capture", "register"), name
        allowed = ("phone's MAC",)  # no order, so no guests
        wanted = [s for s in everything if s.kind not in allowed]
        assert not leaks(outcome, wanted), name


def test_devices_in_scope_are_shown_on_purpose(run: Run, traffic: Path, order: Path) -> None:
    """The identities of the municipality's own devices, and of nobody else, are in clear."""
    report = json.loads(
        run(AGENT, "inspect", traffic, "--order", order, "--json").written["stdout"]
    )
    macs = {
        identifier["value"]
        for device in report["devices"]
        for identifier in device["identifiers"]
        if identifier["kind"] == "mac"
    }
    assert macs <= {mac for mac, _ in (*DEVICES.values(), SERVER)}
    assert report["coverage"]["passers_by_frames"] > 0
    assert report["coverage"]["invalid_frames"] == 0


def test_the_secrets_were_read(run: Run, traffic: Path, order: Path) -> None:
    """What is not in the report was not overlooked either: it is there by its category."""
    report = json.loads(
        run(AGENT, "inspect", traffic, "--order", order, "--json").written["stdout"]
    )
    found = {e["category"] for device in report["devices"] for e in device["emissions"]}
    wanted = {"access_token_id", "audio_stream", "contact_or_report_text", "credential"}
    wanted |= {"licence_plate_raw", "still_image", "wifi_mac_hashed", "wifi_mac_randomised"}
    assert wanted <= found
