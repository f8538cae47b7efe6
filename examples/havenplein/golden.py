"""Compare an assessment with `expected.json`, which was written by hand.

python examples/havenplein/golden.py OUT/assessment.json havenplein-2026-05.pcapng
"""

import json
import sys
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

EXPECTED = Path(__file__).resolve().parent / "expected.json"
_NOT_COMPARED = ("credential", "numeric_unclassified", "text_unclassified", "opaque_payload")

Statement = Mapping[str, Any]


def differences(assessment: Statement, capture: str, ancillary: Iterable[str]) -> list[str]:
    """Return one line for each way in which an assessment (as JSON) is not what was expected."""
    expected = json.loads(EXPECTED.read_text(encoding="utf-8"))
    wanted = expected["captures"][capture]
    allowed = expected["allowed_verdicts"]
    return [
        *compared(assessment, wanted, allowed, ancillary),
        *_coverage(assessment["coverage"]),
    ]


def compared(
    assessment: Statement, wanted: Statement, allowed: Statement, ancillary: Iterable[str]
) -> list[str]:
    """Return one line for each verdict and finding that is not as wanted.

    `wanted` has entries, findings, allowed and must_not; `allowed` has verdicts that may be given.
    """
    skipped = {*_NOT_COMPARED, *ancillary}
    return [
        *_verdicts(assessment, wanted["entries"], allowed, skipped),
        *_findings(assessment, wanted),
    ]


def _verdicts(
    assessment: Statement, entries: Statement, allowed: Statement, skipped: set[str]
) -> Iterable[str]:
    given = {
        entry["entry_id"]: {v["category"]: v["verdict"] for v in entry["verdicts"]}
        for entry in assessment["entries"]
    }
    yield from (f"{entry}: not assessed" for entry in entries if entry not in given)
    for entry, verdicts in given.items():
        wanted = {
            c: v["verdict"] for c, v in entries.get(entry, {"verdicts": {}})["verdicts"].items()
        }
        for category in sorted(wanted.keys() | verdicts.keys()):
            verdict, expected = verdicts.get(category), wanted.get(category)
            known = expected or allowed.get(entry, {}).get(category)
            if verdict != known and category not in skipped and (verdict or expected):
                yield f"{entry}: {category} is {verdict or 'absent'}, expected {known or 'absent'}"


def _findings(assessment: Statement, wanted: Statement) -> Iterable[str]:
    macs = macs_of(assessment)
    given = assessment["findings"]
    for row in wanted["findings"]:
        if not any(meets(row, said, macs) for said in given):
            yield f"not said: {_name(row)} ({row['why']})"
    permitted = [*wanted["findings"], *wanted["allowed"]]
    for said in given:
        line = f"{said['rule_id']} {said['kind']} {_about(said)}"
        if forbidden := [row for row in wanted["must_not"] if meets(row, said, macs)]:
            yield f"must not be said: {line} ({forbidden[0]['why']})"
        elif not any(meets(row, said, macs) for row in permitted):
            yield f"said, and not expected: {line}"


def macs_of(assessment: Statement) -> Mapping[str, set[str]]:
    """Return the MAC addresses of each device, by its id."""
    return {
        device["id"]: {i["value"] for i in device["identifiers"] if i["kind"] == "mac"}
        for device in assessment["devices"]
    }


def meets(row: Statement, said: Statement, macs: Mapping[str, set[str]]) -> bool:
    """Return whether a finding is one that a row of the expected assessment speaks of."""
    if row["rule_id"] not in ("*", said["rule_id"]) or row["kind"] not in ("any", said["kind"]):
        return False
    if row["category"] is not None and row["category"] != said["category"]:
        return False
    if "recipient" in row and not fnmatchcase(said["recipient"], row["recipient"]):
        return False
    if "device_mac" in row:
        return any(row["device_mac"] in macs.get(device, set()) for device in said["device_ids"])
    return bool(row["entry"] in (said["entry_id"], "*"))


def _coverage(coverage: Statement) -> Iterable[str]:
    for field in ("outside_order_frames", "passers_by_frames"):
        if not coverage[field]:
            yield f"coverage: {field} is 0"
    for field in ("kernel_drops", "truncated_frames", "duplicates"):
        if coverage[field]:
            yield f"coverage: {field} is {coverage[field]}"


def _name(row: Statement) -> str:
    who = row["entry"] or row["device_mac"]
    words = (row["rule_id"], row["kind"], who, row["category"], row.get("recipient"))
    return " ".join(word for word in words if word)


def _about(said: Statement) -> str:
    who = said["entry_id"] or ",".join(said["device_ids"])
    return f"{who} {said['category']} {said['recipient']}".strip()


def main() -> None:
    from schouw_agent.vocabulary import CATEGORIES

    file, capture = sys.argv[1:]
    ancillary = [category.id for category in CATEGORIES.values() if category.ancillary]
    lines = differences(json.loads(Path(file).read_text(encoding="utf-8")), capture, ancillary)
    print("\n".join(lines) or "as expected")
    raise SystemExit(bool(lines))


if __name__ == "__main__":
    main()
