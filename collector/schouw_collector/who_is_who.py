"""What the alias table says of the devices of an assessment: merges, conflicts, former names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from schouw_collector.alias_resolution import Identities
from schouw_collector.alias_table import Track
from schouw_collector.records import DeviceMerge, IdentityConflict
from schouw_collector.stays import Stays, StayTable


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoIsWho:
    """Who the devices of an assessment are."""

    merges: tuple[DeviceMerge, ...] = ()
    conflicts: tuple[IdentityConflict, ...] = ()
    former: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Device id → the subjects under which findings may know it besides its present one."""
    stays: Mapping[str, Stays] = field(default_factory=dict)
    """Device id → where it was, and under which topics."""


def who_is_who(
    tracks: Sequence[Track],
    identities: Identities,
    stays: StayTable,
    id_of: Mapping[int, str],
    subject_now: Mapping[str, str],
) -> WhoIsWho:
    """Return who is who, by the ids of the devices.

    `id_of`: the first track of a device → its id.  `subject_now`: device id → its present subject.
    """
    members: dict[str, list[int]] = {}
    for number, first in enumerate(identities.device_of):
        members.setdefault(id_of[first], []).append(number)

    def device(track: int) -> str:
        return id_of[identities.device_of[track]]

    former = {
        id_: tuple(sorted({tracks[n].subject for n in numbers} - {subject_now[id_], ""}))
        for id_, numbers in members.items()
    }
    return WhoIsWho(
        merges=tuple(
            DeviceMerge(
                device_id=device(joined.tracks[0]),
                kind=joined.key.kind,
                value=joined.key.value,
                known_as=tuple(sorted({tracks[n].subject for n in joined.tracks})),
                at=joined.at,
            )
            for joined in identities.joined
        ),
        conflicts=tuple(
            IdentityConflict(
                kind=contested.key.kind,
                value=contested.key.value,
                differ_in=contested.differ_in,
                same_time=contested.same_time,
                device_ids=ids,
            )
            for contested in identities.contested
            if len(ids := tuple(sorted({device(n) for n in contested.tracks}))) > 1
        ),
        former={id_: names for id_, names in former.items() if names},
        stays={
            id_: found
            for id_, numbers in members.items()
            if (found := stays.of(numbers)) != Stays()
        },
    )
