"""D17: commands to lamps, signs or scents follow messages about people in time, and none says so.

It follows in time: why, is not seen on the network, and is never claimed here.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from schouw_agent.report import Device, Following
from schouw_agent.vocabulary import CATEGORIES, covered_by
from schouw_collector.comparing.comparison import Comparison, observe
from schouw_collector.comparing.findings import (
    PSEUDONYMOUS,
    device_subject,
    evidence_of,
    finding_id,
    kind_of,
    owner_words,
    rank_of,
)
from schouw_collector.comparing.norms import cite
from schouw_collector.comparing.rule_context import RuleContext
from schouw_collector.plugins import Rule
from schouw_collector.records import Finding, Severity, Words
from schouw_collector.registers.register_entry import Actuation, RegisterEntry
from schouw_collector.saying.phrasing import category_name, duration, figure

TITLE = Words(
    nl="Opdrachten volgen in de tijd op gegevens over mensen",
    en="Commands follow data about people in time",
)
FEWEST_COMMANDS = 20
LEAST_RATIO = 2.0
"""How many times more often than by chance."""
LEAST_SHARE = 0.5
"""Of the commands, that came soon after such a message."""
REGULAR = 0.8
"""Share of the intervals between messages in two classes of the histogram, of a clock."""
CHANCE = 1e-6
"""Bound on the chance that as many would, if the commands came at any other moment."""
_PEOPLE = 2
_CAUSED_BY_PEOPLE = frozenset({"sound_event_class"})
"""Of the surroundings by their class: shouting, breaking glass."""
_TRAFFIC = frozenset(
    {"vehicle_count", "traffic_speed", "bicycle_count", "travel_time_aggregate", "vehicle_passage"}
)
"""Signs and signals that follow traffic do what everybody sees that they are for."""
_RESPONSIVE = re.compile(
    r"aanwezigheid|beweging|nader|sensor|gedrag|agress|reage|reactie|presence|motion|behaviou?r"
    r"|detect|adapti|dynami|interacti|respon[ds]|react",
    re.IGNORECASE,
)
"""Words that by themselves say that it reacts."""
_PEOPLE_OR_SOUND = re.compile(
    r"druk|bezoek|voetgang|passant|fietser|mensen|personen|iemand|publiek|aanwezig|geluid|people"
    r"|person|somebody|anybody|pedestrian|cyclist|crowd|busy|visitor|noise|present",
    re.IGNORECASE,
)
_DEPENDS = re.compile(
    r"\b(?:volg(?:t|en)?|pas(?:t|sen)?|aangepast|aanpass\w*|afhankelijk|naar gelang|bepaal\w*|als"
    r"|zodra|wanneer|bij|door|feller|helderder|langer|follow\w*|adjust\w*|adapts?|depend\w*|if|when"
    r"|as soon as|whenever|according to|driven by|triggered|brighter|longer)\b",
    re.IGNORECASE,
)
"""Beside people or sound, these say that it depends on them; "for people" alone does not."""
_SCHEDULED = re.compile(
    r"vaste? (?:tijd|schema)|volgens (?:een )?(?:vast )?(?:schema|rooster|kalender)|zonsondergang"
    r"|zonsopkomst|astronomisch|tijdklok|schakelklok|timer|fixed (?:time|schedule)|sunset|sunrise"
    r"|by (?:the )?clock|calendar",
    re.IGNORECASE,
)
_NORMS = ("gdpr-5-1-b", "gdpr-22", "gdpr-35", "ai-act-5-1-a")


def examine(context: RuleContext) -> Iterator[Finding]:
    """Return at most one finding or question for each commanded device, command and kind of input.

    A finding only if the entry says that the commands come by a fixed schedule, and the messages
    do not: two clocks agree without knowing of each other.  Nothing of fewer than twenty commands,
    of what may be chance, of traffic, nor of an entry that says that it reacts to people or senses
    them itself.
    """
    entries = {
        device.id: comparison for comparison in context.comparisons for device in comparison.devices
    }
    best: dict[str, Finding] = {}
    for reported in context.followings:
        device = context.devices.get(reported.device_id)
        following = _each_once(reported, device) if device else None
        if device is None or following is None or not _is_telling(following):
            continue
        comparison = entries.get(following.device_id)
        if comparison and _is_declared(comparison.entry, following):
            continue
        finding = _finding(context, comparison, device, following)
        known = best.setdefault(finding.id, finding)
        if finding.confidence > known.confidence:
            best[finding.id] = finding
    yield from best.values()


def _each_once(following: Following, device: Device) -> Following | None:
    """Return the counts without what was counted for several paths; None for no commands at all.

    A message with a category at three places, or for three recipients, is one event and no more.
    A lamp that also tells its state is commanded only by what it receives.
    """
    seen = observe([device]).get(following.category)
    if seen is None or not following.commands:
        return None
    received = tuple(row for row in seen.emissions if row[1].direction == "received")
    told = replace(seen, emissions=received) if received else seen
    share = min(told.messages / following.commands, 1.0)
    return following.model_copy(
        update={
            "commands": round(following.commands * share),
            "followed": int(following.followed * share),
            "expected": following.expected * share,
        }
    )


def _is_telling(f: Following) -> bool:
    people = rank_of(f.input_category) >= _PEOPLE or f.input_category in _CAUSED_BY_PEOPLE
    enough = f.commands >= FEWEST_COMMANDS and f.followed >= f.commands * LEAST_SHARE
    ratio = f.followed >= LEAST_RATIO * max(f.expected, 0.5)
    return (
        people
        and f.input_category not in _TRAFFIC
        and enough
        and ratio
        and chance(f.followed, f.commands, f.expected) <= CHANCE
    )


def chance(followed: int, commands: int, expected: float) -> float:
    """Return an upper bound on the chance of so many, each with the chance expected / commands.

    Chernoff's bound on the tail of the binomial distribution: exp(-n · KL(k/n ‖ p)).
    """
    share, p = min(followed / commands, 1.0), min(max(expected, 0.5) / commands, 1.0)
    if share <= p:
        return 1.0
    divergence = share * math.log(share / p)
    if share < 1:
        divergence += (1 - share) * math.log((1 - share) / (1 - p))
    return math.exp(-commands * divergence)


def _is_irregular(context: RuleContext, following: Following) -> bool:
    """Return whether the messages about people come at no fixed times, as far as is known.

    What came once by some topic has no intervals, and takes nothing away from what another shows.
    """
    source = context.devices.get(following.input_device_id)
    emissions = source.emissions if source else ()
    told = (e.intervals for e in emissions if e.category == following.input_category)
    rows = [intervals for intervals in told if any(intervals)]
    return bool(rows) and not any(_is_regular(intervals) for intervals in rows)


def _is_regular(intervals: Sequence[int]) -> bool:
    """Return whether most intervals are within a factor of four of each other."""
    total = sum(intervals)
    together = (a + b for a, b in pairwise((0, *intervals)))
    return max(together) >= REGULAR * total


def _rows_of(entry: RegisterEntry, following: Following) -> list[Actuation]:
    return [a for a in entry.actuation if following.category in covered_by([a.category])]


def _words_of(entry: RegisterEntry, following: Following) -> str:
    """Return what the entry says of this actuation, else of its purposes."""
    own = " ".join(a.purpose for a in _rows_of(entry, following))
    return own or " ".join(
        [*(p.text for p in entry.purposes), *(s.declared_text for s in entry.streams)]
    )


def _is_declared(entry: RegisterEntry, following: Following) -> bool:
    if any(a.influences_behaviour for a in _rows_of(entry, following)):
        return True
    senses = following.input_category in covered_by(entry.declared_categories)
    return senses or _says_that_it_reacts(_words_of(entry, following))


def _says_that_it_reacts(text: str) -> bool:
    """Return whether a sentence says so; that people are mentioned says it not."""
    return any(
        _RESPONSIVE.search(sentence)
        or (_PEOPLE_OR_SOUND.search(sentence) and _DEPENDS.search(sentence))
        for sentence in re.split(r"[.;\n]", text)
    )


def _finding(
    context: RuleContext, comparison: Comparison | None, device: Device, f: Following
) -> Finding:
    entry = comparison.entry if comparison else None
    irregular = _is_irregular(context, f)
    scheduled = bool(entry and irregular and _SCHEDULED.search(_words_of(entry, f)))
    severity: Severity = "medium" if rank_of(f.input_category) >= PSEUDONYMOUS else "low"
    # A bound on chance is no bound on a common cause: never surer than this.
    confidence = min(0.85, context.binding_confidence(entry.entry_id) if entry else 0.85)
    input_, command = category_name(f.input_category), category_name(f.category)
    within, owner = duration(f.within_seconds), owner_words(entry)
    expected = figure(round(f.expected, 1))
    rows = [
        (device.id, e)
        for device in (context.devices.get(f.input_device_id), device)
        if device
        for e in device.emissions
        if e.category in {f.input_category, f.category}
    ]
    subject = entry.entry_id if entry else device_subject(device)
    return Finding(
        id=finding_id("D17", subject, f.category, aspect=f.input_category),
        kind=kind_of(confidence) if entry and scheduled else "question",
        rule_id="D17",
        severity=severity if irregular else "info",
        title=TITLE,
        entry_id=entry.entry_id if entry else "",
        device_ids=tuple(dict.fromkeys((f.input_device_id, f.device_id))),
        category=f.category if f.category in CATEGORIES else "",
        observed=Words(
            nl=f"{command.nl}: van {f.commands} opdrachten kwamen er {f.followed} binnen "
            f"{within.nl} na een bericht met {input_.nl}. Op willekeurige momenten zouden dat er "
            f"ongeveer {expected.nl} zijn.",
            en=f"{command.en}: of {f.commands} commands {f.followed} came within {within.en} after "
            f"a message with {input_.en}. At random moments that would be about {expected.en}.",
        ),
        declared=_declared(entry, f),
        difference=_difference(irregular),
        refutation=Words(
            nl="Bewijs dat de opdrachten een eigen oorzaak hebben, zoals een klok, de schemering "
            "of iemand die ze geeft, die toevallig met de drukte samenvalt.",
            en="Proof that the commands have a cause of their own, such as a clock, dusk or "
            "somebody who gives them, which happens to coincide with the crowd.",
        ),
        action=Words(
            nl=f"Vraag {owner.nl} waardoor deze opdrachten worden gegeven, met welk doel, en of "
            "mensen dat kunnen weten.",
            en=f"Ask {owner.en} what gives rise to these commands, for what purpose, and whether "
            "people can know of it.",
        ),
        norms=cite(_NORMS, context.register, entry),
        confidence=confidence,
        evidence=evidence_of(rows),
    )


def _difference(irregular: bool) -> Words:
    if irregular:
        return Words(
            nl="De opdrachten volgen in de tijd op gegevens over mensen. Waarom, is hier niet te "
            "zien. Misschien reageert het systeem op mensen, en dan hoort dat in het register.",
            en="The commands follow data about people in time. Why, cannot be seen here. Perhaps "
            "the system reacts to people, and then that belongs in the register.",
        )
    return Words(
        nl="De opdrachten volgen in de tijd op gegevens over mensen. Die gegevens komen op vaste "
        "tijden, of hoe vaak is niet bekend: misschien lopen twee klokken gelijk.",
        en="The commands follow data about people in time. Those data come at fixed times, or how "
        "often is not known: perhaps two clocks agree.",
    )


def _declared(entry: RegisterEntry | None, following: Following) -> Words:
    if entry is None:
        return Words(
            nl="Dit apparaat hoort niet bij een inschrijving in het register.",
            en="This device belongs to no entry of the register.",
        )
    said = " ".join(a.purpose for a in _rows_of(entry, following) if a.purpose)
    if said:
        return Words(
            nl=f"Het register zegt over deze opdrachten: “{said.rstrip('.')}”.",
            en=f"The register says of these commands: “{said.rstrip('.')}”.",
        )
    return Words(
        nl="Het register zegt niet dat deze opdrachten op mensen reageren.",
        en="The register does not say that these commands react to people.",
    )


RULE = Rule(
    id="D17",
    title=TITLE.en,
    reference="GDPR art. 5(1)(b), 22 and 35; AI Act art. 5(1)(a)",
    looks_at=Words(
        nl="Opdrachten aan lampen, borden of geur die veel vaker dan bij toeval kort na "
        "berichten over mensen komen, zonder dat het register dat zegt. Waarom zij komen, zegt "
        "deze regel nooit.",
        en="Commands to lamps, signs or scent that come soon after messages about people, far "
        "more often than by chance, while the register does not say so. Why they come, this "
        "rule never says.",
    ),
    examine=examine,
)
