"""D22: a value that the auditor planted: what it says, of whom, and never what the value is."""

import pytest

COUNTER = {"type": "Aanwezigheid of nabijheidsensor", "datastream": "Passantentelling"}
CLEAR = {"label": "my-phone", "kind": "mac", "notation": "colons"}
HASHED = {
    "label": "my-phone",
    "kind": "mac",
    "notation": "no separators, upper case",
    "encoding": "hexadecimal",
    "algorithm": "SHA-256 with salt vendor before",
}
TEXT = {"label": "sentence", "kind": "text", "notation": "words"}


def met(category, *canaries, **changes):
    return {"category": category, "canaries": canaries, "basis": ("canary",), **changes}


def device(*emissions):
    return {"emissions": [*emissions], "recipients": [{}]}


SCENES = [(COUNTER, device(met("wifi_mac_hashed", HASHED)), [device(met("wifi_mac_raw", CLEAR))])]

# Label, what the entry says, its device, other devices, each (kind, severity, category) expected.
CASES = [
    (
        "violating: in clear",
        COUNTER,
        device(met("wifi_mac_raw", CLEAR)),
        [],
        [("finding", "high", "wifi_mac_raw")],
    ),
    (
        "violating: a digest is recognised as the value is",
        COUNTER,
        device(met("wifi_mac_hashed", HASHED)),
        [],
        [("finding", "medium", "wifi_mac_hashed")],
    ),
    (
        "violating: one for each value, whatever the channels",
        COUNTER,
        device(
            met("wifi_mac_hashed", HASHED),
            met("wifi_mac_hashed", HASHED, channel="other"),
            met("text_unclassified", TEXT),
        ),
        [],
        [("finding", "medium", "text_unclassified"), ("finding", "medium", "wifi_mac_hashed")],
    ),
    (
        "violating: a device without an entry",
        COUNTER,
        None,
        [device(met("licence_plate_raw", {**CLEAR, "kind": "plate"}))],
        [("finding", "high", "licence_plate_raw")],
    ),
    ("conforming: nothing was found", COUNTER, device({"category": "wifi_mac_hashed"}), [], []),
    ("conforming: nothing was sent", COUNTER, {"emissions": []}, [], []),
    ("insufficient coverage: unreadable", COUNTER, device({"category": "opaque_payload"}), [], []),
    (
        "insufficient coverage: it only says that it can",
        COUNTER,
        device({"category": "wifi_mac_hashed", "messages": 0, "self_declared": True}),
        [],
        [],
    ),
    (
        "must not accuse: it is declared, and weighs less",
        {**COUNTER, "datastream": "Gehashte wifi-MAC-adressen"},
        device(met("wifi_mac_hashed", HASHED)),
        [],
        [("finding", "low", "wifi_mac_hashed")],
    ),
    (
        "must not accuse: another device sent it, not the one of the entry",
        COUNTER,
        device({"category": "people_count"}),
        [device(met("licence_plate_raw", {**CLEAR, "kind": "plate"}))],
        [("finding", "high", "licence_plate_raw")],
    ),
]


@pytest.mark.parametrize(
    ("label", "entry", "bound", "others", "expected"), CASES, ids=[case[0] for case in CASES]
)
def test_what_d22_says(label, entry, bound, others, expected, say):
    said = say("D22", entry, bound, others=others)

    assert sorted((f.kind, f.severity, f.category) for f in said) == expected


def test_it_names_the_label_the_notation_and_the_function(say):
    (finding,) = say("D22", COUNTER, device(met("wifi_mac_hashed", HASHED)))

    assert "“my-phone”" in finding.observed.nl
    assert (
        "SHA-256 met salt vendor ervoor van de schrijfwijze zonder scheidingstekens, hoofdletters,"
        " hexadecimaal" in finding.observed.nl
    )
    assert (
        "SHA-256 with salt vendor before of the notation no separators, upper case, hexadecimal"
        in finding.observed.en
    )
    assert finding.confidence == 1.0
    assert finding.evidence[0].basis == ("canary",)


def test_two_values_at_one_place_have_findings_of_their_own(say):
    both = met("wifi_mac_raw", CLEAR, {**CLEAR, "label": "other-phone"})
    said = say("D22", COUNTER, device(both))

    assert len({finding.id for finding in said}) == 2


def test_an_unsure_binding_makes_a_question(say):
    (question,) = say(
        "D22", COUNTER, device(met("wifi_mac_raw", CLEAR)), binding={"confidence": 0.6}
    )

    assert question.kind == "question"


def test_what_is_declared_weighs_less(say):
    entry = {**COUNTER, "datastream": "Gehashte wifi-MAC-adressen"}
    (finding,) = say("D22", entry, device(met("wifi_mac_hashed", HASHED)))

    assert finding.severity == "low"
