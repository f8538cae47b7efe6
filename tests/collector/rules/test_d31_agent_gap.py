"""D31: gaps in what an agent sent: what it says, and where it must not accuse."""

import pytest

DAY = 24 * 60


def report(sequence, epoch=7, agent="gateway-1"):
    return {"agent_id": agent, "epoch": epoch, "sequence": sequence}


# Label, the last report, those before it (days ago, minutes, devices, fields), each severity.
CASES = [
    (
        "violating: three reports are missing",
        report(5),
        [(1, DAY, [], report(1))],
        ["info"],
    ),
    (
        "violating: a day without looking",
        report(2),
        [(2, DAY, [], report(1))],
        ["low"],
    ),
    (
        "violating: it began anew after an hour",
        report(0, epoch=8),
        [(1, DAY - 60, [], report(1))],
        ["info"],
    ),
    ("conforming: each follows on the other", report(2), [(1, DAY, [], report(1))], []),
    (
        "conforming: two agents at the same time",
        report(1, agent="gateway-2"),
        [(0, 10, [], report(1))],
        [],
    ),
    ("conforming: sent again", report(1), [(0, 10, [], report(1))], []),
    ("insufficient coverage: one report alone", report(9), [], []),
    (
        "insufficient coverage: reports of two agents, one each",
        report(9, agent="gateway-2"),
        [(30, DAY, [], report(3))],
        [],
    ),
    (
        "must not accuse: two captures from file, months apart",
        report(0, epoch=0, agent="spot-check"),
        [(90, 10, [], report(0, epoch=0, agent="spot-check"))],
        [],
    ),
    (
        "must not accuse: it began anew and missed nothing",
        report(0, epoch=8),
        [(1, DAY, [], report(1))],
        [],
    ),
    (
        "must not accuse: a minute between two reports",
        report(2),
        [(1, DAY - 1, [], report(1))],
        [],
    ),
]
SCENES = [({}, None, [], {"report": report(5), "before": [(1, DAY, [], report(1))]})]


@pytest.mark.parametrize(
    ("label", "last", "before", "expected"), CASES, ids=[case[0] for case in CASES]
)
def test_what_d31_says(label, last, before, expected, say):
    said = say("D31", {}, None, report=last, before=before)

    assert [f.severity for f in said] == expected
    assert all((f.kind, f.entry_id, f.device_ids) == ("question", "", ()) for f in said)


def test_it_says_how_much(say):
    before = [(2, DAY, [], report(1)), (6, DAY, [], report(0, epoch=6))]
    (question,) = say("D31", {}, None, report=report(4), before=before)

    assert "Missing reports: 2." in question.observed.en
    assert "Began anew: 1." in question.observed.en
    assert "4 days" in question.observed.en


def test_a_later_gap_is_another_question(say):
    (one,) = say("D31", {}, None, report=report(2), before=[(2, DAY, [], report(1))])
    before = [(2, DAY, [], report(1)), (9, DAY, [], report(0))]
    (same,) = say("D31", {}, None, report=report(2), before=before)
    (other,) = say("D31", {}, None, report=report(2), before=[(4, DAY, [], report(1))])

    assert one.id == same.id != other.id
