"""The yearly inspection ("APK") of a municipality's grip on its smart-city applications.

Thirteen items, of the policy paper that docs/paper.md describes.  For each: what is shown, what is
only declared, and what was observed to be otherwise.
"""

from schouw_agent.plugins import discover
from schouw_collector import apk_items
from schouw_collector.apk.apk_item import ApkContext, ApkItem, said
from schouw_collector.apk.apk_record import Apk, ApplicationAnswer, ItemAnswer
from schouw_collector.declared.governance import Application
from schouw_collector.records import Words

_CONSIDERED = (
    ("council_decision", said("het besluit van de raad", "the decision of the council")),
    ("necessity", said("waarom het nodig is", "why it is needed")),
    ("alternatives", said("welke andere oplossingen bekeken zijn", "which alternatives were seen")),
    ("bias_test", said("of het sommige groepen benadeelt", "whether it puts groups at a loss")),
    (
        "chilling_effect",
        said("wat het met het gedrag van mensen doet", "what it does to how people behave"),
    ),
    ("evaluation_date", said("wanneer het wordt geëvalueerd", "when it is evaluated")),
    (
        "regional_partnership",
        said("wie er in de regio meedoet en beslist", "who in the region takes part and decides"),
    ),
)
"""Fields of an application that the council should be able to ask for."""


def items() -> tuple[ApkItem, ...]:
    """Return the thirteen items in their order."""
    found = discover(apk_items, "APK_ITEM").values()
    return tuple(sorted(found, key=lambda item: item.number))


def inspect(context: ApkContext) -> Apk:
    """Return the outcome of the inspection."""
    governance, assessment = context.governance, context.assessment
    coverage = assessment.coverage
    payload = coverage.payload_octets
    return Apk(
        municipality=governance.municipality.name if governance else "",
        day=context.day,
        period=assessment.period,
        readable_share=coverage.read_octets / payload if payload else None,
        vantage=coverage.vantage,
        items=tuple(_answer(item, context) for item in items()),
        applications=tuple(map(_application, context.applications)),
        autonomy=context.autonomy,
        signed_by=governance.signed_by if governance else "",
        signed_at=governance.signed_at if governance else None,
    )


def _answer(item: ApkItem, context: ApkContext) -> ItemAnswer:
    found = item.examine(context)
    return ItemAnswer(
        number=item.number,
        title=item.title,
        state=found.state,
        evidence=found.evidence,
        missing=found.missing,
        checks=found.checks,
        to_ask=item.to_ask,
    )


def _application(application: Application) -> ApplicationAnswer:
    stated: list[Words] = []
    not_stated: list[Words] = []
    for field, words in _CONSIDERED:
        (stated if getattr(application, field) else not_stated).append(words)
    return ApplicationAnswer(
        id=application.id,
        name=application.name or application.id,
        stated=tuple(stated),
        not_stated=tuple(not_stated),
    )
