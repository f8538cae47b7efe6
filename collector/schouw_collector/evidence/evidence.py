"""The evidence folder of a check: written whole or not at all."""

import hashlib
import platform
import secrets
import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from schouw_agent.errors import ConfigError
from schouw_agent.plugins import discover
from schouw_agent.report import Report
from schouw_agent.signing import fingerprint, public_key_text, sign
from schouw_collector import reports
from schouw_collector.cases.known_cases import NO_CASES, KnownCases
from schouw_collector.evidence.manifest import PAYLOAD_TYPE, FileDigest, Input, Manifest, Signer
from schouw_collector.evidence.readme_text import readme
from schouw_collector.plugins import ReportFormat
from schouw_collector.records import Assessment

REPORT_PAYLOAD_TYPE = "application/vnd.schouw.report+json"
INVENTORY = "inventory.dsse.json"
MANIFEST = "manifest.json"
SIGNED_MANIFEST = "manifest.dsse.json"
README = "README.txt"


def write(
    folder: Path,
    assessment: Assessment,
    report: Report,
    *,
    inputs: Sequence[Input],
    command: Sequence[str],
    key: Ed25519PrivateKey,
    created: datetime,
    cases: KnownCases = NO_CASES,
) -> Manifest:
    """Return the manifest of the folder that this writes.

    The folder appears complete, or not at all: it is made beside its place and then renamed.
    `command`: the arguments, without folders in their paths; `cases`: what became of findings,
    for the page to show.  Raises `ConfigError` if the folder
    exists and is not empty, or cannot be written.
    """
    require_free(folder)
    files = _documents(assessment, report, cases)
    files[INVENTORY] = sign(REPORT_PAYLOAD_TYPE, report_octets(report), key)
    signer = Signer(
        fingerprint=fingerprint(key.public_key()), public_key=public_key_text(key.public_key())
    )
    files[README] = readme(report, [*files, README, MANIFEST, SIGNED_MANIFEST], signer.fingerprint)
    manifest = Manifest(
        created=created,
        clock_synchronised=report.coverage.clock_synchronised,
        period=assessment.period,
        command=tuple(command),
        versions={
            "schouw": assessment.software,
            "python": platform.python_version(),
            "system": platform.system(),
        },
        knowledge=assessment.knowledge,
        inputs=tuple(inputs),
        files=tuple(digest_of(name, octets) for name, octets in sorted(files.items())),
        signer=signer,
    )
    files[MANIFEST] = manifest.octets()
    files[SIGNED_MANIFEST] = sign(PAYLOAD_TYPE, files[MANIFEST], key)
    try:
        _put_in_place(folder, files)
    except OSError as error:
        raise ConfigError(f"the output folder {folder}: {error.strerror}") from None
    return manifest


def report_octets(report: Report) -> bytes:
    """Return an agent's report as JSON: sorted keys, UTF-8, the same for the same report."""
    return orjson.dumps(report.model_dump(mode="json", by_alias=True), option=orjson.OPT_SORT_KEYS)


def digest_of(name: str, octets: bytes) -> FileDigest:
    """Return name, SHA-256 and size of a file with this content."""
    return FileDigest(name=name, sha256=hashlib.sha256(octets).hexdigest(), size=len(octets))


def _documents(assessment: Assessment, report: Report, cases: KnownCases) -> dict[str, bytes]:
    """Return every report format in every language it has, by file name."""
    formats: dict[str, ReportFormat] = discover(reports, "REPORT_FORMAT")
    return {
        form.file_name.format(language=language): form.render(assessment, report, language, cases)
        for form in formats.values()
        for language in form.languages
    }


def require_free(folder: Path) -> None:
    """Raise `ConfigError` unless the folder can be made, or is empty: nothing is overwritten."""
    try:
        if folder.is_dir() and not any(folder.iterdir()):
            return
    except OSError as error:
        raise ConfigError(f"the output folder {folder}: {error.strerror}") from None
    if folder.is_dir():
        raise ConfigError(f"the output folder {folder} is not empty; nothing was overwritten")
    if folder.exists() or folder.is_symlink():
        raise ConfigError(f"the output folder {folder} is a file; nothing was overwritten")


def _put_in_place(folder: Path, files: dict[str, bytes]) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    temporary = folder.parent / f".{folder.name}-{secrets.token_hex(4)}"
    temporary.mkdir()
    try:
        for name, octets in files.items():
            (temporary / name).write_bytes(octets)
        if folder.is_dir():
            folder.rmdir()
        temporary.rename(folder)
    except BaseException:
        shutil.rmtree(temporary)
        raise
