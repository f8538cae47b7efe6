"""D30: what a device says that it is contradicts what the register says that it is.

That it says it can sense more than was declared is D12's.  The vendor alone proves nothing, since
it may be that of the network chip.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from schouw_agent.report import Device
from schouw_collector.comparing.comparison import Comparison
from schouw_collector.comparing.findings import finding_id, owner_words
from schouw_collector.comparing.norms import cite
from schouw_collector.comparing.rule_context import RuleContext
from schouw_collector.plugins import Rule
from schouw_collector.records import Finding, Severity, Words
from schouw_collector.registers.register_entry import RegisterEntry
from schouw_collector.saying.phrasing import listed, same

TITLE = Words(
    nl="Het apparaat noemt zich anders dan het register",
    en="The device calls itself otherwise than the register",
)
_NORMS = ("gdpr-5-2", "apv-amsterdam-2-25a")
_CONFIDENCE = 0.7
_CAMERA_SERVICE = re.compile(
    r"networkvideotransmitter|(?<![a-z])ip[ _-]?(?:c|cam)(?![a-z])|camera|axis-video"
    r"|_rtsp\._(?:tcp|udp)",
    re.IGNORECASE,
)
_OPTICAL = re.compile(
    r"camera|optisch|optical|video|beeld|anpr|kenteken|thermal|warmte", re.IGNORECASE
)
_SHORTEST_MODEL = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Aspect:
    """One thing on which the two can contradict each other."""

    id: str
    severity: Severity
    differs: Callable[[RegisterEntry, Device], bool]
    says: Callable[[Device], str]
    """What the device says, as it says it."""
    stated: Callable[[RegisterEntry], str]
    name: Words
    """What it is about, with which a sentence goes on."""


def examine(context: RuleContext) -> Iterator[Finding]:
    """Return one question for each entry and each thing on which the two differ."""
    for comparison in context.comparisons:
        for aspect in _ASPECTS:
            differing = [d for d in comparison.devices if aspect.differs(comparison.entry, d)]
            agreeing = [
                d
                for d in comparison.devices
                if aspect.says(d) and not aspect.differs(comparison.entry, d)
            ]
            # A set of devices may hold more than one kind; one that fits answers for the entry.
            if differing and not agreeing:
                yield _question(context, comparison, aspect, differing)


def _question(
    context: RuleContext, comparison: Comparison, aspect: _Aspect, devices: list[Device]
) -> Finding:
    entry, owner = comparison.entry, owner_words(comparison.entry)
    said = listed(same(f"“{text}”") for text in sorted({aspect.says(d) for d in devices})[:3])
    return Finding(
        id=finding_id("D30", entry.entry_id, aspect=aspect.id),
        kind="question",
        rule_id="D30",
        severity=aspect.severity,
        title=TITLE,
        entry_id=entry.entry_id,
        device_ids=tuple(d.id for d in devices),
        observed=Words(
            nl=f"Het apparaat noemt als {aspect.name.nl}: {said.nl}.",
            en=f"The device names as {aspect.name.en}: {said.en}.",
        ),
        declared=Words(
            nl=f"Het register noemt als {aspect.name.nl}: “{aspect.stated(entry)}”.",
            en=f"The register names as {aspect.name.en}: “{aspect.stated(entry)}”.",
        ),
        difference=Words(
            nl="Misschien is het apparaat vervangen, is de inschrijving oud, of is het aan de "
            "verkeerde inschrijving gekoppeld.",
            en="Perhaps the device was replaced, the entry is old, or it is bound to the wrong "
            "entry.",
        ),
        refutation=Words(
            nl="Uitleg dat beide namen hetzelfde apparaat bedoelen, of een andere koppeling.",
            en="An explanation that both names mean the same device, or another binding.",
        ),
        action=Words(
            nl=f"Vraag {owner.nl} om ter plaatse te kijken en het register of de koppeling te "
            "verbeteren.",
            en=f"Ask {owner.en} to look on the spot and to correct the register or the binding.",
        ),
        norms=cite(_NORMS, context.register, entry),
        confidence=min(_CONFIDENCE, context.binding_confidence(entry.entry_id)),
    )


def _plain(text: str) -> str:
    return re.sub(r"[\W_]", "", text.casefold())


def _other_model(entry: RegisterEntry, device: Device) -> bool:
    """Return whether neither model's name holds the other, nor the same numbers and letters."""
    stated, says = _plain(entry.device.model), _plain(device.model)
    if min(len(stated), len(says)) < _SHORTEST_MODEL:
        return False
    maker = _plain(entry.device.manufacturer)
    bare = stated.removeprefix(maker), says.removeprefix(maker).removeprefix(_plain(device.vendor))
    return not any(one and (one in two) for one, two in (bare, bare[::-1]))


def _camera(entry: RegisterEntry, device: Device) -> bool:
    """Return whether a device says that it is a camera, and the register that it is none."""
    if entry.device.category == "Camera" or _OPTICAL.search(entry.type):
        return False
    words = " ".join((entry.device.model, entry.name, entry.description))
    texts = " ".join(s.declared_text for s in entry.streams)
    known = entry.device.category in {"Sensor", "Beacon"} or bool(entry.type)
    return known and not _OPTICAL.search(f"{words} {texts}") and bool(_camera_words(device))


def _camera_words(device: Device) -> str:
    return next((text for text in device.services if _CAMERA_SERVICE.search(text)), "")


def _version(text: str) -> tuple[int, ...]:
    """Return the numbers of a version such as "v2.4.1"; empty if it has none with a dot."""
    match = re.search(r"\d+(?:\.\d+)+", text)
    return tuple(map(int, match[0].split("."))) if match else ()


def _other_firmware(entry: RegisterEntry, device: Device) -> bool:
    stated, says = _version(entry.device.firmware), _version(device.firmware)
    shorter = min(len(stated), len(says))
    return shorter > 0 and stated[:shorter] != says[:shorter]


_ASPECTS = (
    _Aspect(
        id="model",
        severity="low",
        differs=_other_model,
        says=lambda device: device.model,
        stated=lambda entry: entry.device.model,
        name=Words(nl="model", en="model"),
    ),
    _Aspect(
        id="camera",
        severity="medium",
        differs=_camera,
        says=_camera_words,
        stated=lambda entry: entry.device.category or entry.type,
        name=Words(nl="soort apparaat", en="kind of device"),
    ),
    _Aspect(
        id="firmware",
        severity="info",
        differs=_other_firmware,
        says=lambda device: device.firmware,
        stated=lambda entry: entry.device.firmware,
        name=Words(nl="firmware", en="firmware"),
    ),
)

RULE = Rule(
    id="D30",
    title=TITLE.en,
    reference="GDPR art. 5(2); APV Amsterdam art. 2.25a",
    looks_at=Words(
        nl="Model, soort (camera of niet) en firmware: wat het apparaat op het netwerk van "
        "zichzelf zegt naast wat het register zegt. Alleen bij een echte tegenspraak.",
        en="Model, kind (camera or not) and firmware: what the device says of itself on the "
        "network beside what the register says. Only where the two contradict each other.",
    ),
    examine=examine,
)
