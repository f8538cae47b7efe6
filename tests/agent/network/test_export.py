"""Flows as records: the uid is a property of the traffic alone."""

import pytest

from schouw_agent.network.traffic import Traffic

SENSOR, BROKER = ("192.0.2.1", 40_000), ("198.51.100.2", 7001)
START = 1_700_000_000_000_000_000


@pytest.fixture
def uid_of(decoders, block_of, udp):
    """Return a function that gives the uids of the flows of single datagrams."""

    def uids(*frames: tuple) -> list[str]:
        traffic = Traffic(decoders)
        for source, destination, time in frames:
            traffic.feed(block_of([udp(source, destination, b"Dx")], [time]))
        traffic.close()
        return list(traffic.ended().uid)

    return uids


def test_the_uid_does_not_depend_on_what_else_was_seen(uid_of) -> None:
    alone = uid_of((SENSOR, BROKER, START))
    others = [(("192.0.2.7", i), BROKER, START) for i in range(1, 20)]
    assert alone[0] in uid_of(*others, (SENSOR, BROKER, START))
    assert len(alone[0]) == 12


DIFFERENT = [
    ("another start", (SENSOR, BROKER, START + 1)),
    ("another port", (("192.0.2.1", 40_001), BROKER, START)),
    ("another sensor", (("192.0.2.2", 40_000), BROKER, START)),
    ("another server", (SENSOR, ("198.51.100.3", 7001), START)),
]


@pytest.mark.parametrize("frame", [row[1] for row in DIFFERENT], ids=[r[0] for r in DIFFERENT])
def test_different_flows_have_different_uids(uid_of, frame) -> None:
    assert uid_of(frame) != uid_of((SENSOR, BROKER, START))


def test_a_slice_of_uids_is_a_sequence_of_them(decoders, block_of, udp) -> None:
    traffic = Traffic(decoders)
    traffic.feed(block_of([udp(("192.0.2.1", i), BROKER, b"Dx") for i in range(1, 6)]))
    traffic.close()
    uids = traffic.ended().uid
    assert list(uids[1:3]) == [uids[1], uids[2]]
    assert len(set(uids)) == len(uids) == 5
    with pytest.raises(IndexError):
        uids[5]


@pytest.mark.parametrize("most", [1, 2, 4, 5, 6])
def test_flows_that_have_ended_are_told_some_at_a_time(decoders, block_of, udp, most: int) -> None:
    def ended_flows() -> Traffic:
        traffic = Traffic(decoders)
        traffic.feed(block_of([udp(("192.0.2.1", i), BROKER, b"Dx") for i in range(1, 6)]))
        traffic.close()
        return traffic

    together, apart = ended_flows(), ended_flows()
    found = []
    while apart.any_ended:
        part = list(apart.ended(most).rows())
        assert 0 < len(part) <= most
        found += part
    assert found == list(together.ended().rows())
    assert not list(apart.ended().rows())
