"""Item 11: clear agreements on what companies may and may not do with the data."""

from schouw_collector.apk.apk_item import ApkContext, ApkItem, Examined, check, examined, said
from schouw_collector.apk.apk_record import CrossCheck
from schouw_collector.apk_items.contract_clauses import clause_answer


def _examine(context: ApkContext) -> Examined:
    complete, evidence, missing, _ = clause_answer(context, "use_limits")
    resale, of_resale, no_resale, _ = clause_answer(context, "resale")
    if context.contracts:
        evidence += [said(f"Doorverkoop: {w.nl}", f"Resale: {w.en}") for w in of_resale]
        missing += [said(f"Doorverkoop: {w.nl}", f"Resale: {w.en}") for w in no_resale]
    return examined(
        complete=complete and resale, evidence=evidence, missing=missing, checks=_checks(context)
    )


def _checks(context: ApkContext) -> list[CrossCheck]:
    onward = {f.recipient for f in context.findings("D06", "D23") if f.recipient}
    perhaps = {f.recipient for f in context.questions("D06", "D23") if f.recipient} - onward
    checks = []
    if onward:
        checks.append(
            check(
                "differs",
                f"Partijen die gegevens krijgen en nergens zijn aangemeld: {len(onward)}.",
                f"Parties that get data and are declared nowhere: {len(onward)}.",
            )
        )
    if perhaps:
        checks.append(
            check(
                "asks",
                f"Ontvangers van wie niet bekend is of het mag: {len(perhaps)}.",
                f"Recipients of which it is not known whether they may: {len(perhaps)}.",
            )
        )
    checks.append(
        check(
            "not_assessable",
            "Wat een bedrijf achter zijn eigen server met de gegevens doet, is hier niet te zien.",
            "What a company does with the data behind its own server cannot be seen here.",
        )
    )
    return checks


APK_ITEM = ApkItem(
    id="apk-11",
    number=11,
    title=said(
        "Er zijn duidelijke afspraken over wat bedrijven wel en niet met de gegevens mogen",
        "There are clear agreements on what companies may and may not do with the data",
    ),
    reference="docs/paper.md, item 11; GDPR art. 28",
    to_ask=said(
        "Wie controleert of bedrijven zich eraan houden, en hoe?",
        "Who checks whether companies keep to it, and how?",
    ),
    examine=_examine,
)
