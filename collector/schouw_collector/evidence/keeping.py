"""The evidence of a check on the command line: prepared before it, written after it."""

import re
import sys
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from schouw_agent.signing import load_or_create_key
from schouw_collector import config
from schouw_collector.cases.known_cases import KnownCases
from schouw_collector.checked import Checked
from schouw_collector.evidence.evidence import require_free, write
from schouw_collector.registers.web_address import without_credentials
from schouw_collector.saying import console
from schouw_collector.saying.terminal import after_writing
from schouw_collector.saying.wording import Wording


def prepare(folder: Path, key: Path | None) -> Ed25519PrivateKey:
    """Return the key to sign with.  What would fail after a long look fails here, before it."""
    require_free(folder)
    return load_or_create_key(key or config.signing_key_path())


def keep(
    checked: Checked,
    folder: Path,
    key: Ed25519PrivateKey,
    now: datetime,
    w: Wording,
    cases: KnownCases,
    *,
    quiet: bool,
) -> None:
    """Write the evidence of a check, and tell where it is."""
    manifest = write(
        folder,
        checked.assessment,
        checked.report,
        inputs=(*checked.inputs, *([cases.source] if cases.source else ())),
        cases=cases,
        command=[_without_folder(argument) for argument in sys.argv],
        key=key,
        created=now,
    )
    lines = after_writing(folder, manifest.signer.fingerprint, w.language, w)
    if quiet:
        console.tell(*lines)
    else:
        console.write(lines)


def _without_folder(argument: str) -> str:
    """Return an argument as it may stand in the evidence: paths tell where somebody works.

    Of an address the password and the query are left out.
    """
    address = re.fullmatch(r"(--[a-z-]+=)?(https?://.*)", argument, re.IGNORECASE | re.DOTALL)
    if address:
        return f"{address[1] or ''}{without_credentials(address[2])}"
    option, equals, value = argument.rpartition("=")
    return f"{option}{equals}{Path(value).name or value}"
