"""What one flow says, and when that was seen."""

from dataclasses import replace

from schouw_agent.network.traffic import Traffic
from schouw_agent.plugins import PortHint
from schouw_agent.records import Message

START = 1_700_000_000_000_000_000


def test_a_datagram_that_is_told_of_later_keeps_its_own_time(decoders, block_of, udp) -> None:
    class Late:
        """Tells of two datagrams once the second has come, as RTP does until it is sure."""

        wanted, server_name, encryption = True, "", ""

        def __init__(self, _: PortHint) -> None:
            self._held: list[Message] = []
            self._at = 0

        def feed(self, _from_orig: bool, octets: bytes, /) -> list[Message]:
            self._at += len(octets)
            self._held.append(Message("late", "datagram", {}, octets, self._at))
            return self._held if len(self._held) == 2 else []

        def gap(self, _from_orig: bool, _octets: int, /) -> None:
            raise AssertionError

        def close(self) -> list[Message]:
            return []

    traffic = Traffic({"datagrams": replace(decoders["datagrams"], open=Late)})
    frames = [udp(("192.0.2.1", 40_000), ("198.51.100.2", 7001), b"D%d" % n) for n in range(2)]
    found = traffic.feed(block_of(frames, [START, START + 7]))
    assert [each.time - START for each in found] == [0, 7]
