"""`schouw assess`: stored reports of agents, compared with the register."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from schouw_collector.commands import declared_options
from schouw_collector.commands.language_option import InLanguage, wording
from schouw_collector.saying import console


def assess(
    register: declared_options.Register,
    reports: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[REPORT…]",
            help="Reports of agents, plain or signed; of a folder all .json in it.",
        ),
    ] = None,
    register_map: declared_options.RegisterMap = None,
    bindings: declared_options.Bindings = None,
    governance: declared_options.Governance = None,
    country_data: declared_options.CountryData = None,
    algorithms: declared_options.Algorithms = None,
    capabilities: declared_options.Capabilities = None,
    cases: declared_options.Cases = None,
    state: Annotated[
        Path | None,
        typer.Option(
            help="Remembers the reports that were read, so that only new ones need be given.",
            metavar="FILE",
        ),
    ] = None,
    trust: Annotated[
        list[str] | None,
        typer.Option(
            help="Take only reports signed by this key or fingerprint; may be repeated.",
            metavar="KEY|FINGERPRINT",
        ),
    ] = None,
    language: InLanguage = None,
    output: Annotated[
        Path | None,
        typer.Option(help="Write a signed folder of evidence; default: none.", metavar="DIR"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    fail_on: declared_options.FailOn = declared_options.Severity.low,
    key: declared_options.SigningKey = None,
) -> None:
    """Compare stored reports of agents with the register.

    Whatever their number and order.
    A report that comes twice counts once, and is told; so is one that is missing between others.
    Exit code 1: there are findings from --fail-on up.  Questions never cause it.
    """
    from schouw_agent.signing import read_trusted
    from schouw_collector.cases.case_file import known_cases
    from schouw_collector.declared.declared_files import DeclaredFiles
    from schouw_collector.many_reports.stored_assessment import assess_stored

    w = wording(language)
    now = datetime.now(UTC).replace(microsecond=0)
    signing_key = None
    if output:
        from schouw_collector.evidence.keeping import keep, prepare

        signing_key = prepare(output, key)
    known = known_cases(cases, now.astimezone().date())
    stored = assess_stored(
        reports or [],
        declared=DeclaredFiles(
            register=register,
            register_map=register_map,
            bindings=bindings,
            governance=governance,
            country_data=country_data or (),
            algorithms=algorithms,
            capabilities=capabilities or (),
        ),
        state=state,
        trusted=[read_trusted(each) for each in trust] if trust else None,
    )
    checked = stored.checked
    for text in checked.assessment.register_errors:
        console.tell(w("check.register_error", text=text))
    for text in stored.refused:
        console.tell(w("assess.refused", text=text))
    if as_json:
        from schouw_collector.reports.assessment_json import pieces

        console.write_octets(pieces(checked.assessment))
    else:
        from schouw_collector.saying.terminal import headline, reading

        lines = reading(checked.assessment, stored.reports, stored.signers, w)
        console.write([*lines, *headline(checked.assessment, checked.report, w, known)])
    if output and signing_key:
        keep(checked, output, signing_key, now, w, known, quiet=as_json)
    from schouw_collector.assessment import exit_code

    if exit_code(checked.assessment, fail_on.value):
        raise typer.Exit(1)
