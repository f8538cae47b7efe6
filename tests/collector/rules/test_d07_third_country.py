"""D07: recipients outside the European Economic Area: questions, by the file of a certain day."""

import pytest

from tests.collector.rules.declared import counter, entry

THIRD = "203.0.113.0,203.0.113.255,BD\n"
SWISS = "203.0.113.0,203.0.113.255,CH\n"
AMERICAN = "203.0.113.0,203.0.113.255,US\n"
HERE = "203.0.113.0,203.0.113.255,NL\n"
FAR = {"sends": ["still_image"], "to": "cloud"}


def file(text):
    return {"countries": {"ranges-2026-11.csv": text}}


def recipient(**changes):
    hosts = ["telemetry.cloud.example"]
    return {"recipients": [{"organisation": "Voorbeeld BV", "hosts": hosts, **changes}]}


SCENES = [({}, FAR, [], file(THIRD))]

# Label, what the entry says, what its device does, what else is given, each (severity, category).
CASES = [
    ("violating: images", {}, FAR, file(THIRD), [("medium", "still_image")]),
    (
        "violating: pseudonyms",
        counter(),
        {"sends": ["wifi_mac_hashed"], "to": "cloud"},
        file(THIRD),
        [("medium", "wifi_mac_hashed")],
    ),
    (
        "violating: figures of an entry that says that it processes personal data",
        counter({"contains_personal_data": True}),
        {"sends": ["people_count"], "to": "cloud"},
        file(THIRD),
        [("low", "people_count")],
    ),
    (
        "violating: a named recipient without a basis",
        entry({}, **recipient(country="Bangladesh")),
        FAR,
        file(THIRD),
        [("medium", "still_image")],
    ),
    (
        "must not accuse: a decision for some recipients is told as such",
        {},
        FAR,
        file(AMERICAN),
        [("info", "still_image")],
    ),
    (
        "must not accuse: a decision for the whole country is told as such",
        {},
        FAR,
        file(SWISS),
        [("info", "still_image")],
    ),
    ("conforming: within", {}, FAR, file(HERE), []),
    ("conforming: within, outside the union", {}, FAR, file(HERE.replace("NL", "NO")), []),
    ("conforming: overseas", {}, FAR, file(HERE.replace("NL", "RE")), []),
    (
        "conforming: a basis is named",
        entry({}, **recipient(transfer_basis="Modelcontractbepalingen")),
        FAR,
        file(THIRD),
        [],
    ),
    (
        "conforming: declared for a country with a decision",
        entry({}, **recipient(country="Zwitserland")),
        FAR,
        file(SWISS),
        [],
    ),
    (
        "insufficient coverage: unreadable",
        {},
        {"sends": ["opaque_payload"], "to": "cloud"},
        file(THIRD),
        [("low", "opaque_payload")],
    ),
    ("insufficient coverage: no file of countries", {}, FAR, {}, []),
    ("insufficient coverage: not in the file", {}, FAR, file("192.0.2.0,192.0.2.9,BD\n"), []),
    (
        "insufficient coverage: no country in particular",
        {},
        FAR,
        file(f"{THIRD[:-3]}EU\n198.51.100.0,198.51.100.255,NL\n"),
        [],
    ),
    (
        "insufficient coverage: unsure",
        {},
        {**FAR, "confidence": 0.4},
        file(THIRD),
        [],
    ),
    (
        "must not accuse: measurements",
        {},
        {"sends": ["sound_level"], "to": "cloud"},
        file(THIRD),
        [],
    ),
    (
        "must not accuse: asking the time",
        {},
        {
            "emissions": [
                {"category": "opaque_payload", "channel": "udp 123", "recipient": "203.0.113.9"}
            ],
            "recipients": [{"address": "203.0.113.9", "role": "peer"}],
        },
        file(THIRD),
        [],
    ),
    (
        "must not accuse: a server of the municipality",
        {},
        FAR,
        {**file(THIRD), "municipal_hosts": ["*.cloud.example"]},
        [],
    ),
    (
        "must not accuse: on site",
        {},
        {"sends": ["still_image"], "to": "on site"},
        file("10.0.0.0,10.255.255.255,BD\n"),
        [],
    ),
]


@pytest.mark.parametrize(
    ("label", "entry", "device", "more", "expected"), CASES, ids=[case[0] for case in CASES]
)
def test_what_d07_asks(label, entry, device, more, expected, say):
    said = say("D07", entry, device, **more)

    assert [(f.severity, f.category) for f in said] == expected
    assert {f.kind for f in said} <= {"question"}


def test_it_names_the_file_its_date_and_the_country(say):
    (question,) = say("D07", {}, FAR, **file(THIRD))

    assert "ranges-2026-11.csv van 1 november 2026 is dit adres in: Bangladesh" in (
        question.observed.nl
    )
    assert "ranges-2026-11.csv of 1 November 2026 this address is in: Bangladesh" in (
        question.observed.en
    )
    assert "anycast" in question.refutation.en
    assert question.recipient == "telemetry.cloud.example"


def test_a_registry_tells_of_the_holder(say):
    text = (
        "2|ripencc|1|1|19830101|20261120|+0100\n"
        "ripencc|BD|ipv4|203.0.113.0|256|20200101|assigned|x\n"
    )
    (question,) = say("D07", {}, FAR, countries={"delegated-ripencc-extended-latest": text})

    assert "of 20 November 2026 the holder of this address is registered in: Bangladesh" in (
        question.observed.en
    )


@pytest.mark.parametrize(
    ("country", "words"),
    [
        ("US", "for some recipients only: United States"),
        ("CH", "adequate: Switzerland"),
        ("BD", "outside the European Economic Area"),
    ],
)
def test_a_decision_on_adequacy_is_told_apart(country, words, say):
    (question,) = say("D07", {}, FAR, **file(THIRD.replace("BD", country)))

    assert words in question.difference.en
