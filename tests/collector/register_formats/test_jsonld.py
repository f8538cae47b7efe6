"""JSON-LD: the vocabulary's terms, and the entries themselves beside them."""

import json

import pytest

from schouw_agent.vocabulary import CATEGORIES
from schouw_collector.errors import RegisterError
from schouw_collector.register_formats.jsonld import CONTEXT, write
from schouw_collector.registers.register import build_register
from schouw_collector.registers.register_reading import read_register
from tests.collector.register_formats.test_canonical import ENTRY, WHOLE, read

SAMPLES = {"register.jsonld": write(read(ENTRY, WHOLE))}


def node(**changes):
    fields = {**WHOLE, **changes}
    register = build_register("r", b"", "canonical", [(fields["entry_id"], fields)])
    (found,) = json.loads(write(register))["@graph"]
    return found


def test_nothing_is_lost_on_the_way_back():
    register = read(ENTRY, WHOLE)
    again = read_register("register.jsonld", SAMPLES["register.jsonld"])

    assert again.format == "jsonld"
    assert again.entries == register.entries


def test_prefixes_are_those_of_the_vocabulary():
    assert CONTEXT["dpv"] == "https://w3id.org/dpv#"
    assert CONTEXT["pd"] == "https://w3id.org/dpv/pd#"
    assert CONTEXT["eu-gdpr"] == "https://w3id.org/dpv/legal/eu/gdpr#"


def test_every_prefix_that_is_used_is_declared():
    def prefixes(value):
        if isinstance(value, dict):
            for key, item in value.items():
                if key == "@value":
                    continue
                yield from {key} if not key.startswith("@") else set()
                yield from {item} if key == "@type" and isinstance(item, str) else set()
                yield from prefixes(item)
        elif isinstance(value, list):
            for item in value:
                yield from prefixes(item)

    for name in prefixes(json.loads(SAMPLES["register.jsonld"])["@graph"]):
        prefix = name.partition(":")[0]
        assert prefix in {*CONTEXT, "https", "@json"}, name


def test_an_entry_is_a_process_with_controller_purpose_ground_and_recipient():
    found = node()

    assert found["@id"] == "#VB-009"
    assert "dpv:PersonalDataProcess" in found["@type"]
    assert found["dpv:hasDataController"]["dpv:hasName"] == "Gemeente Voorbeeldstad"
    assert found["dpv:hasDataProcessor"]["dpv:hasName"] == "Teldienst BV"
    assert found["dpv:hasPurpose"][0]["@type"] == "dpv:ImproveTransportMobility"
    assert found["dpv:hasLegalBasis"] == [{"@id": "eu-gdpr:A6-1-e"}]
    assert found["dpv:hasRecipient"][0]["dpv:hasName"] == "Voorbeeld BV"
    assert found["dpv:hasImpactAssessment"]["@type"] == "dpv:DPIA"
    assert found["dpv:hasStorageCondition"][0]["dpv:hasDuration"]["@value"] == "P28D"


@pytest.mark.parametrize(
    ("flag", "process"),
    [
        (True, "dpv:PersonalDataProcess"),
        (False, "dpv:NonPersonalDataProcess"),
        (None, "dpv:Process"),
    ],
)
def test_the_box_decides_what_kind_of_process_it_is(flag, process):
    stream = {"categories": [], "mapping": {"method": "human"}, "contains_personal_data": flag}

    assert node(streams=[stream])["@type"][0] == process


CASES = [
    # category, whether it is said to be personal, and the vocabulary's class
    ("people_count", False, None),
    ("sound_level", False, "https://w3id.org/dpv#NonPersonalData"),
    ("licence_plate_raw", True, "https://w3id.org/dpv/pd#VehicalLicenseNumber"),
    ("face_template", True, "https://w3id.org/dpv/pd#FacialPrint"),
    ("opaque_payload", False, None),
]


@pytest.mark.parametrize(("category", "personal", "class_"), CASES)
def test_a_category_has_the_class_of_the_vocabulary(category, personal, class_):
    stream = {"categories": [category], "mapping": {"method": "human"}}
    found = node(streams=[stream], actuation=[])
    here, there = ("dpv:hasPersonalData", "dpv:hasData")[:: 1 if personal else -1]

    (data,) = found[here]
    assert there not in found
    assert data["dct:identifier"] == category
    assert data["@type"] == (class_ or CATEGORIES[category].dpv)
    assert data.get("schouw:dtprElement", []) == list(CATEGORIES[category].dtpr)


def test_every_category_has_a_class_of_the_vocabulary():
    assert all(each.dpv.startswith("https://w3id.org/dpv") for each in CATEGORIES.values())


INVALID = [
    ('{"@context": {}, "@graph": {"schouw:entry": 1}}', "field @graph: must be a list"),
    ('{"@context": {}, "@graph": [{"schouw:entry": 1}]}', "entry 1: is not a mapping of fields"),
    ('{"@context": {}, "@graph": [1, {"schouw:entry": {"@value": {}}}]}', "entry 1: is not a"),
    ('{"@context": {}, "schouw:entry": "', "not valid JSON"),
    ('{"@context": {}, "@graph": [{"schouw:entry": {"@value": {"a": 1}}}]}', "field entry_id"),
]


@pytest.mark.parametrize(("document", "reason"), INVALID)
def test_an_unusable_document_is_an_error(document, reason):
    with pytest.raises(RegisterError, match=reason):
        read_register("register.jsonld", document.encode())
