"""An assessment with one of everything, and with hostile names, as a page."""

import pytest

from schouw_agent.report import Undecoded
from schouw_collector.reports.report_html import render


@pytest.fixture
def make_full(make_assessment, make_finding, make_device):
    """Return a function that makes an assessment in which no part of the page is empty."""

    def make(**changes):
        base = make_assessment()
        entry = base.entries[0]
        coverage = base.coverage.model_copy(
            update={
                "undecoded": (Undecoded(reason="encrypted", flows=2, octets=6000),),
                "kernel_drops": 3,
                "passers_by_frames": 41,
            }
        )
        good = entry.model_copy(
            update={"entry_id": "HP-01", "name": "Lucht", "verdicts": entry.verdicts[:1]}
        )
        silent = entry.model_copy(
            update={
                "entry_id": "HP-11",
                "name": "Weer",
                "device_ids": (),
                "contains_personal_data": None,
                "coverage_share": None,
                "verdicts": (entry.verdicts[2].model_copy(update={"coverage_share": None}),),
            }
        )
        question = base.findings[1]
        info = make_finding(id="i", kind="question", severity="info", norms=(), evidence=())
        broker = make_device("d3", [], {"ip": "192.0.2.10"}, [], role="broker")
        full = {
            "entries": (good, entry, silent),
            "devices": (*base.devices, broker),
            "infrastructure_devices": ("d3",),
            "findings": (base.findings[0], question, info),
            "coverage": coverage,
            "register_errors": ("register.json: entry 3: field type: is missing",),
            "outside_order": ("Camera's van de politie.",),
        }
        return make_assessment(**{**full, **changes})

    return make


@pytest.fixture
def make_page(make_full, make_report):
    """Return a function that renders the page of such an assessment."""

    def make(language="nl", assessment=None, linkages=(), **changes):
        shown = assessment or make_full(**changes)
        coverage = shown.coverage.model_dump()
        report = make_report(shown.devices, coverage=coverage, linkages=linkages)
        return render(shown, report, language).decode()

    return make
