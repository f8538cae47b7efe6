"""Item 5: a public register of sensors: the one item that observation can show by itself."""

from schouw_collector.apk.apk_item import ApkContext, ApkItem, Examined, check, examined, said
from schouw_collector.apk.apk_record import CrossCheck, Outcome
from schouw_collector.records import Words
from schouw_collector.saying.phrasing import percent


def _examine(context: ApkContext) -> Examined:
    governance = context.governance
    url = governance.register_url if governance else None
    total = len(context.assessment.entries)
    evidence = [
        said(
            f"Het register is gelezen. Inschrijvingen: {total}.",
            f"The register was read. Entries: {total}.",
        )
    ]
    if context.register_is_public:
        evidence.append(
            said(
                f"Het staat zonder inloggen op {context.assessment.register_source}.",
                f"It is open without logging in at {context.assessment.register_source}.",
            )
        )
    elif url:
        evidence.append(
            said(f"Volgens de gemeente: {url}.", f"According to the municipality: {url}.")
        )
    missing: list[Words] = []
    if not (context.register_is_public or url):
        missing.append(
            said("Dat het openbaar is, is niet aangetoond.", "That it is public is not shown.")
        )
    return examined(
        complete=bool(url),
        shown=context.register_is_public,
        evidence=evidence,
        missing=missing,
        checks=[*_completeness(context), *_content(context)],
    )


def _completeness(context: ApkContext) -> list[CrossCheck]:
    assessment = context.assessment
    unbound = set(assessment.unbound_devices)
    bound = {id_ for entry in assessment.entries for id_ in entry.device_ids}
    seen = len(bound | unbound)
    if not seen:
        return [
            check(
                "not_assessable",
                "Er is geen sensor gezien; of het register compleet is, is niet te beoordelen.",
                "No sensor was seen; whether the register is complete cannot be assessed.",
            )
        ]
    share = percent(len(bound) / seen)
    undeclared = context.findings("D01")
    text = (
        f"Geziene sensoren die in het register staan: {len(bound)} van {seen} ({share}).",
        f"Sensors that were seen and are in the register: {len(bound)} of {seen} ({share}).",
    )
    if undeclared:
        return [check("differs", *text)]
    return [check("asks" if unbound else "agrees", *text)]


def _content(context: ApkContext) -> list[CrossCheck]:
    assessment = context.assessment
    counts: tuple[tuple[set[str], Outcome, str, str], ...] = (
        (
            {f.entry_id for f in context.findings("D03", "D04", "D05")},
            "differs",
            "Inschrijvingen die iets anders zeggen dan is gezien: {n}.",
            "Entries that say otherwise than was seen: {n}.",
        ),
        (
            {f.entry_id for f in (*context.findings("D14"), *context.questions("D14"))},
            "asks",
            "Inschrijvingen die verlopen zijn of geen echte einddatum hebben: {n}.",
            "Entries that have expired or have no real end: {n}.",
        ),
        (
            {f.entry_id for f in (*context.findings("D15"), *context.questions("D15"))},
            "asks",
            "Inschrijvingen van sensoren waarvan niets meer komt: {n}.",
            "Entries of sensors from which nothing comes any more: {n}.",
        ),
        (
            {f.entry_id for f in (*context.findings("D19"), *context.questions("D19"))},
            "asks",
            "Inschrijvingen die zichzelf tegenspreken: {n}.",
            "Entries that contradict themselves: {n}.",
        ),
        (
            set(assessment.register_errors),
            "asks",
            "Inschrijvingen die niet te lezen waren: {n}.",
            "Entries that could not be read: {n}.",
        ),
    )
    return [
        check(outcome, nl.format(n=len(found)), en.format(n=len(found)))
        for found, outcome, nl, en in counts
        if found
    ]


APK_ITEM = ApkItem(
    id="apk-05",
    number=5,
    title=said("Er is een openbaar sensorenregister", "There is a public register of sensors"),
    reference="docs/paper.md, item 5",
    to_ask=said(
        "Wie houdt het register bij, en hoe komt een verandering van een leverancier erin?",
        "Who keeps the register, and how does a change by a supplier get into it?",
    ),
    examine=_examine,
)
