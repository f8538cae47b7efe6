"""D16: where and when; coarse on purpose, and slow to accuse."""

import pytest

RULE = "D16"
MAC = {"kind": "mac", "pattern": "02:00:5e:00:53:01"}
# The square that is declared lies in u173z; u173y and u176p touch it, u17b0 and ezs42 are far.
POINT = {"latitude": 52.37, "longitude": 4.89}
OUTLINE = [[4.80, 52.30], [5.00, 52.30], [5.00, 52.40], [4.80, 52.40]]
FIXED = {"location": POINT}
MOBILE = {"location": {"mobile": True, "area": OUTLINE}}

SCENES = [
    (
        {"entry_id": "VB-001", "location": POINT, "streams": []},
        {"sends": ["wind"], "areas": ["u17b0"]},
        [],
    ),
]


def at(*cells):
    return [{"areas": list(cells)}]


def under(topic):
    identifiers = {"mac": "02:00:5e:00:53:01", "topic": topic}
    return [{"emissions": [{"category": "wind", "channel": topic}], "identifiers": identifiers}]


# Label, entry, days, (kind, severity, start of the aspect) of each expected.
CASES = [
    (
        "violating: mobile, far outside its area, day after day",
        MOBILE,
        [at("u17b0"), at("u17b0")],
        [("finding", "medium", "outside area")],
    ),
    (
        "violating: mobile, in several places far outside its area",
        MOBILE,
        [at("u173z", "u17b0", "ezs42")],
        [("finding", "medium", "outside area")],
    ),
    (
        "violating: fixed, elsewhere",
        FIXED,
        [at("u17b0")],
        [("question", "low", "elsewhere")],
    ),
    (
        "violating: fixed, moved",
        FIXED,
        [at("u173z"), at("u17b0")],
        [("question", "low", "moved to u17b0")],
    ),
    (
        "violating: moved, and no place is declared",
        {},
        [at("u173z"), at("u17b0")],
        [("question", "low", "moved to u17b0")],
    ),
    (
        "violating: the topic names another place",
        {"name": "Geluid Molenstraat", "location": POINT},
        [under("stad/molenstraat/wind"), under("stad/kerkplein/wind")],
        [("question", "info", "topic moved to stad/kerkplein/wind")],
    ),
    (
        "violating: seen before its start",
        {"active_from": "2026-11-01"},
        [[{}]],
        [("question", "low", "before its start")],
    ),
    ("conforming: mobile, within its area", MOBILE, [at("u173z", "u173y")], []),
    ("conforming: mobile, at the border of its area", MOBILE, [at("u179f")] * 2, []),
    ("conforming: fixed, in its cell", FIXED, [at("u173z")] * 2, []),
    ("conforming: fixed, in the cell beside it", FIXED, [at("u173y"), at("u173z")], []),
    ("conforming: seen from its start", {"active_from": "2026-10-05"}, [[{}]], []),
    (
        "conforming: the same place in other words",
        {"name": "Geluid Molenstraat"},
        [under("stad/molenstraat/wind"), under("v2/molenstraat/wind")],
        [],
    ),
    ("insufficient coverage: it does not say where it is", FIXED, [[{}]], []),
    ("insufficient coverage: a cell of 150 km", FIXED, [at("u14")], []),
    ("insufficient coverage: none is declared", {"location": {"text": "x"}}, [at("u17b0")], []),
    ("insufficient coverage: no outline",
     {"location": {"mobile": True, "area_codes": ["A"]}}, [at("u17b0")] * 2, []),
    (
        "insufficient coverage: mobile, once",
        MOBILE,
        [at("u17b0")],
        [("question", "low", "outside area")],
    ),
    ("must not accuse: a receiver without a fix", FIXED, [at("s0000")], []),
    ("must not accuse: without a fix at first", FIXED, [at("s0000"), at("u173z")], []),
    ("must not accuse: a jump beside its own place", FIXED, [at("u173z", "u17b0")] * 2, []),
    ("must not accuse: away and back", FIXED, [at("u173z"), at("u17b0"), at("u173z")], []),
    ("must not accuse: mobile, anywhere", {"location": {"mobile": True}}, [at("u17b0")] * 2, []),
    (
        "must not accuse: a topic more",
        {"name": "Geluid Molenstraat"},
        [under("a/molenstraat/1"), under("a/molenstraat/1") + under("a/kerkplein/x")],
        [],
    ),
    (
        "must not accuse: another topic without a place",
        {"name": "Geluid Molenstraat"},
        [under("stad/molenstraat/wind"), under("stad/wind/1")],
        [],
    ),
    (
        "must not accuse: the entry names neither place",
        {"name": "Geluid 1"},
        [under("stad/molenstraat/wind"), under("stad/kerkplein/wind")],
        [],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("label", "entry", "days", "expected"), CASES, ids=[c[0] for c in CASES])
def test_what_d16_says(label, entry, days, expected, say_daily):
    said = say_daily(RULE, entry, days, [MAC])

    assert [(f.kind, f.severity, f.aspect) for f in said] == expected
    assert all(f.entry_id == "VB-001" for f in said)


def test_an_unsure_binding_gives_a_question(say_daily):
    (question,) = say_daily(RULE, MOBILE, [at("u17b0")] * 2, [{**MAC, "confidence": 0.6}])

    assert question.kind == "question"


def test_an_unbound_device_is_nowhere_wrong(say_daily):
    assert say_daily(RULE, FIXED, [at("u17b0")]) == []


def test_each_device_of_an_entry_has_its_own_question(say_daily):
    devices = [{"areas": ["u17b0"], "identifiers": {"mac": f"02:00:5e:00:53:0{n}"}} for n in (1, 2)]
    said = say_daily(RULE, FIXED, [devices], [{"kind": "oui", "pattern": "02:00:5e"}])

    assert len({f.id for f in said}) == 2
