"""D25: a message about people that the broker keeps for whoever subscribes later."""

import re
from collections.abc import Iterator

from schouw_agent.report import Device, Emission
from schouw_agent.vocabulary import covered_by
from schouw_collector.comparing.comparison import QUESTION
from schouw_collector.comparing.findings import (
    PERSONAL,
    PSEUDONYMOUS,
    device_subject,
    evidence_of,
    finding_id,
    kind_of,
    owner_words,
    rank_of,
    worst_first,
)
from schouw_collector.comparing.norms import cite
from schouw_collector.comparing.rule_context import RuleContext
from schouw_collector.plugins import Rule
from schouw_collector.records import Finding, Words
from schouw_collector.registers.register_entry import RegisterEntry, Stream
from schouw_collector.saying.phrasing import category_names, listed, same

TITLE = Words(
    nl="Een bericht over mensen blijft op de server staan",
    en="A message about people stays on the server",
)
_NORMS = ("gdpr-5-1-c", "gdpr-5-1-e", "gdpr-32")
_NO_TIME = re.compile(r"P(?:0+[YMWD])*(?:T(?:0+(?:\.0+)?[HMS])+)?")
Row = tuple[str, Emission]


def examine(context: RuleContext) -> Iterator[Finding]:
    """Return one finding or question for each entry or unbound device that sends such messages.

    A finding only where the entry itself says that these data are not kept, or do not leave the
    device: that the broker keeps the last message is a fact, how long is not seen.
    """
    for comparison in context.comparisons:
        yield from _said(context, comparison.entry, comparison.devices)
    for device_id in context.binding.unbound:
        yield from _said(context, None, (context.devices[device_id],))


def _said(
    context: RuleContext, entry: RegisterEntry | None, devices: tuple[Device, ...]
) -> Iterator[Finding]:
    rows = [
        (device.id, e)
        for device in devices
        for e in device.emissions
        if e.retained
        and e.direction == "sent"
        and rank_of(e.category) >= PSEUDONYMOUS
        and e.confidence >= QUESTION
    ]
    if not rows:
        return
    promised = [row for row in rows if entry and _promises(entry, row[1].category)]
    told = promised or rows
    categories = worst_first(told)
    worst, what, owner = categories[0], category_names(categories), owner_words(entry)
    sure = max(e.confidence for _, e in told)
    confidence = min(sure, context.binding_confidence(entry.entry_id)) if entry else sure
    topics = sorted({e.channel for _, e in told})
    where = listed(same(f"“{topic}”") for topic in topics[:3])
    yield Finding(
        id=finding_id("D25", entry.entry_id if entry else device_subject(devices[0]), worst),
        kind=kind_of(confidence) if promised else "question",
        rule_id="D25",
        severity="medium" if rank_of(worst) >= PERSONAL else "low",
        title=TITLE,
        entry_id=entry.entry_id if entry else "",
        device_ids=tuple(dict.fromkeys(device_id for device_id, _ in told)),
        category=worst,
        observed=Words(
            nl=f"{what.nl} is verstuurd als bericht dat de server bewaart (retain), op {where.nl}.",
            en=f"{what.en} was sent as a message that the server keeps (retain), on {where.en}.",
        ),
        declared=_declared(entry, bool(promised)),
        difference=Words(
            nl="De server bewaart het laatste bericht. Ieder die zich later aanmeldt, krijgt het "
            "alsnog. Hoe lang, is niet gezien.",
            en="The server keeps the last message. Everyone who subscribes later still gets it. "
            "For how long was not seen.",
        ),
        refutation=Words(
            nl="Bewijs dat de server het bericht snel wist, of dat het niet over mensen gaat.",
            en="Proof that the server soon deletes the message, or that it is not about people.",
        ),
        action=Words(
            nl=f"Vraag {owner.nl} waarom het bericht moet blijven staan. Zet “retain” anders uit.",
            en=f"Ask {owner.en} why the message has to stay. Switch “retain” off otherwise.",
        ),
        norms=cite(_NORMS, context.register, entry),
        confidence=confidence,
        evidence=evidence_of(told),
    )


def _promises(entry: RegisterEntry, category: str) -> bool:
    """Return whether the entry says that data of a category are not kept, or stay inside."""
    return any(_keeps_nothing(s) for s in entry.streams if category in covered_by(s.categories))


def _keeps_nothing(stream: Stream) -> bool:
    inside = stream.processing is not None and stream.processing.edge_only is True
    return inside or (stream.retention != "" and bool(_NO_TIME.fullmatch(stream.retention)))


def _declared(entry: RegisterEntry | None, promised: bool) -> Words:
    if promised:
        return Words(
            nl="Het register zegt: deze gegevens worden niet bewaard, of verlaten het apparaat "
            "niet.",
            en="The register says: these data are not kept, or do not leave the device.",
        )
    kept = [s.retention for s in entry.streams if s.retention] if entry else []
    if kept:
        periods = listed(map(same, dict.fromkeys(kept)))
        return Words(
            nl=f"Het register noemt als bewaartermijn: {periods.nl}.",
            en=f"The register names as retention period: {periods.en}.",
        )
    return Words(
        nl="Het register zegt niet hoe lang deze gegevens worden bewaard.",
        en="The register does not say how long these data are kept.",
    )


RULE = Rule(
    id="D25",
    title=TITLE.en,
    reference="GDPR art. 5(1)(c) and (e), and 32",
    looks_at=Words(
        nl="Berichten met gegevens over personen, voertuigen of telefoons die de server moet "
        "bewaren voor wie zich later aanmeldt (MQTT retain).",
        en="Messages with data about persons, vehicles or telephones that the server has to keep "
        "for whoever subscribes later (MQTT retain).",
    ),
    examine=examine,
)
