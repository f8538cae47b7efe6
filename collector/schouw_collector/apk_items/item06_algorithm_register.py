"""Item 6: a public register of algorithms."""

from schouw_collector.apk.apk_item import ApkContext, ApkItem, Examined, check, examined, said
from schouw_collector.apk.apk_record import CrossCheck


def _examine(context: ApkContext) -> Examined:
    url = context.governance.algorithm_register_url if context.governance else None
    evidence, missing = [], []
    if url:
        evidence.append(said(f"Register: {url}.", f"Register: {url}."))
    elif url == "":
        missing.append(
            said(
                "De gemeente verklaart dat er geen is.",
                "The municipality declares that there is none.",
            )
        )
    else:
        missing.append(said("Er is geen adres verklaard.", "No address is declared."))
    if context.algorithms is not None:
        count = len(context.algorithms)
        evidence.append(
            said(
                f"Het register is gelezen. Algoritmen: {count}.",
                f"The register was read. Algorithms: {count}.",
            )
        )
    return examined(complete=bool(url), evidence=evidence, missing=missing, checks=_checks(context))


def _checks(context: ApkContext) -> list[CrossCheck]:
    if context.algorithms is None:
        return [
            check(
                "not_assessable",
                "Het register is niet naast de waarneming gelegd: het is niet gegeven.",
                "The register was not held against what was seen: it was not given.",
            )
        ]
    asked = {f.entry_id or f.id for f in (*context.findings("D20"), *context.questions("D20"))}
    if asked:
        return [
            check(
                "asks",
                f"Sensoren met uitkomsten van een algoritme dat er niet in staat: {len(asked)}.",
                f"Sensors with results of an algorithm that was not found in it: {len(asked)}.",
            )
        ]
    return [
        check(
            "agrees",
            "Van wat gezien is ontbreekt geen algoritme in het register.",
            "Of what was seen no algorithm is absent from the register.",
        )
    ]


APK_ITEM = ApkItem(
    id="apk-06",
    number=6,
    title=said("Er is een openbaar algoritmeregister", "There is a public register of algorithms"),
    reference="docs/paper.md, item 6",
    to_ask=said(
        "Staan ook de algoritmen van leveranciers en samenwerkingen erin?",
        "Are the algorithms of suppliers and partnerships in it as well?",
    ),
    examine=_examine,
)
