"""What is suggested, how sure, by which reasons; and what is not."""

import random
import time

import pytest

from schouw_collector.binding.binding import SCHEMA, Bindings, bind
from schouw_collector.binding.candidates import Candidate
from schouw_collector.binding.suggestions import LEAST, score_of, suggest
from schouw_collector.registers.register_entry import CategoryMapping, RegisterEntry, Stream
from schouw_collector.saying.naming import label

READ = CategoryMapping(method="human")


def entry(entry_id="VB-001", categories=(), **fields):
    streams = (Stream(categories=categories, mapping=READ),) if categories else ()
    return RegisterEntry.model_validate({"entry_id": entry_id, "streams": streams, **fields})


def suggested(devices, entries, candidates=(), **stated):
    bindings = Bindings.model_validate({"schema": SCHEMA, **stated})
    return suggest(devices, entries, bind(devices, entries, bindings), bindings, candidates)


MAC = "02:00:5e:00:53:01"
POINT = {"location": {"latitude": 52.37, "longitude": 4.89}}
BY_MAC = [{"kind": "mac", "value": MAC}]
LEASE = {"source": "leases, line 1", "marks": (("mac", "02005e005301"),)}

# Entry, device, candidates; reasons with their weights; score; why.
CASES = [
    ({"identifiers": BY_MAC}, {}, [], {"declared": 0.95}, 0.95, "the register states the address"),
    (
        {"identifiers": [{"kind": "topic", "value": "plein/+"}]},
        {"identifiers": {"mac": MAC, "topic": "plein/1"}},
        [],
        {"declared": 0.75},
        0.75,
        "the register states a topic filter",
    ),
    ({}, {"identifiers": {"client_id": "x-VB-001"}}, [], {"reference": 0.85}, 0.85, "by reference"),
    (
        {"name": "Geluidsensor Molenstraat"},
        {"identifiers": {"client_id": "geluid-molenstraat"}},
        [],
        {"words": 0.6},
        0.6,
        "by words, also of one word that is two",
    ),
    (
        {"name": "Molenstraat 2"},
        {"identifiers": {"client_id": "molenstraat-03"}},
        [],
        {"words": 0.3},
        0.3,
        "the words fit, the numbers do not",
    ),
    ({"device": {"model": "PB-7"}}, {"model": "pb-7"}, [], {"model": 0.4}, 0.4, "by model"),
    ({}, {}, [{**LEASE, "entry": "VB-001"}], {"import": 0.95}, 0.95, "a list names the entry"),
    ({}, {}, [{**LEASE, "names": ("vb-001.lan",)}], {"import": 0.85}, 0.85, "a lease names it"),
    (
        POINT,
        {},
        [{**LEASE, "latitude": 52.3703, "longitude": 4.8902}],
        {"import": 0.6},
        0.6,
        "a network server knows the spot",
    ),
    (
        {"identifiers": [{"kind": "host_name", "value": "paal-1.example.org"}]},
        {},
        [{**LEASE, "marks": (*LEASE["marks"], ("host_name", "paal-1.example.org"))}],
        {"import": 0.85},
        0.85,
        "a lease knows the device by what the register states",
    ),
    (
        {"identifiers": BY_MAC, "categories": ["sound_level"], **POINT},
        {"emissions": ["sound_level"], "areas": ["u173z"]},
        [],
        {"declared": 0.95, "categories": 0.25, "place": 0.15},
        0.97,
        "reasons for add up",
    ),
    (
        {"identifiers": BY_MAC, "categories": ["sound_level"], **POINT},
        {"emissions": ["wind"], "areas": ["u17b0"]},
        [],
        {"declared": 0.95, "categories": -0.4, "place": -0.6},
        None,
        "reasons against take their share",
    ),
    (
        {"identifiers": BY_MAC, "supplier": "Alfa Voorbeeld",
         "recipients": [{"hosts": ["192.0.2.10"]}]},
        {"vendor": "Alfa"},
        [],
        {"declared": 0.95, "maker": 0.15, "recipient": 0.2},
        0.97,
        "maker and recipient",
    ),
    ({"categories": ["sound_level"]}, {"emissions": ["sound_level"]}, [], {}, None,
     "what is sent points at nobody"),
    ({"name": "Meetpunt sensor"}, {"identifiers": {"client_id": "sensor-meetpunt"}}, [], {}, None,
     "words that say nothing"),
    ({}, {}, [{**LEASE, "marks": (("mac", "02005e005302"),), "entry": "VB-001"}], {}, None,
     "a lease of another machine"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("declared", "seen", "rows", "reasons", "score", "why"), CASES, ids=[c[5] for c in CASES]
)
def test_what_is_suggested_and_why(declared, seen, rows, reasons, score, why, make_device):
    found = suggested([make_device(**seen)], [entry(**declared)], [Candidate(**r) for r in rows])

    if score is None:
        assert found.suggestions == ()
        return
    (row,) = found.suggestions
    assert {reason.id: reason.weight for reason in row.reasons} == reasons
    assert row.score == score
    assert all(r.text.nl != r.text.en for r in row.reasons)


def test_an_entry_that_has_a_device_is_less_likely(make_device):
    devices = [
        make_device("a", identifiers={"mac": MAC}),
        make_device("b", identifiers={"client_id": "vb-001-b"}),
    ]
    row = {"entry": "VB-001", "kind": "mac", "pattern": MAC, "set_by": "beheerder"}
    (found,) = suggested(devices, [entry()], bindings=[row]).suggestions

    assert (found.device_id, found.score) == ("b", 0.59)
    assert {r.id for r in found.reasons} == {"reference", "taken"}


# Identifiers of the device, of another; kind and pattern of the binding, or None.
MARKS = [
    ({"dev_eui": "0257480000000121", "name": "vb-001"}, {}, ("dev_eui", "0257480000000121")),
    ({"client_id": "vb-001", "ip": "192.0.2.7"}, {}, ("client_id", "vb-001")),
    ({"client_id": "vb-001", "ip": "192.0.2.7"}, {"client_id": "VB-001"}, ("ip", "192.0.2.7")),
    ({"topic": "a/vb-001"}, {}, ("topic", "a/vb-001")),
    ({"topic": "{id}/vb-001"}, {}, None),
    ({"topic": "a/vb-001"}, {"topic": "a/vb-001"}, None),
    ({"name": "vb-001 *", "gateway": "gw"}, {}, None),
]


@pytest.mark.parametrize(("identifiers", "other", "mark"), MARKS)
def test_the_binding_is_by_what_no_other_device_has(identifiers, other, mark, make_device):
    devices = [make_device("a", identifiers=identifiers)]
    devices += [make_device("b", identifiers=other)] if other else []
    found = suggested(devices, [entry()])
    marks = [(row.kind, row.pattern) for row in found.suggestions if row.device_id == "a"]

    assert marks == ([mark] if mark else [])
    assert (label(devices[0]) in found.no_mark) is (mark is None)


def test_a_suggested_binding_binds_the_device_and_it_alone(make_device):
    brokers = [{"address": f"192.0.2.1{n}"} for n in (0, 1)]
    devices = [
        make_device("a", identifiers={"client_id": "vb-001"}, recipients=brokers[:1]),
        make_device("b", identifiers={"client_id": "other"}, recipients=brokers[1:]),
    ]
    (found,) = suggested(devices, [entry()]).suggestions
    row = {k: getattr(found, k) for k in ("entry", "kind", "pattern", "broker")}
    bindings = Bindings.model_validate({"schema": SCHEMA, "bindings": [{**row, "set_by": "x"}]})

    assert found.broker == "192.0.2.10"
    assert bind(devices, [entry()], bindings).of_entry == {"VB-001": ("a",)}


def test_what_people_decided_is_not_suggested(make_device):
    device = make_device(identifiers={"client_id": "vb-001"})
    row = {"kind": "client_id", "pattern": "vb-001", "set_by": "beheerder"}

    assert suggested([device], [entry()], rejected=[{**row, "entry": "VB-001"}]).suggestions == ()
    for stated in ("out_of_scope", "undeclared"):
        said = suggested([device], [entry()], **{stated: [{**row, "reason": "bezocht"}]})
        assert (said.suggestions, said.without) == ((), ())


def test_a_lead_is_over_rivals_for_the_device_and_for_the_entry(make_device):
    devices = [
        make_device("a", identifiers={"client_id": "vb-001-vb-002"}),
        make_device("b", identifiers={"client_id": "vb-003"}),
    ]
    found = suggested(devices, [entry(f"VB-00{n}") for n in (1, 2, 3)]).suggestions

    assert [(row.entry, row.lead) for row in found] == [
        ("VB-003", 0.85),
        ("VB-001", 0.0),
        ("VB-002", 0.0),
    ]


def test_ids_are_the_same_next_time_and_nothing_depends_on_order(make_device):
    devices = [make_device(f"d{n}", identifiers={"client_id": f"vb-00{n}"}) for n in range(1, 6)]
    entries = [entry(f"VB-00{n}", name=f"Molenstraat {n}") for n in range(1, 6)]
    first = suggested(devices, entries)
    chance = random.Random(3)
    for _ in range(5):
        chance.shuffle(devices)
        chance.shuffle(entries)
        assert suggested(devices, entries).suggestions == first.suggestions


def test_no_text_of_an_export_comes_out(make_device):
    row = Candidate(**{**LEASE, "names": ("telefoon van fenna vb-001",)})
    found = suggested([make_device()], [entry()], [row])

    assert "fenna" not in found.model_dump_json()


@pytest.mark.parametrize(
    ("weights", "score"),
    [([], 0), ([0.5], 0.5), ([0.5, 0.5], 0.75), ([0.5, -0.5], 0.25), ([-0.5], 0), ([1, 0.2], 1)],
)
def test_a_score_is_made_of_its_parts(weights, score):
    assert score_of(weights) == score
    assert LEAST > 0


def test_a_city_takes_seconds(make_device):
    streets = [f"{a}{b}straat" for a in "abcdefghij" for b in ("molen", "kerk", "linde", "haven")]
    chance = random.Random(5)
    entries = [
        entry(f"REF-{n:05}", ["sound_level"], name=f"Geluid {chance.choice(streets)} {n % 40}")
        for n in range(5000)
    ]
    devices = [
        make_device(
            f"d{n}",
            ["sound_level"],
            {"mac": f"02:00:5e:00:{n >> 8:02x}:{n & 255:02x}",
             "client_id": f"geluid-{chance.choice(streets)}-{n % 40}"},
        )
        for n in range(2000)
    ]  # fmt: skip
    rows = [
        Candidate(source=f"acl, line {n}", marks=(("topic", f"{chance.choice(streets)}/{n}/#"),))
        for n in range(2000)
    ]
    begun = time.process_time()
    suggested(devices, entries, rows)

    assert time.process_time() - begun < 60
