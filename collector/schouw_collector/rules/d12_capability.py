"""D12: a device can do something more sensitive than the register declares.

That it can is no proof that it does.  What it was seen to send is D03's and D04's.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping

from schouw_agent.vocabulary import PRIVACY_CLASSES, covered_by
from schouw_collector.comparing.comparison import QUESTION, Comparison
from schouw_collector.comparing.findings import (
    declared_words,
    evidence_of,
    finding_id,
    owner_words,
    rank_of,
    severity_of,
)
from schouw_collector.comparing.norms import cite
from schouw_collector.comparing.rule_context import RuleContext
from schouw_collector.declared.capability import (
    SAID_BY_DEVICE,
    ModelCapability,
    capabilities_of,
    model_key,
)
from schouw_collector.plugins import Rule
from schouw_collector.records import SEVERITIES, Finding, Words
from schouw_collector.saying.phrasing import category_names, listed, same

TITLE = Words(nl="Kan meer dan is aangemeld", en="Can do more than is declared")
_ENVIRONMENT = PRIVACY_CLASSES.index("environmental")
Models = Mapping[str, Mapping[int, ModelCapability]]
_NORMS = ("gdpr-25", "gdpr-5-1-c", "apv-amsterdam-2-25a")


def examine(context: RuleContext) -> Iterator[Finding]:
    """Return at most one question for each entry, on all that its devices can do and it omits.

    Only what is about people and of a higher class than anything declared.  Nothing of what the
    register names as a capability, of what was seen, nor of an entry that cannot be read.
    """
    models = _by_key(context.capabilities)
    for comparison in context.comparisons:
        able = _undeclared(comparison, _candidates(comparison, models))
        if able:
            yield _question(context, comparison, able)


def _by_key(known: Iterable[ModelCapability]) -> Models:
    """Return the models, in order, by what their names have in common with those of devices."""
    found: dict[str, dict[int, ModelCapability]] = {}
    for number, model in enumerate(known):
        for name in (model.model, f"{model.vendor} {model.model}"):
            found.setdefault(model_key(name), {})[number] = model
    return found


def _candidates(comparison: Comparison, models: Models) -> list[ModelCapability]:
    """Return the few models, in order, that may be those of an entry or its devices."""
    names = {comparison.entry.device.model, *(d.model for d in comparison.devices)} - {""}
    found: dict[int, ModelCapability] = {}
    for name in names:
        found.update(models.get(model_key(name), {}))
    return [found[number] for number in sorted(found)]


def _undeclared(comparison: Comparison, models: Collection[ModelCapability]) -> Mapping[str, str]:
    entry = comparison.entry
    if comparison.declared_rank < 0:
        return {}
    # Registers that name no capability promise none: the declared data are then the promise.
    stated = covered_by([*comparison.declared, *entry.capabilities]) | comparison.elsewhere
    seen = {c for c, o in comparison.observed.items() if o.confidence >= QUESTION}
    least = max(comparison.declared_rank, _ENVIRONMENT)
    able = capabilities_of(entry, comparison.devices, models)
    return {
        category: source
        for category, source in able.items()
        if rank_of(category) > least and category not in stated and category not in covered_by(seen)
    }


def _question(context: RuleContext, comparison: Comparison, able: Mapping[str, str]) -> Finding:
    entry = comparison.entry
    ordered = sorted(able, key=lambda c: (-rank_of(c), c))
    worst, what, owner = ordered[0], category_names(ordered), owner_words(entry)
    # What is only possible weighs less than what is sent.
    severity = SEVERITIES[max(SEVERITIES.index(severity_of(rank_of(worst))) - 1, 0)]
    sources = listed(_source(source) for source in dict.fromkeys(able[c] for c in ordered))
    rows = [
        (device.id, e)
        for device in comparison.devices
        for e in device.emissions
        if e.self_declared and e.category in able
    ]
    return Finding(
        id=finding_id("D12", entry.entry_id, worst),
        kind="question",
        rule_id="D12",
        severity=severity,
        title=TITLE,
        entry_id=entry.entry_id,
        device_ids=tuple(device.id for device in comparison.devices),
        category=worst,
        observed=Words(
            nl=f"Dit apparaat kan: {what.nl}. Bron: {sources.nl}. Er zijn geen berichten mee "
            "gezien.",
            en=f"This device can do: {what.en}. Source: {sources.en}. No messages with it were "
            "seen.",
        ),
        declared=declared_words(entry),
        difference=Words(
            nl="Het register noemt deze mogelijkheid niet. Of zij aanstaat, is hier niet te zien: "
            "kunnen is nog geen doen.",
            en="The register does not name this ability. Whether it is switched on cannot be seen "
            "here: to be able is not to do.",
        ),
        refutation=Words(
            nl="Bewijs dat deze functie in dit apparaat ontbreekt of blijvend is uitgezet.",
            en="Proof that this device lacks the function, or that it is off for good.",
        ),
        action=Words(
            nl=f"Vraag {owner.nl} of deze functie uitstaat, wie haar kan aanzetten, en of dat "
            "wordt bijgehouden. Zet de mogelijkheid in het register.",
            en=f"Ask {owner.en} whether this function is off, who can switch it on, and whether "
            "that is recorded. Put the ability in the register.",
        ),
        norms=cite(_NORMS, context.register, entry),
        confidence=context.binding_confidence(entry.entry_id),
        evidence=evidence_of(rows),
    )


def _source(source: str) -> Words:
    if source == SAID_BY_DEVICE:
        return Words(nl="het apparaat zelf", en="the device itself")
    return same(source)


RULE = Rule(
    id="D12",
    title=TITLE.en,
    reference="GDPR art. 25; APV Amsterdam art. 2.25a(1)",
    looks_at=Words(
        nl="Wat een apparaat volgens zichzelf of zijn maker kan, als dat gevoeliger is dan "
        "aangemeld, over mensen gaat en niet is gezien. Altijd een vraag.",
        en="What a device can do according to itself or its maker, if that is more sensitive "
        "than declared, about people, and was not seen. Always a question.",
    ),
    examine=examine,
)
