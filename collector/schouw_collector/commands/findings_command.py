"""`schouw findings`: what an assessment found, and why."""

from pathlib import Path
from typing import Annotated

import typer

from schouw_collector.commands import cases_command
from schouw_collector.commands.language_option import InLanguage, wording
from schouw_collector.saying import console

app = typer.Typer(
    help="List, explain and follow what a check found.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
# Commands of the same group: what becomes of a finding.
app.add_typer(cases_command.app)

Evidence = Annotated[
    Path,
    typer.Option("--evidence", metavar="DIR", help="An evidence folder, or an assessment.json."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.callback()
def _group() -> None:
    """List, explain and follow what a check found."""


@app.command("list")
def list_(
    evidence: Evidence,
    entry: Annotated[str, typer.Option(metavar="ID", help="Only of this register entry.")] = "",
    rule: Annotated[str, typer.Option(metavar="ID", help="Only of this rule, such as D03.")] = "",
    every: Annotated[
        bool, typer.Option("--all", help="Each of them, also where there are many.")
    ] = False,
    as_json: AsJson = False,
    language: InLanguage = None,
) -> None:
    """List the findings and questions, the most serious first.

    Where there are many, by cause.
    """
    from schouw_collector.comparing.explanation_text import findings_table, groups_table
    from schouw_collector.comparing.grouping import MOST_GROUPS
    from schouw_collector.evidence.assessment_source import read_source
    from schouw_collector.saying.terminal import table

    assessment = read_source(evidence).assessment
    chosen = [
        finding
        for finding in assessment.findings
        if entry in ("", finding.entry_id) and rule.upper() in ("", finding.rule_id)
    ]
    if as_json:
        console.write([f"[{','.join(finding.model_dump_json() for finding in chosen)}]"])
        return
    if len(chosen) > MOST_GROUPS and not (every or entry or rule):
        console.write(table(groups_table(assessment, wording(language))))
        return
    console.write(table(findings_table(chosen, assessment, wording(language))))


@app.command()
def explain(
    reference: Annotated[
        str, typer.Argument(metavar="ID", help="Id of a finding, or as much as is unique.")
    ],
    evidence: Evidence,
    as_json: AsJson = False,
    language: InLanguage = None,
) -> None:
    """Print the chain from what was seen to the norm.

    For one finding or question.
    """
    from schouw_collector.comparing.explanation import explain as explained
    from schouw_collector.comparing.explanation import find
    from schouw_collector.comparing.explanation_text import explanation_text
    from schouw_collector.evidence.assessment_source import read_source

    assessment = read_source(evidence).assessment
    told = explained(assessment, find(assessment, reference))
    if as_json:
        console.write([told.model_dump_json(indent=2)])
    else:
        console.write(explanation_text(told, wording(language)))
