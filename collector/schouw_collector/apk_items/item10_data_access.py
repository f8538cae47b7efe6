"""Item 10: the contracts give the municipality access to all data."""

from schouw_collector.apk.apk_item import ApkContext, ApkItem, Examined, check, examined, said
from schouw_collector.apk.apk_record import CrossCheck
from schouw_collector.apk_items.contract_clauses import clause_answer
from schouw_collector.saying.phrasing import percent


def _examine(context: ApkContext) -> Examined:
    complete, evidence, missing, _ = clause_answer(context, "data_access")
    return examined(complete=complete, evidence=evidence, missing=missing, checks=_checks(context))


def _checks(context: ApkContext) -> list[CrossCheck]:
    share = context.autonomy.municipal_share
    if share is None:
        return [
            check(
                "not_assessable",
                "Er zijn geen gegevens gezien, dus ook niet wie ze krijgt.",
                "No data were seen, and so neither who gets them.",
            )
        ]
    if share < 1:
        return [
            check(
                "asks",
                f"Van {percent(1 - share)} van de geziene sensoren gaan de gegevens alleen naar "
                "servers buiten de gemeente. Of de gemeente ze daar krijgt, is hier niet te zien.",
                f"Of {percent(1 - share)} of the sensors that were seen the data go to servers "
                "outside the municipality alone. Whether it gets them there cannot be seen here.",
            )
        ]
    return [
        check(
            "agrees",
            "Van elke geziene sensor komen gegevens bij de gemeente of op haar eigen netwerk.",
            "Of every sensor that was seen data reach the municipality or its own network.",
        )
    ]


APK_ITEM = ApkItem(
    id="apk-10",
    number=10,
    title=said(
        "In de contracten staat dat de gemeente bij alle gegevens kan",
        "The contracts give the municipality access to all data",
    ),
    reference="docs/paper.md, item 10",
    to_ask=said(
        "Heeft de gemeente die toegang ook gebruikt, en in een vorm die zij kan lezen?",
        "Has the municipality used that access, and in a form that it can read?",
    ),
    examine=_examine,
)
