"""What absence counts: the time in which a device could be seen, and nothing of it was lost."""

from datetime import UTC, datetime, timedelta

import pytest

from schouw_collector.assessment import assess
from schouw_collector.binding import Bindings
from schouw_collector.merging import merge
from schouw_collector.register import Register
from schouw_collector.register_entry import CategoryMapping, RegisterEntry, Stream

START = datetime(2026, 6, 1, tzinfo=UTC)
MAC = "02:00:5e:00:53:01"
ENTRY = RegisterEntry(
    entry_id="VB-1",
    type="Geluidsensor",
    streams=(
        Stream(
            declared_text="Geluidsniveau",
            categories=("sound_level",),
            mapping=CategoryMapping(method="text rule", confidence=0.9, phrases=("geluidsniveau",)),
        ),
    ),
)
REGISTER = Register(source="r.json", sha256="", format="canonical", entries=(ENTRY,))
BINDINGS = Bindings.model_validate(
    {
        "schema": "https://schouw.example.org/schema/bindings/1",
        "bindings": [{"entry": "VB-1", "kind": "mac", "pattern": MAC, "set_by": "beheer"}],
    }
)
FINE, LOST, MISSED, ELSEWHERE = "fine", "frames lost", "octets of the device missed", "elsewhere"


@pytest.fixture
def hourly(make_device, make_report):
    """Return a function that makes reports of an hour each, of these kinds, of one device."""

    def _hourly(*kinds):
        return [
            make_report(
                []
                if kind == ELSEWHERE
                else [
                    make_device(
                        emissions=["wind"],
                        identifiers={"mac": MAC},
                        missed_octets=1 if kind == MISSED else 0,
                    )
                ],
                agent_id="gw-2" if kind == ELSEWHERE else "gw-1",
                epoch=1,
                sequence=number,
                start=START + timedelta(hours=number),
                minutes=60,
                coverage={"kernel_drops": 3 if kind == LOST else 0},
            )
            for number, kind in enumerate(kinds)
        ]

    return _hourly


# Hours; which of them count; the verdict on what was declared and not seen; why.
ROWS = [
    ([FINE] * 3, {0, 1, 2}, "declared_not_observed", "three intervals without losses"),
    ([FINE, LOST, FINE, FINE], {0, 2, 3}, "declared_not_observed", "one lossy hour does not count"),
    ([FINE, MISSED, FINE, FINE], {0, 2, 3}, "declared_not_observed", "nor one that missed some"),
    ([FINE, LOST, FINE], {0, 2}, "not_assessable", "what remains is too brief"),
    ([LOST] * 9, set(), "not_assessable", "all was lossy"),
    ([FINE, *[ELSEWHERE] * 9], {0}, "not_assessable", "others could not see the device"),
]


@pytest.mark.parametrize(("kinds", "counting", "verdict", "why"), ROWS, ids=[r[-1] for r in ROWS])
def test_absence_counts_the_time_in_which_it_could_be_seen(kinds, counting, verdict, why, hourly):
    reports = hourly(*kinds)
    (sight,) = merge(reports).sight.values()
    assessment = assess(
        reversed(reports),
        REGISTER,
        BINDINGS,
        software="test",
    )
    (found,) = [v for v in assessment.entries[0].verdicts if v.category == "sound_level"]

    assert sight == counting
    assert found.verdict == verdict


def test_a_view_is_told_as_long_as_it_was_without_losses(hourly):
    assessment = assess(
        hourly(FINE, LOST, FINE, FINE, FINE),
        REGISTER,
        BINDINGS,
        software="test",
    )
    (found,) = [v for v in assessment.entries[0].verdicts if v.category == "sound_level"]

    assert "in 4 hours" in found.reason.en
