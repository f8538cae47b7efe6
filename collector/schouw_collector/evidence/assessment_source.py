"""An assessment that was made before: out of an evidence folder, or a file of `check --json`."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from schouw_collector.errors import EvidenceError
from schouw_collector.evidence.evidence import MANIFEST
from schouw_collector.evidence.verification import read_verified
from schouw_collector.records import Assessment

_MAX_OCTETS = 256 << 20


@dataclass(frozen=True, slots=True)
class AssessmentSource:
    """An assessment, and by what the document that bears it can be named."""

    name: str
    """Of the folder or file, without where it stands."""
    sha256: str
    """Of the manifest, which names the digest of every other file; else of the file."""
    assessment: Assessment


def read_source(path: Path, trust: str | None = None) -> AssessmentSource:
    """Return the assessment of an intact evidence folder, or of a JSON file.

    `trust`: the fingerprint that must have signed the folder; a file bears no signature and is
    refused then.  Raises `EvidenceError` with what is wrong.
    """
    if path.is_dir():
        assessment = read_verified(path, trust)[0]
        octets = (path / MANIFEST).read_bytes()
        return AssessmentSource(path.resolve().name, _digest(octets), assessment)
    if trust is not None:
        raise EvidenceError(f"{path.name}: a file without a signature, and a signer was asked for")
    try:
        with path.open("rb") as file:
            octets = file.read(_MAX_OCTETS + 1)
    except OSError as error:
        raise EvidenceError(f"{path.name}: {error.strerror}") from None
    if len(octets) > _MAX_OCTETS:
        raise EvidenceError(f"{path.name}: larger than {_MAX_OCTETS >> 20} MiB")
    try:
        return AssessmentSource(path.name, _digest(octets), Assessment.model_validate_json(octets))
    except ValidationError:
        raise EvidenceError(
            f"{path.name}: neither an evidence folder nor an assessment that this version can read"
        ) from None


def _digest(octets: bytes) -> str:
    return hashlib.sha256(octets).hexdigest()
