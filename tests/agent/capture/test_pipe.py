"""Captures that come through a pipe while they are made."""

import hashlib
import io
import os
from pathlib import Path

import pytest

from schouw_agent.capture.blocks import Capture, read_blocks
from schouw_agent.capture.stop import Stop
from schouw_agent.errors import CaptureError


def _count(capture: Capture) -> int:
    return sum(block.offset.size for block in capture)


@pytest.mark.parametrize("form", ["pcap", "pcapng"])
def test_what_comes_through_a_pipe_is_handed_on_before_the_pipe_ends(writer, form: str) -> None:
    octets = getattr(writer, form)()
    reading, writing = os.pipe()
    with open(reading, "rb") as pipe:  # noqa: PTH123
        capture = read_blocks(pipe, stop=Stop(20))
        # The last frame is not whole yet.
        os.write(writing, octets[:-5])
        blocks = iter(capture)
        frames = next(blocks).offset.size
        while frames < 3:
            frames += next(blocks).offset.size
        assert frames == 3
        os.write(writing, octets[-5:])
        assert next(blocks).offset.size == 1
        os.close(writing)
        assert list(blocks) == []
    assert capture.frames == 4
    assert not capture.truncated
    assert capture.sha256 == hashlib.sha256(octets).hexdigest()


@pytest.mark.parametrize("form", ["pcap", "pcapng"])
def test_a_pipe_can_be_left_off_at_any_time(writer, form: str) -> None:
    octets = getattr(writer, form)()
    reading, writing = os.pipe()
    stop = Stop()
    with open(reading, "rb") as pipe:  # noqa: PTH123
        capture = read_blocks(pipe, stop=stop)
        os.write(writing, octets[:-5])
        for _ in capture:
            if capture.frames == 3:
                stop.now()
    os.close(writing)
    assert capture.frames == 3
    assert not capture.truncated
    assert capture.notes == ()


@pytest.mark.parametrize("how", ["at once", "in time"])
def test_a_pipe_that_says_nothing_is_not_waited_for_for_ever(how: str) -> None:
    reading, writing = os.pipe()
    stop = Stop(0.2)
    if how == "at once":
        stop.now()
    with open(reading, "rb") as pipe, pytest.raises(CaptureError, match="empty"):  # noqa: PTH123
        _count(read_blocks(pipe, stop=stop))
    os.close(writing)


def test_with_a_stop_a_file_and_a_buffer_are_read_as_ever(tmp_path: Path, writer) -> None:
    path = tmp_path / "file"
    path.write_bytes(writer.pcap())
    with path.open("rb") as file:
        assert _count(read_blocks(file, stop=Stop())) == 4
    assert _count(read_blocks(io.BytesIO(writer.pcap()), stop=Stop())) == 4
