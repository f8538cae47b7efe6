"""What else crosses the network of a street: clocks, updates, scans, and who says that it is there.

None of it is a sensor, and none of it may be accused of being one.
"""

import random
import socket
import struct
from contextlib import suppress

from tests.city.neighbours import habit_of
from tests.city.network import PATIENCE
from tests.city.town import Host, Town
from tests.city.web import request

_NTP_EPOCH = 2_208_988_800
TIME_SERVER, TIME_NAME = "198.51.100.123", "ntp.voorbeeldtijd.example"
SCANNER = "203.0.113.250"
"""Of a machine somewhere that tries all doors."""
UPDATE_SERVER, UPDATE_NAME = "198.51.100.80", "updates.voorbeeldmaker.example"


class Background:
    """Adds the usual noise to a town; call `around` before it runs."""

    def __init__(self, town: Town) -> None:
        self._town = town
        town.names |= {TIME_NAME: TIME_SERVER, UPDATE_NAME: UPDATE_SERVER}
        with town.wire.among_servers():
            self._clock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            self._clock.bind((TIME_SERVER, 123))
        self._clock.settimeout(PATIENCE)
        town.web.serve(UPDATE_SERVER, 80, answer=lambda *_: ("text/plain", b"2.4.1\n"))

    def around(self, host: Host, *, introduced: bool = False) -> None:
        """Let a device ask the time every quarter of an hour, and for updates now and then.

        By seed it tells its neighbours what it is, unless it is `introduced` in the story itself,
        and somebody from outside tries its doors.
        """
        town = self._town
        begin = town.draw.uniform(5, 60)
        town.clock.every(town.jitter(900), lambda: self.ask_time(host), first=begin)
        town.clock.every(town.jitter(7200, 0.3), lambda: self.ask_update(host), first=begin * 9)
        # Apart from all else that the seed chooses.
        draw = random.Random(f"{town.seed} {host.name} background")
        tell = None if introduced else habit_of(town, host)
        if tell is not None:
            town.clock.every(lambda: draw.uniform(1500, 1800), tell, first=draw.uniform(1, 30))
        if draw.random() < 0.2:
            town.clock.at(draw.uniform(60, 1000), lambda: self.scan(host))

    def ask_time(self, host: Host) -> None:
        """One exchange of NTP (RFC 5905)."""
        self._town.look_up(host, TIME_NAME)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
            asking.bind((host.address, 0))
            asking.sendto(b"\x23" + bytes(47), (TIME_SERVER, 123))
            _, who = self._clock.recvfrom(64)
            seconds = int(self._town.clock.moment().timestamp()) + _NTP_EPOCH
            stamp = struct.pack(">II", seconds & 0xFFFFFFFF, 0)
            self._clock.sendto(b"\x24\2\6\xec" + bytes(12) + stamp * 4, who)

    def ask_update(self, host: Host) -> None:
        """One question for a newer firmware."""
        self._town.look_up(host, UPDATE_NAME)
        request(host.address, UPDATE_SERVER, host=UPDATE_NAME, path="/firmware/latest.txt")

    def scan(self, target: Host) -> None:
        """Let a machine outside try the doors of a device; most of the connections are refused."""
        for port in (21, 22, 23, 80, 443, 554, 8000, 8080, 37777):
            with (
                suppress(OSError),
                self._town.wire.among_servers(),
                socket.create_connection((target.address, port), 2, (SCANNER, 0)),
            ):
                pass
