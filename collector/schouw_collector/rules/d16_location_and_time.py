"""D16: a device that is elsewhere, or sent earlier, than its entry declares."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from schouw_agent.report import Device
from schouw_collector.binding.stays import Stay, Stays
from schouw_collector.binding.whereabouts import (
    Moved,
    agrees,
    kilometres_off,
    moved,
    told_places,
    topic_moved,
)
from schouw_collector.comparing.comparison import FINDING, Comparison
from schouw_collector.comparing.findings import device_subject, evidence_of, finding_id, owner_words
from schouw_collector.comparing.norms import cite
from schouw_collector.comparing.rule_context import RuleContext
from schouw_collector.plugins import Rule
from schouw_collector.records import Finding, Severity, Words
from schouw_collector.saying.phrasing import listed, same

TITLE = Words(
    nl="Niet op de plaats of in de tijd die het register noemt",
    en="Not in the place or time that the register states",
)
_NORMS = ("gdpr-5-1-b", "gdpr-30", "apv-amsterdam-2-25a")
_SIZE = Words(nl="een vak is ongeveer 5 km groot", en="a cell is about 5 km wide")


class _Said(NamedTuple):
    """What is to be said of one device."""

    aspect: str
    observed: Words
    declared: Words
    difference: Words
    kind: Literal["finding", "question"] = "question"
    severity: Severity = "low"


def examine(context: RuleContext) -> Iterator[Finding]:
    """Return what entries and their devices differ in of place and time.

    A finding only for a mobile device that is far outside a declared outline in two reports or
    more.  All else is a question: a place is known within 5 km, and is what the device says of it.
    An entry that is over is D14's.
    """
    for comparison in context.comparisons:
        for device in comparison.devices:
            for said in _of_device(context, comparison, device):
                yield _finding(context, comparison, device, said)


def _of_device(context: RuleContext, comparison: Comparison, device: Device) -> Iterator[_Said]:
    stays = context.who.stays.get(device.id, Stays())
    location = comparison.entry.location
    places = told_places(stays)
    off = [stay for stay in places if agrees(location, stay.value) is False]
    if location.mobile:
        if off:
            yield _outside(context, comparison, off)
    elif off and len(off) == len(places):
        yield _elsewhere(comparison, off)
    elif move := moved(places):
        yield _moved(move)
    if not location.mobile and (move := topic_moved(comparison.entry, stays.topics)):
        yield _other_topic(move)
    yield from _early(context, comparison, device)


def _outside(context: RuleContext, comparison: Comparison, off: list[Stay]) -> _Said:
    sure = context.binding_confidence(comparison.entry.entry_id) >= FINDING
    often = any(stay.reports > 1 for stay in off) or len(off) > 1
    location = comparison.entry.location
    far = max(kilometres_off(location, stay.value) for stay in off)
    cells = listed(same(stay.value) for stay in off[:5])
    return _Said(
        "outside area",
        Words(
            nl=f"Het apparaat zegt dat het is geweest in vak {cells.nl} ({_SIZE.nl}), tot {far} km "
            "van het opgegeven gebied.",
            en=f"The device says that it has been in cell {cells.en} ({_SIZE.en}), up to {far} km "
            "from the declared area.",
        ),
        Words(
            nl="Het register noemt het gebied waarin deze mobiele sensor meet.",
            en="The register states the area in which this mobile sensor measures.",
        ),
        Words(
            nl="Het apparaat is buiten dat gebied gezien.",
            en="The device was seen outside that area.",
        ),
        kind="finding" if sure and often else "question",
        severity="medium" if sure and often else "low",
    )


def _elsewhere(comparison: Comparison, off: list[Stay]) -> _Said:
    far = min(kilometres_off(comparison.entry.location, stay.value) for stay in off)
    cells = listed(same(stay.value) for stay in off[:5])
    return _Said(
        "elsewhere",
        Words(
            nl=f"Het apparaat zegt dat het staat in vak {cells.nl} ({_SIZE.nl}), ongeveer {far} km "
            "van de opgegeven plaats.",
            en=f"The device says that it stands in cell {cells.en} ({_SIZE.en}), about {far} km "
            "from the declared place.",
        ),
        Words(
            nl="Het register noemt een vaste plaats.",
            en="The register states a fixed place.",
        ),
        Words(
            nl="Het apparaat staat ergens anders, zegt zijn plaats verkeerd, of is aan de "
            "verkeerde inschrijving gekoppeld.",
            en="The device stands elsewhere, tells its place wrongly, or is bound to the wrong "
            "entry.",
        ),
    )


def _moved(move: Moved) -> _Said:
    return _Said(
        f"moved to {move.after.value}",
        Words(
            nl=f"Het apparaat zei tot {_day(move.before)} dat het stond in vak "
            f"{move.before.value}, en zegt vanaf {_from(move.after)}: {move.after.value} "
            f"({_SIZE.nl}).",
            en=f"Until {_day(move.before)} the device said that it stood in cell "
            f"{move.before.value}, and from {_from(move.after)} it says {move.after.value} "
            f"({_SIZE.en}).",
        ),
        Words(
            nl="Het register zegt niet dat dit een mobiele sensor is.",
            en="The register does not say that this is a mobile sensor.",
        ),
        Words(
            nl="Het apparaat lijkt te zijn verplaatst.",
            en="The device seems to have been moved.",
        ),
    )


def _other_topic(move: Moved) -> _Said:
    return _Said(
        f"topic moved to {move.after.value}",
        Words(
            nl=f"Het apparaat verstuurde tot {_day(move.before)} onder topic {move.before.value}, "
            f"en vanaf {_from(move.after)} onder topic {move.after.value}.",
            en=f"Until {_day(move.before)} the device sent under topic {move.before.value}, and "
            f"from {_from(move.after)} under topic {move.after.value}.",
        ),
        Words(
            nl="Het register noemt de plaats uit het oude topic.",
            en="The register states the place in the old topic.",
        ),
        Words(
            nl="Het nieuwe topic noemt een andere plaats. Het apparaat is misschien verplaatst.",
            en="The new topic names another place. The device may have been moved.",
        ),
        severity="info",
    )


def _early(context: RuleContext, comparison: Comparison, device: Device) -> Iterator[_Said]:
    start = comparison.entry.active_from
    days = context.history.days.get(device.id, ())
    early = [day for day in days if start is not None and day < start]
    if not early or start is None:
        return
    yield _Said(
        "before its start",
        Words(
            nl=f"Het apparaat is gezien op {early[0].isoformat()}.",
            en=f"The device was seen on {early[0].isoformat()}.",
        ),
        Words(
            nl=f"Het register zegt dat deze sensor in gebruik is vanaf {start.isoformat()}.",
            en=f"The register says that this sensor is in use from {start.isoformat()}.",
        ),
        Words(
            nl="Het apparaat was er eerder. Misschien werd het getest, of klopt de datum niet.",
            en="The device was there earlier. It may have been tested, or the date is not right.",
        ),
    )


def _day(stay: Stay) -> str:
    return stay.last.date().isoformat()


def _from(stay: Stay) -> str:
    return stay.first.date().isoformat()


def _finding(context: RuleContext, comparison: Comparison, device: Device, said: _Said) -> Finding:
    entry = comparison.entry
    owner = owner_words(entry)
    aspect = (
        said.aspect if len(comparison.devices) == 1 else f"{said.aspect}: {device_subject(device)}"
    )
    return Finding(
        id=finding_id("D16", entry.entry_id, aspect=aspect),
        kind=said.kind,
        rule_id="D16",
        severity=said.severity,
        title=TITLE,
        entry_id=entry.entry_id,
        device_ids=(device.id,),
        aspect=aspect,
        observed=said.observed,
        declared=said.declared,
        difference=said.difference,
        refutation=Words(
            nl="Een bezoek aan de sensor, of een aangepaste inschrijving.",
            en="A visit to the sensor, or a corrected entry.",
        ),
        action=Words(
            nl=f"Vraag {owner.nl} waar deze sensor is, en sinds wanneer. Pas het register of de "
            "koppeling aan.",
            en=f"Ask {owner.en} where this sensor is, and since when. Correct the register or the "
            "binding.",
        ),
        norms=cite(_NORMS, context.register, entry),
        confidence=context.binding_confidence(entry.entry_id),
        evidence=evidence_of(
            (device.id, e) for e in device.emissions if e.category.startswith("device_location")
        ),
    )


RULE = Rule(
    id="D16",
    title=TITLE.en,
    reference="GDPR art. 5(1)(b) and 30; APV Amsterdam art. 2.25a",
    examine=examine,
    looks_at=Words(
        nl="Waar gekoppelde apparaten zeggen te zijn, op ongeveer 5 km nauwkeurig, en vanaf welke "
        "dag ze zijn gezien. Een bevinding alleen voor een mobiele sensor die in twee rapporten of "
        "meer ver buiten het opgegeven gebied was.",
        en="Where bound devices say that they are, within about 5 km, and from which day they were "
        "seen. A finding only for a mobile sensor that was far outside the declared area in two "
        "reports or more.",
    ),
)
