"""The JSON Schemas of what Schouw reads and writes, as outsiders may rely on them."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, Field

from schouw_agent.order import Order
from schouw_agent.report import Record, Report
from schouw_collector.apk.apk_record import Apk
from schouw_collector.binding.binding import Bindings
from schouw_collector.cases.case_lines import WrittenCaseLine
from schouw_collector.change.baseline import Baseline
from schouw_collector.change.changes import Changes
from schouw_collector.change.decisions import WrittenDecisionLine
from schouw_collector.change.since import Since
from schouw_collector.declared.governance import Governance
from schouw_collector.evidence.manifest import Manifest
from schouw_collector.records import Assessment
from schouw_collector.registers.register_entry import RegisterEntry
from schouw_collector.registers.register_map import RegisterMap


class RegisterDocument(Record):
    """A register in Schouw's own form."""

    schema_id: Literal["https://schouw.example.org/schema/register/1"] = Field(alias="schema")
    entries: tuple[RegisterEntry, ...]


SCHEMAS: Mapping[str, type[BaseModel]] = {
    "apk": Apk,
    "assessment": Assessment,
    "baseline": Baseline,
    "bindings": Bindings,
    "case_line": WrittenCaseLine,
    "changes": Changes,
    "decision_line": WrittenDecisionLine,
    "governance": Governance,
    "manifest": Manifest,
    "order": Order,
    "register": RegisterDocument,
    "register-map": RegisterMap,
    "report": Report,
    "since": Since,
}


def schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of one of `SCHEMAS`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **SCHEMAS[name].model_json_schema(by_alias=True),
    }
