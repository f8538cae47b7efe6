"""Whether an evidence folder is what was signed: every problem, file by file."""

import errno
import hashlib
import os
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from schouw_agent.errors import SignatureError
from schouw_agent.report import Report
from schouw_agent.signing import MAX_ENVELOPE_OCTETS, Verified, is_as_written, public_key_text
from schouw_agent.signing import verify as verify_envelope
from schouw_collector.errors import EvidenceError
from schouw_collector.evidence.evidence import (
    INVENTORY,
    MANIFEST,
    REPORT_PAYLOAD_TYPE,
    SIGNED_MANIFEST,
)
from schouw_collector.evidence.manifest import PAYLOAD_TYPE, FileDigest, Manifest
from schouw_collector.records import Assessment
from schouw_collector.saying.wording import Wording

_MAX_ENTRIES = 1000
"""An evidence folder has some ten files; what lies beyond is not looked at one by one."""
_MAX_MANIFEST_OCTETS = 16 << 20


class Problem(NamedTuple):
    """Why one file makes that the folder is not what was signed."""

    file: str
    reason: str
    """A key of the group `problem` in the locale files."""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found in an evidence folder."""

    problems: tuple[Problem, ...]
    """Empty: intact."""
    fingerprint: str
    """Of the signer; empty if no signature holds."""
    trusted: bool
    """The signer is one that the user trusts; False also if the user named none."""
    manifest: Manifest | None


def verify(folder: Path, trust: str | None = None) -> Verification:
    """Return every way in which a folder differs from what was signed.

    `trust`: the fingerprint that the signer must have; None: any signer, who is then unknown.
    Raises `EvidenceError` if there is no folder to look at.
    """
    problems: list[Problem] = []
    present = _list(folder, problems)
    trusted = None if trust is None else [trust]
    signed = _signed_manifest(folder, present, trusted, problems)
    manifest = _manifest(folder, present, signed, problems)
    if manifest is not None:
        expected = {item.name: item for item in manifest.files}
        problems += [
            Problem(name, "extra")
            for name in sorted(present - expected.keys() - {MANIFEST, SIGNED_MANIFEST})
        ]
        irregular = {problem.file for problem in problems}
        problems += [
            problem
            for name, item in sorted(expected.items())
            if name not in irregular and (problem := _compare(folder, name, item, present))
        ]
    if signed is not None and not any(p.file == INVENTORY for p in problems):
        problems += _inventory_problems(folder, signed)
    return Verification(
        problems=tuple(dict.fromkeys(problems)),
        fingerprint=signed.fingerprint if signed else "",
        trusted=trust is not None and signed is not None and signed.fingerprint == trust,
        manifest=manifest,
    )


def read_verified(folder: Path, trust: str | None = None) -> tuple[Assessment, Report]:
    """Return what an intact evidence folder says; `trust` as for `verify`.

    Raises `EvidenceError` with the first problem if the folder is not intact.
    """
    found = verify(folder, trust)
    if found.problems:
        texts = [describe(problem, Wording("en")) for problem in found.problems]
        raise EvidenceError(f"{folder} is not intact: {'; '.join(texts)}")
    try:
        assessment = Assessment.model_validate_json(_read(folder / "assessment.json"))
        payload = verify_envelope(_read(folder / INVENTORY)).payload
        return assessment, Report.model_validate_json(payload)
    except (OSError, ValidationError):
        raise EvidenceError(
            f"{folder}: made by a version of Schouw that this one cannot read"
        ) from None


def describe(problem: Problem, wording: Wording) -> str:
    """Return a problem as one line: which file, and why."""
    reason = wording(f"problem.{problem.reason}", detail=problem.detail)
    return wording("verify.problem", file=problem.file, reason=reason)


def _list(folder: Path, problems: list[Problem]) -> set[str]:
    """Return the names of the ordinary files, and note everything else as a problem."""
    present: set[str] = set()
    try:
        with os.scandir(folder) as entries:
            for number, entry in enumerate(entries):
                if number >= _MAX_ENTRIES:
                    problems.append(Problem(".", "extra", "too many files"))
                    break
                if entry.is_symlink():
                    problems.append(Problem(entry.name, "symlink"))
                elif entry.is_dir():
                    problems.append(Problem(entry.name, "folder"))
                elif not entry.is_file():
                    problems.append(Problem(entry.name, "special"))
                else:
                    present.add(entry.name)
    except OSError as error:
        raise EvidenceError(f"{folder}: {error.strerror}") from None
    if not present & {MANIFEST, SIGNED_MANIFEST}:
        raise EvidenceError(f"{folder}: not an evidence folder; it has no {MANIFEST}")
    problems.sort()
    return present


def _signed_manifest(
    folder: Path, present: set[str], trusted: Collection[str] | None, problems: list[Problem]
) -> Verified | None:
    """Return the signed manifest if its signature holds, whoever signed it."""
    if SIGNED_MANIFEST not in present:
        if not any(problem.file == SIGNED_MANIFEST for problem in problems):
            problems.append(Problem(SIGNED_MANIFEST, "missing"))
        return None
    try:
        envelope = _read(folder / SIGNED_MANIFEST, 2 * _MAX_MANIFEST_OCTETS)
        signed = verify_envelope(envelope)
    except OSError:
        problems.append(Problem(SIGNED_MANIFEST, "unreadable"))
        return None
    except SignatureError as error:
        problems.append(Problem(SIGNED_MANIFEST, "signature", error.diagnostics()))
        return None
    if signed.payload_type != PAYLOAD_TYPE:
        problems.append(Problem(SIGNED_MANIFEST, "malformed"))
        return None
    if not is_as_written(envelope):
        problems.append(Problem(SIGNED_MANIFEST, "changed"))
    if trusted is not None:
        try:
            verify_envelope(envelope, trusted=trusted)
        except SignatureError as error:
            problems.append(Problem(SIGNED_MANIFEST, "untrusted", error.diagnostics()))
    return signed


def _manifest(
    folder: Path, present: set[str], signed: Verified | None, problems: list[Problem]
) -> Manifest | None:
    """Return the signed manifest; the unsigned copy if no signature holds; None if neither."""
    unsigned = b""
    if MANIFEST in present:
        try:
            unsigned = _read(folder / MANIFEST, _MAX_MANIFEST_OCTETS)
        except OSError:
            problems.append(Problem(MANIFEST, "unreadable"))
        else:
            if signed is not None and signed.payload != unsigned:
                problems.append(Problem(MANIFEST, "not_signed"))
    elif not any(problem.file == MANIFEST for problem in problems):
        problems.append(Problem(MANIFEST, "missing"))
    try:
        manifest = Manifest.model_validate_json(signed.payload if signed else unsigned)
    except ValidationError:
        problems.append(Problem(SIGNED_MANIFEST if signed else MANIFEST, "malformed"))
        return None
    if signed is not None and manifest.signer.public_key != public_key_text(signed.public_key):
        problems.append(Problem(MANIFEST, "key_in_manifest"))
    return manifest


def _compare(folder: Path, name: str, item: FileDigest, present: set[str]) -> Problem | None:
    if name not in present:
        return Problem(name, "missing")
    digest = hashlib.sha256()
    size = 0
    try:
        for octets in _blocks(folder / name):
            digest.update(octets)
            size += len(octets)
            # A file that has grown without end is not read to its end.
            if size > item.size:
                return Problem(name, "too_large")
    except OSError:
        return Problem(name, "unreadable")
    if size < item.size:
        return Problem(name, "too_small")
    return None if digest.hexdigest() == item.sha256 else Problem(name, "changed")


def _inventory_problems(folder: Path, signed: Verified) -> Iterator[Problem]:
    try:
        inventory = verify_envelope(_read(folder / INVENTORY))
    except OSError:
        yield Problem(INVENTORY, "unreadable")
        return
    except SignatureError as error:
        yield Problem(INVENTORY, "signature", error.diagnostics())
        return
    if inventory.fingerprint != signed.fingerprint:
        yield Problem(INVENTORY, "signer", inventory.fingerprint)
    if inventory.payload_type != REPORT_PAYLOAD_TYPE:
        yield Problem(INVENTORY, "changed")


def _read(path: Path, limit: int = MAX_ENVELOPE_OCTETS) -> bytes:
    octets = bytearray()
    for block in _blocks(path):
        octets += block
        if len(octets) > limit:
            raise OSError(errno.EFBIG, "too large")
    return bytes(octets)


def _blocks(path: Path, length: int = 1 << 20) -> Iterator[bytes]:
    """Yield the content of an ordinary file; a link or a pipe put in its place is not followed."""
    number = os.open(
        path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    )
    with os.fdopen(number, "rb") as file:
        if not stat.S_ISREG(os.fstat(number).st_mode):
            raise OSError(errno.EINVAL, "not an ordinary file")
        while octets := file.read(length):
            yield octets
