"""A camera that is watched: RTSP over TCP (RFC 2326), and its video as RTP over UDP (RFC 6184).

Or all of it in TLS: RTSP with its video interleaved (RFC 2326, 10.12), as `rtsps` has it.
"""

import socket
import ssl
import struct
import threading
from collections.abc import Callable

from tests.city.media import video
from tests.city.town import Host, Town

RTSP_PORT, SECURE_PORT = 554, 322
_PAYLOAD_TYPE, _CLOCK, _PICTURES = 96, 90_000, 10
_LARGEST = 1200


class Viewing:
    """Somebody watches a camera for a while: a real dialogue, then video at its pace."""

    def __init__(
        self,
        town: Town,
        camera: Host,
        viewer: str,
        *,
        path: str = "/live",
        secure: bool | None = None,
    ) -> None:
        """`viewer` is the address of a server that watches; `secure` is as the town is."""
        self._town, self._camera, self._viewer = town, camera, viewer
        self._secure = town.secure if secure is None else secure
        self._port = SECURE_PORT if self._secure else RTSP_PORT
        scheme = "rtsps" if self._secure else "rtsp"
        self._url = f"{scheme}://{camera.address}:{self._port}{path}"
        self._sequence = town.draw.randrange(1 << 16)
        self._stamp = town.draw.randrange(1 << 31)
        self._source = town.draw.getrandbits(32)

    def begin(self, seconds: float) -> None:
        """Ask for the stream, and let it come for so many seconds."""
        asking, answering = self._call()
        port = self._town.draw.randrange(20_000, 30_000, 2)
        for request, reply in self._dialogue(port):
            asking.sendall(request)
            answering.recv(4096)
            answering.sendall(reply)
            asking.recv(4096)
        self._ends: tuple[socket.socket, ...]
        if self._secure:
            self._ends = (answering, asking)
        else:
            asking.close()
            answering.close()
            self._ends = self._ways(port)
        pictures = _pictures()
        for number in range(int(seconds * _PICTURES)):
            units = pictures[number % len(pictures)]
            self._town.clock.after(number / _PICTURES, self._picture(units))
        self._town.clock.after(seconds + 1, self._end)

    def _call(self) -> tuple[socket.socket, socket.socket]:
        """Return the viewer's end and the camera's end of a connection."""
        with socket.create_server((self._camera.address, self._port)) as listening:
            with self._town.wire.among_servers():
                asking = socket.socket()
                asking.bind((self._viewer, 0))
                asking.connect((self._camera.address, self._port))
            answering, _ = listening.accept()
        for end in (asking, answering):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if not self._secure:
            return asking, answering
        public, private = self._town.web.certificate(f"{self._camera.name}.example")
        serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        serving.load_cert_chain(public, private)
        trusting = ssl.create_default_context()
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        served: list[socket.socket] = []
        greeting = threading.Thread(
            target=lambda: served.append(serving.wrap_socket(answering, server_side=True))
        )
        greeting.start()
        asked = trusting.wrap_socket(asking, server_hostname=f"{self._camera.name}.example")
        greeting.join()
        return asked, served[0]

    def _ways(self, port: int) -> tuple[socket.socket, socket.socket]:
        """Return the sockets by which video goes and comes, for the port of the viewer."""
        sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        sender.bind((self._camera.address, port + 2))
        sender.connect((self._viewer, port))
        with self._town.wire.among_servers():
            receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            receiver.bind((self._viewer, port))
        return sender, receiver

    def _picture(self, units: tuple[bytes, ...]) -> Callable[[], None]:
        def send() -> None:
            for nth, unit in enumerate(units):
                last_unit = nth == len(units) - 1
                if len(unit) <= _LARGEST:
                    self._packet(unit, last=last_unit)
                    continue
                # FU-A, RFC 6184, 5.8.
                indicator, kind = unit[0] & 0x60 | 28, unit[0] & 0x1F
                parts = [unit[i : i + _LARGEST] for i in range(1, len(unit), _LARGEST)]
                for i, part in enumerate(parts):
                    ends = i == len(parts) - 1
                    head = kind | (0x80 if i == 0 else 0) | (0x40 if ends else 0)
                    self._packet(bytes((indicator, head)) + part, last=last_unit and ends)
            self._stamp = self._stamp + _CLOCK // _PICTURES & 0xFFFFFFFF

        return send

    def _packet(self, payload: bytes, *, last: bool) -> None:
        kind = _PAYLOAD_TYPE | (0x80 if last else 0)
        head = struct.pack(">BBHII", 0x80, kind, self._sequence, self._stamp, self._source)
        packet = head + payload
        if self._secure:
            self._ends[0].sendall(struct.pack(">cBH", b"$", 0, len(packet)) + packet)
            self._ends[1].recv(len(packet) + 4)
        else:
            self._ends[0].send(packet)
        self._sequence = self._sequence + 1 & 0xFFFF

    def _end(self) -> None:
        for end in self._ends:
            end.close()

    def _dialogue(self, port: int) -> list[tuple[bytes, bytes]]:
        session = f"{self._town.draw.getrandbits(32):08X}"
        description = (
            f"v=0\r\no=- 1 1 IN IP4 {self._camera.address}\r\ns=Live\r\nt=0 0\r\n"
            f"m=video 0 RTP/AVP {_PAYLOAD_TYPE}\r\nc=IN IP4 0.0.0.0\r\n"
            f"a=rtpmap:{_PAYLOAD_TYPE} H264/{_CLOCK}\r\na=control:track1\r\n"
        )
        if self._secure:
            transport, there = "RTP/AVP/TCP;unicast;interleaved=0-1", ""
        else:
            transport = f"RTP/AVP;unicast;client_port={port}-{port + 1}"
            there = f";server_port={port + 2}-{port + 3}"
        steps = (
            ("OPTIONS", self._url, "", "Public: OPTIONS, DESCRIBE, SETUP, PLAY\r\n", ""),
            ("DESCRIBE", self._url, "Accept: application/sdp\r\n",
             "Content-Type: application/sdp\r\n", description),
            ("SETUP", f"{self._url}/track1", f"Transport: {transport}\r\n",
             f"Transport: {transport}{there}\r\nSession: {session}\r\n", ""),
            ("PLAY", self._url, f"Session: {session}\r\n", f"Session: {session}\r\n", ""),
        )  # fmt: skip
        out = []
        for number, (method, url, asked, told, body) in enumerate(steps, 1):
            length = f"Content-Length: {len(body)}\r\n" if body else ""
            request = (
                f"{method} {url} RTSP/1.0\r\nCSeq: {number}\r\nUser-Agent: vms/2\r\n{asked}\r\n"
            )
            reply = f"RTSP/1.0 200 OK\r\nCSeq: {number}\r\n{told}{length}\r\n{body}"
            out.append((request.encode(), reply.encode()))
        return out


def _pictures() -> list[tuple[bytes, ...]]:
    """Return the NAL units of each picture: parameter sets go with the picture that follows."""
    found: list[tuple[bytes, ...]] = []
    waiting: list[bytes] = []
    for unit in video():
        waiting.append(unit)
        if unit[0] & 0x1F in {1, 5}:
            found.append(tuple(waiting))
            waiting = []
    return found
