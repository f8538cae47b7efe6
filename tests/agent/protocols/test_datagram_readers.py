"""What a decoder reads of a datagram for itself is what its conversation reads."""

import pytest

from tests.agent.protocols.test_protocols import ROWS, hint, is_udp, plain


@pytest.mark.parametrize(
    ("decoder", "case"),
    [r for r in ROWS if r.values[0].datagram is not None and is_udp(r.values[1])],
)
def test_datagrams_that_stand_for_themselves_are_read_as_in_a_conversation(run, decoder, case):
    found, _, _ = run.converse(decoder, case["chunks"], hint(decoder, case))
    ends, alone = {True: 0, False: 0}, []
    for from_orig, octets in case["chunks"]:
        ends[from_orig] += len(octets)
        alone += [(from_orig, m) for m in decoder.datagram(octets, ends[from_orig])]
    assert plain(alone) == plain(found)
    assert not hasattr(decoder.open(hint(decoder, case)), "feed_runs")
