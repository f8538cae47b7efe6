"""An inspection in plain data: what the governance file says, what was seen, what was found."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from schouw_collector.apk.apk import items
from schouw_collector.apk.apk_item import ApkContext, Examined
from schouw_collector.apk.autonomy import Autonomy, EndpointShare, ProtocolShares
from schouw_collector.declared.governance import SCHEMA, read_governance
from schouw_collector.registers.register_entry import CategoryMapping, RegisterEntry, Stream

DAY = date(2026, 11, 25)


@pytest.fixture
def make_context(make_assessment, make_finding) -> Callable[..., ApkContext]:
    """Return a function that makes a context.

    `governance`: fields of the file, None for no file.  `said`: (rule, kind, entry) of findings.
    `entry`: fields of the one entry, HP-04.  `autonomy`: fields of the figures.
    """

    def _make(
        governance: dict[str, Any] | None = None,
        said: tuple[tuple[str, str, str], ...] = (),
        entry: dict[str, Any] | None = None,
        autonomy: dict[str, Any] | None = None,
        algorithms: Any = None,
        public: bool = False,
        **assessment: Any,
    ) -> ApkContext:
        found = tuple(
            make_finding(
                id=f"6f1c2a60-0000-5000-8000-{n:012}",
                rule_id=rule,
                kind=kind,
                entry_id=entry_id,
                recipient=f"host-{n}.example",
            )
            for n, (rule, kind, entry_id) in enumerate(said)
        )
        document = json.dumps({"schema": SCHEMA, **(governance or {})}).encode()
        figures = Autonomy(
            **{
                "endpoints": (
                    EndpointShare(kind="municipal", recipients=1, octets=100, share=1.0),
                ),
                "protocols": ProtocolShares(open=1.0, proprietary=0, encrypted=0, unknown=0),
                "readable_share": 0.95,
                "municipal_share": 1.0,
                **(autonomy or {}),
            }
        )
        mapping = CategoryMapping(method="human")
        return ApkContext(
            governance=None if governance is None else read_governance("g.yaml", document),
            assessment=make_assessment(**{"findings": found, "unbound_devices": (), **assessment}),
            entries={
                "HP-04": RegisterEntry.model_validate(
                    {
                        "entry_id": "HP-04",
                        "organisation": "Gemeente Voorbeeldstad",
                        "streams": [Stream(declared_text="Geluid", mapping=mapping)],
                        "purposes": [{"text": "Geluid meten"}],
                        **(entry or {}),
                    }
                )
            },
            algorithms=algorithms,
            autonomy=figures,
            register_is_public=public,
            day=DAY,
        )

    return _make


@pytest.fixture
def answer(make_context) -> Callable[..., Examined]:
    """Return a function that gives what one item answers, by its number."""

    def _answer(number: int, **context: Any) -> Examined:
        return items()[number - 1].examine(make_context(**context))

    return _answer
