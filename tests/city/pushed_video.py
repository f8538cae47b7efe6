"""A camera that brings its video to a recorder: ffmpeg at both ends, ANNOUNCE and RECORD.

RFC 2326, 10.3 and 10.11; video as RTP over UDP, or interleaved.  In clear: ffmpeg has no RTSP over
TLS that serves.
"""

import subprocess
import time
from pathlib import Path

from tests.city.network import WIRE, enter
from tests.city.town import Host, Town

PORT = 554
_SECONDS = 2.0
"""Of the drawn video."""
_VIDEO = Path(__file__).parent / "media" / "square.h264"


def push_video(town: Town, camera: Host, recorder: str, *, interleaved: bool = False) -> None:
    """Let a camera bring two seconds of video to the address of a server, at its pace."""
    url = f"rtsp://{recorder}:{PORT}/{camera.name}"
    servers, street = town.wire.servers, town.wire.street
    # Of all addresses of the block, the camera is to speak from its own.
    route = ["ip", "route", "replace", recorder, "dev", WIRE, "src", camera.address]
    subprocess.run(route, check=True)
    taking = _ffmpeg(servers, "-rtsp_flags", "listen", "-i", url, "-c", "copy", "-f", "null", "-")
    _until_listening(taking, servers)
    way = "tcp" if interleaved else "udp"
    bringing = _ffmpeg(
        street, "-re", "-f", "h264", "-framerate", "10", "-i", str(_VIDEO), "-c", "copy",
        "-f", "rtsp", "-rtsp_transport", way, url,
    )  # fmt: skip
    try:
        bringing.wait(timeout=20)
        taking.wait(timeout=5)
    except subprocess.TimeoutExpired:
        if bringing.poll() is None:
            raise
    finally:
        for process in (bringing, taking):
            process.kill()
            process.wait()
    if bringing.returncode:
        raise RuntimeError("the recorder did not take the video")


def _ffmpeg(namespace: int, *words: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        ["ffmpeg", "-nostdin", "-loglevel", "error", *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: enter(namespace),
    )


def _until_listening(process: "subprocess.Popen[bytes]", namespace: int) -> None:
    """Wait until a recorder takes connections; asking it by one would be one too many."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and process.poll() is None:
        listening = subprocess.run(
            ["ss", "-Hltn", f"sport = :{PORT}"],
            capture_output=True,
            check=True,
            preexec_fn=lambda: enter(namespace),
        ).stdout
        if listening:
            return
        time.sleep(0.02)
    raise RuntimeError("the recorder does not listen")
