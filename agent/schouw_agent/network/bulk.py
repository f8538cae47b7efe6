"""Which flows carry bulk that a decoder has recognised and does not want to read on."""

import numpy as np

from schouw_agent.bulk import Bulk
from schouw_agent.network.columns import ENCRYPTED, READ, Columns
from schouw_agent.network.packets import UDP

_PACKETS_MIN = 64
_MEAN_OCTETS_MIN = 200
"""Small packets are hardly cheaper without their payload."""


def bulk(columns: Columns, most: int) -> list[Bulk]:
    """Return the directions of running UDP flows that are only counted, the largest first."""
    known = (columns.state == READ) | (columns.state == ENCRYPTED)
    flows = np.flatnonzero(columns.live & ~columns.wanted & known & (columns.protocol == UDP))
    sides = np.concatenate([2 * flows, 2 * flows + 1])
    packets, octets = columns.packets[sides], columns.octets[sides]
    large = (packets >= _PACKETS_MIN) & (octets >= packets * _MEAN_OCTETS_MIN)
    sides, octets = sides[large], octets[large]
    sides = sides[np.argsort(-octets, kind="stable")][:most]
    found = []
    for side in sides.tolist():
        lower_high, lower_low, upper_high, upper_low, ports = columns.ends[side >> 1].tolist()
        ends = (
            ((lower_high << 64 | lower_low).to_bytes(16, "big"), ports >> 24),
            ((upper_high << 64 | upper_low).to_bytes(16, "big"), ports >> 8 & 0xFFFF),
        )
        sender, receiver = ends[side & 1], ends[1 - (side & 1)]
        found.append(Bulk(sender[0], receiver[0], sender[1], receiver[1]))
    return found
