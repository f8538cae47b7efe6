"""Item 1: the council has a committee for digital affairs."""

from schouw_collector.apk.apk_item import ApkContext, ApkItem, Examined, examined, recent, said
from schouw_collector.records import Words
from schouw_collector.saying.phrasing import same


def _examine(context: ApkContext) -> Examined:
    committee = context.governance.committee if context.governance else None
    if committee is None or not committee.name:
        return examined(complete=False, missing=[_missing(stated=committee is not None)])
    missing = []
    if not recent(committee.last_meeting, context.day):
        missing.append(
            said(
                "Een vergadering in het afgelopen jaar is niet aangetoond.",
                "A meeting in the past year is not shown.",
            )
        )
    where = f" ({committee.url})" if committee.url else ""
    return examined(complete=True, evidence=[same(f"{committee.name}{where}.")], missing=missing)


def _missing(*, stated: bool) -> Words:
    if stated:
        return said(
            "De gemeente verklaart dat er geen is.", "The municipality declares that there is none."
        )
    return said("Er is niets over verklaard.", "Nothing is declared about it.")


APK_ITEM = ApkItem(
    id="apk-01",
    number=1,
    title=said(
        "De gemeenteraad heeft een commissie voor digitale zaken",
        "The council has a committee for digital affairs",
    ),
    reference="docs/paper.md, item 1",
    to_ask=said(
        "Gaat de commissie over alle toepassingen in de openbare ruimte, en wanneer sprak zij er "
        "voor het laatst over?",
        "Does the committee deal with all applications in public space, and when did it last "
        "discuss them?",
    ),
    examine=_examine,
)
