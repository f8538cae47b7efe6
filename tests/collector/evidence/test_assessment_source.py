"""An assessment is read as it was written; what is none gets one line."""

import hashlib

import pytest

from schouw_collector.errors import EvidenceError
from schouw_collector.evidence.assessment_source import read_source


def test_an_assessment_is_read_as_it_is_written(tmp_path, make_assessment):
    assessment = make_assessment()
    octets = assessment.model_dump_json(by_alias=True).encode()
    (tmp_path / "assessment.json").write_bytes(octets)

    source = read_source(tmp_path / "assessment.json")
    assert source.assessment == assessment
    assert source.name == "assessment.json"
    assert source.sha256 == hashlib.sha256(octets).hexdigest()


@pytest.mark.parametrize("octets", [b"", b"{}", b"[]", b'{"schema": "x"}'])
def test_what_is_no_assessment_gets_one_line(octets, tmp_path):
    (tmp_path / "a.json").write_bytes(octets)
    with pytest.raises(EvidenceError, match=r"^a\.json: neither an evidence folder nor"):
        read_source(tmp_path / "a.json")


def test_a_file_bears_no_signature(tmp_path, make_assessment):
    (tmp_path / "a.json").write_text(make_assessment().model_dump_json(by_alias=True))
    with pytest.raises(EvidenceError, match="a signer was asked for"):
        read_source(tmp_path / "a.json", trust="SHA256:0")
