"""The audit log: whatever is done to it afterwards is found, and named by its place."""

import hashlib
import os
import signal
import subprocess
import sys

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schouw_collector.cases.audit_log import FIRST, opened, read
from schouw_collector.errors import LogError

BODIES = [{"event": "opened", "text": f"line {n}"} for n in range(1, 6)]


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "cases.jsonl"
    for body in BODIES:
        with opened(path) as lines:
            lines.add(body)
    return path


def test_what_is_added_is_read_in_order(log):
    found = read(log)
    assert [dict(line.body) for line in found.lines] == BODIES
    assert [line.number for line in found.lines] == [1, 2, 3, 4, 5]
    assert (found.dropped, found.head) == (0, found.lines[-1].digest)


def test_a_log_that_is_not_there_is_empty(tmp_path):
    found = read(tmp_path / "none.jsonl")
    assert (found.lines, found.head) == ([], FIRST)
    assert not (tmp_path / "none.jsonl").exists()


def test_nothing_is_written_if_the_writer_fails(log):
    def fail():
        with opened(log) as lines:
            lines.add({"event": "wrong"})
            raise ValueError("no")

    before = log.read_bytes()
    with pytest.raises(ValueError, match="no"):
        fail()
    assert log.read_bytes() == before


def _edited(line):
    body = orjson.loads(line)
    body["text"] = "something else"
    return orjson.dumps(body, option=orjson.OPT_SORT_KEYS)


def _forged(line):
    """The same with a digest that fits: only the line after it can tell."""
    body = orjson.loads(_edited(line))
    del body["digest"]
    body["digest"] = hashlib.sha256(orjson.dumps(body, option=orjson.OPT_SORT_KEYS)).hexdigest()
    return orjson.dumps(body, option=orjson.OPT_SORT_KEYS)


TAMPERED = [
    (lambda r: [*r[:2], _edited(r[2]), *r[3:]], "line 3: was changed", "edited"),
    (lambda r: [*r[:2], r[2].replace(b":", b": ", 1), *r[3:]], "line 3: was changed", "respaced"),
    (lambda r: [*r[:2], _forged(r[2]), *r[3:]], "line 4: does not follow", "edited and digested"),
    (lambda r: [*r[:2], *r[3:]], "line 3: lines are missing", "left out"),
    (lambda r: [*r[:2], r[3], r[2], r[4]], "line 3: lines are missing", "two changed places"),
    (lambda r: [*r[:3], r[2], *r[3:]], "line 4: was moved or repeated", "repeated"),
    (lambda r: r[1:], "line 1: lines are missing", "the first left out"),
    (lambda r: [*r[:2], b"", *r[2:]], "line 3: was changed", "an empty line"),
    (lambda r: [*r[:2], b"[1]", *r[2:]], "line 3: was changed", "no object"),
    (lambda r: [*r[:2], b"{}", *r[2:]], "line 3: was changed", "nothing in it"),
]


@pytest.mark.parametrize(("tamper", "words", "why"), TAMPERED)
def test_a_tampered_line_is_named(log, tamper, words, why):
    rows = log.read_bytes().split(b"\n")[:-1]
    log.write_bytes(b"\n".join([*tamper(rows), b""]))
    with pytest.raises(LogError, match=words):
        read(log)
    with pytest.raises(LogError, match=words), opened(log):
        pytest.fail(why)


def test_the_last_digest_tells_that_the_end_was_cut_off(log):
    head = read(log).head
    rows = log.read_bytes().split(b"\n")
    log.write_bytes(b"\n".join([*rows[:4], b""]))
    assert read(log).head != head


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_flipped_bit_goes_unseen(log, data):
    octets = bytearray(log.read_bytes())
    clean = bytes(octets)
    place = data.draw(st.integers(0, len(octets) - 1))
    octets[place] ^= 1 << data.draw(st.integers(0, 7))
    log.write_bytes(octets)
    try:
        found = read(log)
    except LogError:
        pass
    else:
        # Only what looks like a crash in the last line passes, and is told.
        assert found.dropped
        assert len(found.lines) == 4
    finally:
        log.write_bytes(clean)


@pytest.mark.parametrize("kept", [1, 10, 60])
def test_an_unfinished_line_is_cut_off_and_said(log, kept):
    rows = log.read_bytes().split(b"\n")
    log.write_bytes(b"\n".join([*rows[:4], rows[4][:kept]]))
    assert (read(log).dropped, len(read(log).lines)) == (kept, 4)
    with opened(log) as lines:
        lines.add({"event": "next"})
    events = [line.body["event"] for line in read(log).lines]
    assert events == ["opened"] * 4 + ["recovered", "next"]
    assert read(log).lines[4].body["dropped_octets"] == kept


def test_a_whole_line_without_its_end_is_kept(log):
    log.write_bytes(log.read_bytes()[:-1])
    assert (read(log).dropped, len(read(log).lines)) == (0, 5)
    with opened(log) as lines:
        lines.add({"event": "next"})
    assert len(read(log).lines) == 6


def test_a_folder_or_a_pipe_is_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe"):
        with pytest.raises(LogError), opened(path):
            pass


WRITER = """
import sys
from pathlib import Path
from schouw_collector.cases.audit_log import opened
print("ready", flush=True)
for number in range(int(sys.argv[2])):
    with opened(Path(sys.argv[1])) as log:
        log.add({"event": "comment", "writer": sys.argv[3], "text": "x" * 2000})
"""


def _start(path, count, name):
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), str(count), name], stdout=subprocess.PIPE
    )


def test_writers_at_the_same_time_wait_for_each_other(tmp_path):
    path = tmp_path / "cases.jsonl"
    writers = [_start(path, 40, name) for name in "abc"]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    for writer in writers:
        writer.stdout.close()
    said = [line.body["writer"] for line in read(path).lines]
    assert {name: said.count(name) for name in "abc"} == dict.fromkeys("abc", 40)


def test_a_writer_that_is_killed_leaves_a_log_that_holds(tmp_path):
    path = tmp_path / "cases.jsonl"
    for turn in range(3):
        writer = _start(path, 10_000, str(turn))
        assert writer.stdout.readline() == b"ready\n"
        before = len(read(path).lines)
        while len(read(path).lines) < before + 5:
            assert writer.poll() is None
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        assert len(read(path).lines) >= before + 5
    with opened(path) as log:
        log.add({"event": "after"})
    assert read(path).lines[-1].body == {"event": "after"}
