"""The manifest of an evidence folder: what is in it, what it was made from, and who signed."""

from datetime import datetime
from typing import Annotated, Literal

import orjson
from pydantic import ConfigDict, Field

from schouw_agent.report import Record
from schouw_collector.records import Period

PAYLOAD_TYPE = "application/vnd.schouw.manifest+json"
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
# `verify` repeats it: the kind of name that reports have, with no digits that may be somebody's.
FileName = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z._-]{0,40}\.(txt|html|json|csv)$")]
"""No folder, no hidden file: a manifest cannot point outside its own folder."""


class FileDigest(Record):
    """One file of the folder."""

    name: FileName
    sha256: Digest
    size: Annotated[int, Field(ge=0)]
    """Octets."""


class Input(Record):
    """Something that the check has read."""

    kind: Literal[
        "capture",
        "interface",
        "broker",
        "register",
        "register_map",
        "bindings",
        "order",
        "governance",
        "algorithms",
        "capabilities",
        "cases",
        "country data",
        "report",
        "state",
    ]
    name: str
    """Without its folder."""
    sha256: str
    """Empty if the source could not be digested."""
    size: int | None = None
    """Octets; None for a stream."""


class Signer(Record):
    """Who signed, as far as a key says."""

    fingerprint: str
    public_key: str
    """Raw Ed25519 public key in base64."""


class Manifest(Record):
    """Written as `manifest.json`, and signed, octet for octet, in `manifest.dsse.json`."""

    schema_id: Literal["https://schouw.example.org/schema/manifest/1"] = Field(
        default="https://schouw.example.org/schema/manifest/1", alias="schema"
    )
    created: datetime
    clock_synchronised: bool | None = None
    """Of the machine that recorded; None: not known."""
    period: Period
    command: tuple[str, ...]
    """As given, every path without its folder."""
    versions: dict[str, str]
    knowledge: str
    """Digest of vocabulary and extensions of the agent."""
    inputs: tuple[Input, ...]
    files: tuple[FileDigest, ...]
    signer: Signer

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    def octets(self) -> bytes:
        """Return the manifest as JSON: sorted keys, two spaces, line feeds, UTF-8."""
        return orjson.dumps(
            self.model_dump(mode="json", by_alias=True),
            option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE,
        )
