"""Every finding is in one group, groups are few enough, and the worst stay visible."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schouw_collector.comparing.grouping import MOST_GROUPS, cause, groups
from schouw_collector.records import SEVERITIES, Words
from schouw_collector.reports.report_html import render
from schouw_collector.saying.terminal import headline
from schouw_collector.saying.wording import Wording


def words(text):
    return Words(nl=text, en=text)


@pytest.fixture
def many(make_finding):
    """Return a function that makes findings of one cause, each of another entry."""

    def make(count, difference, first=0, **changes):
        return [
            make_finding(
                id=f"{difference}-{number}",
                entry_id=f"HP-{number}",
                difference=words(difference),
                **changes,
            )
            for number in range(first, first + count)
        ]

    return make


def test_one_cause_is_one_group_and_tells_what_its_findings_share(
    many, make_assessment, make_device
):
    found = many(40, "not declared", severity="low", device_ids=("d1",))
    device = make_device(vendor="Alfa", model="A-1")
    (group,) = groups(make_assessment(findings=tuple(found), devices=(device,)))

    assert (len(group.finding_ids), group.entries, group.devices) == (40, 40, 1)
    assert group.shared == Words(nl="model: Alfa A-1", en="model: Alfa A-1")
    assert group.difference == words("not declared")
    assert group.example in group.finding_ids


def test_a_serious_one_stays_on_its_own_among_thousands(many, make_assessment):
    alike = [f for n in range(60) for f in many(30, f"field {n}", severity="info", kind="question")]
    alone = many(1, "faces", severity="high")
    found = groups(make_assessment(findings=(*alike, *alone)))

    assert len(found) <= MOST_GROUPS
    assert found[0].finding_ids == ("faces-0",)
    assert found[0].severity == "high"


def test_rules_are_put_together_only_when_there_are_too_many(many, make_assessment):
    rules = [many(1, f"rule {n}", severity="low", rule_id=f"D{n:02}") for n in range(32)]
    found = groups(make_assessment(findings=tuple(f for rule in rules for f in rule)))

    assert len(found) == MOST_GROUPS
    assert sorted(len(group.rule_ids) for group in found)[-2:] == [1, 8]


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["D01", "D03", "D19", "D32"]),
            st.sampled_from(["finding", "question"]),
            st.sampled_from(SEVERITIES),
            st.integers(0, 9),
        ),
        max_size=60,
    ),
    most=st.integers(1, 30),
)
def test_nothing_is_hidden_or_told_twice(rows, most, make_finding, make_assessment):
    findings = tuple(
        make_finding(
            id=str(n), rule_id=rule, kind=kind, severity=severity, difference=words(str(d))
        )
        for n, (rule, kind, severity, d) in enumerate(rows)
    )
    found = groups(make_assessment(findings=findings), most)

    assert sorted(i for group in found for i in group.finding_ids) == sorted(f.id for f in findings)
    assert len(found) <= most
    ranks = [SEVERITIES.index(group.severity) for group in found]
    assert ranks == sorted(ranks, reverse=True)
    by_id = {finding.id: finding for finding in findings}
    for group in found:
        assert group.severity == max(
            (by_id[i].severity for i in group.finding_ids), key=SEVERITIES.index
        )


def test_a_group_keeps_its_id_when_others_join(many, make_assessment):
    few, more = many(2, "not declared"), many(9, "not declared")
    ids = {groups(make_assessment(findings=tuple(found)))[0].id for found in (few, more)}

    assert len(ids) == len({cause(finding) for finding in more}) == 1


def test_the_terminal_tells_matters_instead_of_findings(many, make_assessment, make_report):
    found = tuple(many(400, "not declared", severity="low"))
    assessment = make_assessment(findings=found)
    assessment = assessment.model_copy(update={"groups": groups(assessment)})
    lines = [str(line) for line in headline(assessment, make_report(), Wording("en"))]

    assert len(lines) <= 8
    assert "To look at: 1 groups with 400 findings and questions" in lines[5]
    assert "[400;" in lines[6]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_page_of_thousands_names_all_and_stays_small(
    language, many, make_assessment, make_device, make_report
):
    devices = tuple(make_device(f"d{n}", identifiers={"serial": f"S{n}"}) for n in range(500))
    found = tuple(many(3_000, "not declared", severity="low", device_ids=("d1",)))
    assessment = make_assessment(findings=found, devices=devices)
    assessment = assessment.model_copy(update={"groups": groups(assessment)})
    page = render(assessment, make_report(devices), language).decode()

    assert len(page) < 1_200_000
    assert all(finding.id in page for finding in found)
    assert all(f'id="device-d{n}"' in page for n in range(500))
    assert page.count("<details") == page.count("</details>")
