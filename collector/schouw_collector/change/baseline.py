"""A baseline: the signed fingerprint of one check, with which later ones are compared.

It says how things were when somebody first looked, not that they were in order.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import ConfigDict, Field, ValidationError

from schouw_agent.errors import SignatureError
from schouw_agent.report import Record
from schouw_agent.signing import MAX_ENVELOPE_OCTETS, is_as_written, sign, verify
from schouw_collector.change.change import words
from schouw_collector.change.fingerprint import Fingerprint, take
from schouw_collector.errors import BaselineError
from schouw_collector.evidence.assessment_source import AssessmentSource
from schouw_collector.records import Words

PAYLOAD_TYPE = "application/vnd.schouw.baseline+json"


class Baseline(Record):
    """What was seen on a day to which later ones are compared."""

    schema_id: Literal["https://schouw.example.org/schema/baseline/1"] = Field(
        default="https://schouw.example.org/schema/baseline/1", alias="schema"
    )
    created: datetime
    source: str
    """Name of the evidence folder or file."""
    source_sha256: str
    """Of its manifest, else of the file."""
    statement: Words
    """What it does not say."""
    fingerprint: Fingerprint

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


@dataclass(frozen=True, slots=True)
class SignedBaseline:
    """A baseline whose signature holds."""

    baseline: Baseline
    sha256: str
    """Of the signed file."""
    signer: str
    """Fingerprint of the key."""


def make_baseline(source: AssessmentSource, created: datetime) -> Baseline:
    """Return the baseline of an assessment: how it was, not that it was in order."""
    findings = source.assessment.findings
    count = sum(finding.kind == "finding" for finding in findings)
    undeclared = sum(
        verdict.verdict == "undeclared"
        for entry in source.assessment.entries
        for verdict in entry.verdicts
    )
    return Baseline(
        created=created,
        source=source.name,
        source_sha256=source.sha256,
        statement=words(
            "baseline.statement",
            findings=count,
            questions=len(findings) - count,
            undeclared=undeclared,
        ),
        fingerprint=take(source.assessment),
    )


def signed(baseline: Baseline, key: Ed25519PrivateKey) -> bytes:
    """Return a baseline in a DSSE envelope, the same for the same baseline and key."""
    payload = orjson.dumps(
        baseline.model_dump(mode="json", by_alias=True), option=orjson.OPT_SORT_KEYS
    )
    return sign(PAYLOAD_TYPE, payload, key)


def read_baseline(path: Path, trust: str | None = None) -> SignedBaseline:
    """Return a baseline whose signature fits; `trust`: the fingerprint that must have signed.

    Raises `BaselineError` with what does not fit.
    """
    try:
        with path.open("rb") as file:
            octets = file.read(MAX_ENVELOPE_OCTETS + 1)
        found = verify(octets, trusted=None if trust is None else [trust])
    except OSError as error:
        raise BaselineError(f"{path.name}: {error.strerror}") from None
    except SignatureError as error:
        raise BaselineError(f"{path.name}: {error.diagnostics()}") from None
    if found.payload_type != PAYLOAD_TYPE:
        raise BaselineError(f"{path.name}: is signed, but is no baseline")
    if not is_as_written(octets):
        raise BaselineError(f"{path.name}: was added to after it was signed")
    try:
        baseline = Baseline.model_validate_json(found.payload)
    except ValidationError:
        raise BaselineError(
            f"{path.name}: made by a version of Schouw that this one cannot read"
        ) from None
    return SignedBaseline(baseline, hashlib.sha256(octets).hexdigest(), found.fingerprint)
