"""Captures of either format: what is read, what is refused, and what is noted."""

import hashlib
import io
import random
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schouw_agent.capture.blocks import Capture, first_time, read_blocks
from schouw_agent.errors import CaptureError

SECOND = 1_000_000_000


def frames_of(capture: Capture) -> list[tuple[bytes, int, int]]:
    """Return octets, length on the wire and time of each frame."""
    found = []
    for block in capture:
        for at, captured, wire, time in zip(
            block.offset.tolist(),
            block.captured_length.tolist(),
            block.wire_length.tolist(),
            block.time.tolist(),
            strict=True,
        ):
            found.append((block.octets[at : at + captured].tobytes(), wire, time))
    return found


class Pipe(io.RawIOBase):
    """Hands out a few octets at a time and cannot seek, as standard input does."""

    def __init__(self, octets: bytes, step: int) -> None:
        self._rest = octets
        self._step = step

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:
        part, self._rest = self._rest[: self._step], self._rest[self._step :]
        part, back = part[: len(buffer)], part[len(buffer) :]
        self._rest = back + self._rest
        buffer[: len(part)] = part
        return len(part)


UNREADABLE = [
    ("empty", b"", "is empty"),
    ("text", b"name,type\n", "is not a pcap or pcapng capture"),
    ("gzip", b"\x1f\x8b\x08\0\0\0", "is not a pcap or pcapng capture"),
    ("three octets", b"\xd4\xc3\xb2", "is not a pcap or pcapng capture"),
    ("nearly the magic", b"\xd4\xc3\xb2\xa2" + b"\0" * 40, "is not a pcap or pcapng capture"),
]


@pytest.mark.parametrize(
    ("octets", "reason"), [row[1:] for row in UNREADABLE], ids=[row[0] for row in UNREADABLE]
)
def test_what_is_no_capture_is_refused_by_name(tmp_path: Path, octets: bytes, reason: str) -> None:
    path = tmp_path / "square.pcap"
    path.write_bytes(octets)
    with pytest.raises(CaptureError) as caught:
        frames_of(read_blocks(path))
    assert caught.value.diagnostics() == f"square.pcap: {reason}"


def test_a_missing_file_a_directory_and_a_locked_file_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(CaptureError, match=r"^absent\.pcap: no such file$"):
        frames_of(read_blocks(tmp_path / "absent.pcap"))
    with pytest.raises(CaptureError, match="is a directory, not a capture"):
        frames_of(read_blocks(tmp_path))
    with pytest.raises(CaptureError, match="cannot be opened"):
        frames_of(read_blocks("nul\0inside.pcap", name="odd"))


def test_a_file_without_permission_says_so(tmp_path: Path, monkeypatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    # Root may read everything, so the refusal is played.
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(CaptureError, match=r"^locked\.pcap: no permission to read it$"):
        frames_of(read_blocks(tmp_path / "locked.pcap"))


@pytest.mark.parametrize("form", ["pcap", "pcapng"])
@pytest.mark.parametrize("step", [1, 7, 1 << 16])
def test_a_pipe_gives_what_a_file_gives(tmp_path, writer, form: str, step: int) -> None:
    octets = getattr(writer, form)()
    path = tmp_path / "file"
    path.write_bytes(octets)
    file, pipe = read_blocks(path), read_blocks(Pipe(octets, step), name="-")
    assert frames_of(file) == frames_of(pipe)
    assert file.frames == pipe.frames == 4
    assert file.sha256 == pipe.sha256 == hashlib.sha256(octets).hexdigest()
    assert not pipe.truncated
    assert pipe.notes == ()


@pytest.mark.parametrize("form", ["pcap", "pcapng"])
@pytest.mark.parametrize("room", [64, 200, 5000])
def test_the_size_of_the_buffer_does_not_matter(writer, form: str, room: int) -> None:
    octets = getattr(writer, form)()
    small = Capture(io.BytesIO(octets), buffer_octets=room)
    assert frames_of(small) == frames_of(Capture(io.BytesIO(octets)))
    assert small.sha256 == hashlib.sha256(octets).hexdigest()


@pytest.mark.parametrize("form", ["pcap", "pcapng"])
def test_a_capture_may_end_anywhere(writer, form: str) -> None:
    octets = getattr(writer, form)()
    whole = frames_of(read_blocks(io.BytesIO(octets)))
    cuts = [*range(4, 340), len(octets) - 1]
    for cut in cuts:
        capture = read_blocks(io.BytesIO(octets[:cut]))
        found = frames_of(capture)
        assert found == whole[: len(found)]
        assert len(found) < len(whole)
        rest = read_blocks(io.BytesIO(octets[:cut]), digest=False)
        assert frames_of(rest) == found
        assert rest.sha256 == ""
    assert capture.truncated


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    form=st.sampled_from(["pcap", "pcapng"]),
    where=st.integers(0, 2000),
    damage=st.binary(min_size=1, max_size=12),
    room=st.sampled_from([64, 1000, 1 << 20]),
)
def test_damage_anywhere_ends_in_an_error_or_in_what_could_be_read(
    writer, form: str, where: int, damage: bytes, room: int
) -> None:
    octets = bytearray(getattr(writer, form)())
    where %= len(octets)
    octets[where : where + len(damage)] = damage
    capture = Capture(io.BytesIO(bytes(octets)), buffer_octets=room)
    try:
        found = frames_of(capture)
    except CaptureError:
        return
    assert capture.frames == len(found) <= 4 + len(octets) // 16
    assert capture.sha256 == hashlib.sha256(octets).hexdigest()


def test_the_first_time_orders_files(tmp_path: Path, writer) -> None:
    path = tmp_path / "one.pcap"
    path.write_bytes(writer.pcap_header() + writer.pcap_record(b"x", 5))
    assert first_time(path) == 1_700_000_000 * SECOND + 5_000
    path.write_bytes(writer.pcap_header())
    assert first_time(path) is None


def test_many_blocks_keep_their_octets_until_the_next(writer) -> None:
    source = random.Random(7)
    frames = [source.randbytes(source.randrange(0, 300)) for _ in range(500)]
    capture = Capture(io.BytesIO(writer.pcap(frames)), buffer_octets=4096)
    assert [octets for octets, _, _ in frames_of(capture)] == frames


def test_reading_leaves_no_thread_behind(writer) -> None:
    before = threading.active_count()
    frames_of(read_blocks(io.BytesIO(writer.pcap())))
    assert threading.active_count() == before
