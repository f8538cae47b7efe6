"""Logs and baselines under fire: killed writers, files that were damaged and signed again."""

import json
import os
import random
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from schouw_agent.errors import Error
from schouw_agent.signing import sign
from schouw_collector.cases.audit_log import AuditLog, opened, read
from schouw_collector.cases.case_lines import add, lines_of
from schouw_collector.cases.case_update import update
from schouw_collector.cases.cases import CaseBook
from schouw_collector.cases.cases_text import listed, story
from schouw_collector.change.baseline import PAYLOAD_TYPE, make_baseline, read_baseline
from schouw_collector.change.baseline_text import since
from schouw_collector.change.fingerprint import take
from schouw_collector.change.since import Since
from schouw_collector.change.watch import Watch, to_decide
from schouw_collector.errors import BaselineError, CaseError, LogError
from schouw_collector.evidence.assessment_source import AssessmentSource
from schouw_collector.saying.wording import Wording
from tests.collector.quiet_city import days
from tests.soak.conftest import Watch as Clock
from tests.soak.damage import mutated

pytestmark = pytest.mark.soak

SECONDS = float(os.environ.get("SOAK_SECONDS") or 60)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
NOW = datetime(2026, 12, 1, tzinfo=UTC)
WRITER = """
import sys
from pathlib import Path
from schouw_collector.cases.audit_log import opened
print("ready", flush=True)
while True:
    with opened(Path(sys.argv[1])) as log:
        for part in range(3):
            log.add({"event": "comment", "text": "x" * 5000})
"""


def test_writers_that_are_killed_at_any_moment_leave_a_log_that_holds(
    chance: random.Random, tmp_path: Path
) -> None:
    path = tmp_path / "cases.jsonl"
    until = time.monotonic() + SECONDS
    kills = 0
    while time.monotonic() < until:
        writers = [
            subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE)
            for _ in range(2)
        ]
        for writer in writers:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"ready\n"
        before = len(read(path).lines)
        more = chance.randrange(1, 40)
        while len(read(path).lines) < before + more:
            assert all(writer.poll() is None for writer in writers)
        for writer in writers:
            writer.kill()
            writer.wait()
            writer.stdout.close()
        assert len(read(path).lines) >= before + more
        kills += len(writers)
        if path.stat().st_size > 20 << 20:
            path.unlink()
    with opened(path) as log:
        log.add({"event": "after"})
    assert kills
    assert read(path).lines[-1].body == {"event": "after"}


def _fails_only_as_said(error: Error) -> None:
    text = error.diagnostics()
    assert 0 < len(text) < 600
    assert "\n" not in text


def test_a_baseline_of_any_content_is_refused_or_compared(
    watch: Clock, chance: random.Random, tmp_path: Path
) -> None:
    city = days(devices=12, seed=1)
    first, second = next(city), next(city)
    genuine = make_baseline(AssessmentSource("a", "0" * 64, first), NOW)
    document = json.loads(genuine.model_dump_json(by_alias=True))
    later = take(second)
    path = tmp_path / "baseline.json"
    read_once = 0

    def one() -> None:
        nonlocal read_once
        octets = json.dumps(mutated(document, chance)).encode()
        path.write_bytes(sign(PAYLOAD_TYPE, octets, KEY))
        try:
            other = read_baseline(path)
        except BaselineError as error:
            _fails_only_as_said(error)
            return
        read_once += 1
        for old, new in ((other.baseline.fingerprint, later), (later, other.baseline.fingerprint)):
            following = Watch(old)
            following.add(new)
            found = Since(
                baseline_sha256=other.sha256,
                baseline=old.period,
                statement=other.baseline.statement,
                windows=(new.period,),
                knowledge_changed=False,
                events=following.events(),
            )
            for language in ("nl", "en"):
                for line in since(found, Wording(language)):
                    assert "\x1b" not in line.plain

    watch.run(SECONDS, one)
    assert read_once


def test_a_case_file_of_any_content_is_refused_or_read(watch: Clock, chance: random.Random) -> None:
    city = days(devices=3, seed=2)
    sources = [AssessmentSource(f"d{n}", f"{n:064x}", next(city)) for n in range(3)]
    whole = AuditLog((), 0)
    for line in update(CaseBook(()), sources, NOW):
        add(whole, line)
    bodies = [dict(line.body) for line in whole.lines]
    w = Wording("nl")

    def one() -> None:
        log = AuditLog((), 0)
        try:
            damaged = orjson.loads(json.dumps(mutated(bodies, chance)))
        except ValueError:
            return  # no JSON as a log can hold
        try:
            for body in damaged if isinstance(damaged, list) else []:
                if isinstance(body, dict):
                    log.add(body)
            book = CaseBook(lines_of(log))
            update(book, sources, NOW + timedelta(days=1))
        except (CaseError, LogError) as error:
            _fails_only_as_said(error)
            return
        list(listed(book.cases.values(), NOW.date(), w))
        for case in book.cases.values():
            list(story(case, w))

    watch.run(SECONDS, one)


def test_ninety_quiet_days_of_two_thousand_devices_ask_at_most_five_decisions_a_week() -> None:
    city = days(devices=2000, seed=1)
    following = Watch(take(next(city)))
    for _ in range(90):
        following.add(take(next(city)))
    asked = to_decide(following.events())
    sys.stdout.write(f"{len(asked)} decisions in 90 days\n")
    assert len(asked) <= 5 * 90 / 7
