"""The form of every rule, and of everything that a rule says."""

import importlib.util
import re
import uuid
from functools import cache
from pathlib import Path

import pytest

from schouw_collector.assessment import rules
from schouw_collector.comparing.norms import all_norms

FORBIDDEN = re.compile(
    r"\b(?:illegal|unlawful|onwettig\w*|onrechtmatig\w*|verboden|forbidden|guilty|schuldig"
    r"|compliant|driven by|clean|schoon)\b",
    re.IGNORECASE,
)
TEXTS = ("title", "observed", "declared", "difference", "refutation", "action")
COUNTER = {"type": "Aanwezigheid of nabijheidsensor", "datastream": "Passantentelling"}
INCONSISTENT = {
    "type": "Optische / camera sensor",
    "datastream": "",
    "active_until": "3000-12-31",
    "observation_goals": [{"legal_ground": "Gerechtvaardigd belang"}],
}
EVERYTHING = ["people_count", "audio_stream", "wifi_mac_hashed", "credential", "opaque_payload"]
SCENES = [
    (COUNTER, {"sends": EVERYTHING, "to": "plain cloud", "authentication": "none"}, []),
    (COUNTER, {"sends": EVERYTHING, "authentication": "none"}, [{"sends": EVERYTHING}]),
    (INCONSISTENT, {"sends": ["video_stream"], "to": "cloud"}, [{"sends": ["opaque_payload"]}]),
    ({"contains_pi_data": True, "observation_goals": []}, {"sends": ["face_match"]}, []),
    ({}, {"sends": ["wind"]}, [{"emissions": [{"category": "wind", "channel": "a/vb-001"}]}]),
]
"""Entry, device, others, and what else `say` takes.  A rule that is silent in all of these has
SCENES in its own test."""
KINDS = ("violating", "conforming", "insufficient coverage", "must not accuse")
"""The rows that the table of a rule must have, by how their labels begin."""


@cache
def modules():
    found = {}
    for path in sorted(Path(__file__).parent.glob("test_d*.py")):
        spec = importlib.util.spec_from_file_location(f"scenes_of_{path.stem}", path)
        found[path.stem] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(found[path.stem])
    return found


def labels(rule_id):
    """Return the labels of a rule's table: CASES; CASES_D02 where one file has several rules."""
    own = [m for stem, m in modules().items() if rule_id.lower() in stem]
    tables = [getattr(m, f"CASES_{rule_id}", getattr(m, "CASES", [])) for m in own]
    return [row[0] for table in tables for row in table]


@pytest.fixture
def said(say):
    found = [*SCENES]
    for module in modules().values():
        found += getattr(module, "SCENES", [])
    return [
        finding
        for rule_id in rules()
        for entry, device, others, *more in found
        for finding in say(rule_id, entry, device, others=others, **(more[0] if more else {}))
    ]


@pytest.mark.parametrize("rule_id", rules())
def test_a_rule_has_a_title_a_reference_and_a_table(rule_id):
    rule = rules()[rule_id]

    assert re.fullmatch(r"D\d\d", rule_id)
    assert rule.title
    assert rule.reference
    assert labels(rule_id)


@pytest.mark.parametrize("rule_id", rules())
def test_a_table_has_rows_of_every_kind(rule_id):
    found = labels(rule_id)

    assert not [kind for kind in KINDS if not any(label.startswith(kind) for label in found)]
    assert not [label for label in found if not label.startswith(KINDS)]
    assert len(set(found)) == len(found)


def test_every_rule_speaks_in_these_scenes(said):
    assert {finding.rule_id for finding in said} == set(rules())


def test_every_text_stands_in_both_languages_and_accuses_nobody(said):
    for finding in said:
        for field in TEXTS:
            words = getattr(finding, field)
            for text in (words.nl, words.en):
                assert text.strip() == text
                assert text
                assert not FORBIDDEN.search(text), (finding.rule_id, field, text)
            if field != "title":
                assert words.nl.endswith(".")
                assert words.en.endswith(".")
                assert words.nl != words.en


def test_every_finding_cites_a_norm_and_has_an_id_of_its_own(said, say):
    assert all(finding.norms for finding in said)
    assert all(uuid.UUID(finding.id).version == 5 for finding in said)
    once = [f for rule_id in rules() for f in say(rule_id, *SCENES[1][:2], others=SCENES[1][2])]
    assert len({f.id for f in once}) == len(once)
    again = [f for rule_id in rules() for f in say(rule_id, *SCENES[1][:2], others=SCENES[1][2])]
    assert once == again


@pytest.mark.parametrize("norm", all_norms().values(), ids=all_norms())
def test_a_norm_says_where_it_was_read(norm):
    assert norm.name.nl != norm.name.en
    assert norm.jurisdiction in {"EU", "NL", "Amsterdam"}
    assert norm.source is None or norm.read_on is not None
    assert not FORBIDDEN.search(norm.name.nl + norm.name.en)
