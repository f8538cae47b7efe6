"""What `schouw-agent` makes of a capture of a real broker and real clients."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from schouw_agent.report import Device, Emission, Report
from tests.e2e.conftest import Scene
from tests.e2e.scene import BROKER, CLIENTS, hashed_addresses


def agent(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", "from schouw_agent.cli import main; main()", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def report(scene: Scene) -> Report:
    return Report.model_validate_json(agent("inspect", str(scene.capture), "--json"))


@pytest.fixture(scope="module")
def messages(scene: Scene) -> list[dict[str, Any]]:
    lines = agent("messages", str(scene.capture), "--jsonl").splitlines()
    return [json.loads(line) for line in lines]


def device(report: Report, name: str) -> Device:
    """Return the one device that goes by a client id, or by the address that it has here."""
    found = [
        device
        for device in report.devices
        if {identifier.value for identifier in device.identifiers} & {name, CLIENTS.get(name, name)}
    ]
    assert len(found) == 1, f"{name}: {len(found)} devices"
    return found[0]


def emission(report: Report, name: str, category: str) -> Emission:
    """Return the one emission of a category to the broker."""
    found = [
        e
        for e in device(report, name).emissions
        if e.category == category and e.recipient == BROKER
    ]
    assert len(found) == 1, f"{name} {category}: {len(found)} emissions"
    return found[0]


def test_the_capture_was_read_whole(report: Report) -> None:
    coverage = report.coverage
    assert coverage.missed_octets == 0
    assert coverage.truncated_frames == coverage.invalid_frames == 0
    assert not [row for row in coverage.undecoded if row.reason in ("invalid", "gap")]


def test_every_message_was_found_once(scene: Scene, messages: list[dict[str, Any]]) -> None:
    publishes = [row for row in messages if row["kind"] == "publish"]
    sent = scene.sent
    # The bin speaks TLS: only what the broker passed on of it is to be read.
    clients = sent["levels"] + sent["counts"] + sent["images"] + sent["commands"] + 1
    assert len(publishes) == clients + sum(scene.received.values())
    assert {row["qos"] for row in publishes} == {0, 1, 2}
    ids = {row["client_id"] for row in messages if row["kind"] == "connect"}
    assert ids == set(CLIENTS) - {"bak-05"}


def test_no_payload_in_messages(messages: list[dict[str, Any]]) -> None:
    text = json.dumps(messages)
    assert "payload_octets" in text
    assert not [digest for turn in range(3) for digest in hashed_addresses(turn) if digest in text]


def test_a_sound_meter_sends_levels(scene: Scene, report: Report) -> None:
    found = [e for e in device(report, "geluid-07").emissions if e.category == "sound_level"]
    assert {e.messages for e in found} == {scene.sent["levels"]}
    assert {e.protocol for e in found} == {"mqtt"}
    assert {e.recipient for e in found} == {BROKER, CLIENTS["dashboard"]}
    assert {e.category for e in device(report, "geluid-07").emissions} == {"sound_level"}


def test_a_counter_behind_topic_aliases_sends_hashed_addresses(
    scene: Scene, report: Report
) -> None:
    hashed = emission(report, "teller-12", "wifi_mac_hashed")
    assert hashed.messages == scene.sent["counts"]
    assert hashed.form == "64 hex digits"
    assert hashed.confidence >= 0.8
    assert hashed.privacy_class == "pseudonymous"
    assert hashed.channel.startswith("straat/")
    assert emission(report, "teller-12", "people_count").messages == scene.sent["counts"]


def test_an_image_is_described_and_counted_once_at_qos_2(scene: Scene, report: Report) -> None:
    image = emission(report, "camera-03", "still_image")
    assert image.messages == scene.sent["images"]
    assert image.octets > 3 * 20_000
    assert "640" in image.form
    assert "480" in image.form
    assert device(report, "camera-03").authentication == "password in clear"


def test_deliveries_are_nobodys_emission(report: Report) -> None:
    dashboard = device(report, "dashboard")
    assert dashboard.role == "viewer"
    assert {e.category for e in dashboard.emissions} == set()
    assert device(report, BROKER).role == "broker"
    subscribers = {r.address for r in device(report, "geluid-07").recipients}
    assert {BROKER, CLIENTS["dashboard"]} <= subscribers


def test_a_lamp_is_commanded_and_keeps_its_state_at_the_broker(report: Report) -> None:
    lamp = device(report, "lantaarn-21")
    commands = [e for e in lamp.emissions if e.direction == "received"]
    assert {e.category for e in commands} == {"actuation_light_level"}
    assert [e for e in lamp.emissions if e.retained and e.channel.endswith("/online")]


def test_what_is_encrypted_is_not_guessed_at(report: Report) -> None:
    bin_ = device(report, "bak-05")
    assert {e.category for e in bin_.emissions if e.direction == "sent"} == {"opaque_payload"}
    assert {r.transport_security for r in bin_.recipients} == {"tls 1.3"}
    assert [row for row in bin_.coverage.undecoded if row.reason == "encrypted" and row.octets]
    assert [row for row in report.coverage.undecoded if row.reason == "encrypted"]


def test_no_pseudonym_is_in_the_report(report: Report) -> None:
    text = report.model_dump_json()
    assert not [digest for turn in range(12) for digest in hashed_addresses(turn) if digest in text]
    assert "not-a-real-password" not in text


def test_the_flows_add_up(scene: Scene, report: Report) -> None:
    rows = [json.loads(line) for line in agent("flows", str(scene.capture), "--jsonl").splitlines()]
    assert len(rows) == len(CLIENTS) == report.coverage.flows
    assert sorted(row["protocol"] for row in rows) == ["mqtt"] * 6 + ["tls"]
    assert {row["orig_address"] for row in rows} == set(CLIENTS.values())
    assert {row["resp_address"] for row in rows} == {BROKER}
    assert Path(scene.capture).stat().st_size > sum(
        row["orig_octets"] + row["resp_octets"] for row in rows
    )
