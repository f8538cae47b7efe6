"""The page of results: what came of playing the scenarios, in tables."""

import statistics
import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from schouw_agent.vocabulary import CATEGORIES
from tests.city.stage import CASE, TWIN

ABLATION_SEEDS = 3
STATE = "State: "
VARIANTS = (
    "mirror port",
    "broker only",
    "both",
    "all TLS",
    "1% of the frames lost",
    "10% of the frames lost",
    "30 seconds",
)


@dataclass
class Played:
    """One scenario, one seed."""

    name: str
    seed: int
    differences: Mapping[str, list[str]]
    """By part: case and twin."""
    accused: int
    """Findings of the twin."""
    seconds: float | None
    """From the start of a look to the first evidence of the first expected finding."""
    truth: list[tuple[frozenset[str], frozenset[str]]] = field(default_factory=list)
    """For each device of case and twin: what it sent, and what was seen of it with certainty."""


@dataclass
class Viewed:
    """One scenario, one seed, as seen from somewhere."""

    name: str
    seed: int
    variant: str
    wanted: int
    """Expected findings."""
    found: int
    claims: int
    """Verdicts that claim content, undeclared or declared and observed."""
    dishonest: list[str]
    """Entries of which it is said that declared data do not come though they do, or nothing."""
    accused: list[str]
    """Findings about data of the twin."""

    @property
    def remarks(self) -> list[str]:
        """Return what should not be."""
        absent = (f"{entry}: not said that it could not be told" for entry in self.dishonest)
        return [*absent, *(f"twin: {finding}" for finding in self.accused)]


def matters(category: str) -> bool:
    """Return whether a category tells of more than the device itself."""
    known = CATEGORIES.get(category)
    return known is not None and not known.ancillary and known.privacy_class != "unknown"


def page(played: Sequence[Played], viewed: Sequence[Viewed], seeds: int, state: str) -> str:
    """Return the page."""
    by_name: dict[str, list[Played]] = defaultdict(list)
    for each in played:
        by_name[each.name].append(each)
    lines = [
        "# Results",
        "",
        *_paragraph(
            "Every way in which a city's sensors drifted, of the systems that the "
            "[paper](paper.md) names, re-enacted with invented organisations, and its honest "
            "twin. What Schouw ought to say was written down before anything was recorded "
            "(`tests/scenarios/*/expected.json`). Written by `make results`."
        ),
        "",
        f"{STATE}`{state}`",
        "",
        *_paragraph(
            f"{len(by_name)} scenarios, {seeds} seeds each: field names, languages, units, "
            "shapes of messages, intervals and people are others every time."
        ),
        "",
        "## Cases and twins",
        "",
        *_paragraph(
            "*As expected* means exactly: every verdict, finding and question that was "
            "written down, and no other; where somebody looked several times, every change "
            "since the first time as well. *Seconds* are those of the look until the first "
            "evidence of a finding (median)."
        ),
        "",
        "| Scenario | Case as expected | Twin as expected | Findings on twins | Seconds |",
        "|---|---|---|---|---|",
    ]
    for name, rows in sorted(by_name.items()):
        times = [row.seconds for row in rows if row.seconds is not None]
        first = f"{statistics.median(times):.0f}" if times else "–"
        lines.append(
            f"| [{name}](../tests/scenarios/{name}/README.md) | {_share(rows, CASE)} | "
            f"{_share(rows, TWIN)} | {sum(row.accused for row in rows)} | {first} |"
        )
    lines += ["", "## What was named", "", *_confusion(played), ""]
    lines += ["## What can be seen from where", "", *_ablation(viewed)]
    return "\n".join(lines) + "\n"


def _paragraph(text: str) -> list[str]:
    return textwrap.wrap(text, 108)


def _share(rows: Sequence[Played], part: str) -> str:
    return f"{sum(not row.differences[part] for row in rows)} of {len(rows)}"


def _confusion(played: Iterable[Played]) -> list[str]:
    right: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    extra: Counter[str] = Counter()
    for sent, seen in (alike(*row) for each in played for row in each.truth):
        right.update(sent & seen)
        missed.update(sent - seen)
        extra.update(seen - sent)
    lines = [
        *_paragraph(
            "Over all devices of all seeds that could be read: how often a kind of data that "
            "a device sent was named with a confidence of 0.8 or more, how often it was not, "
            "and how often it was named though the device did not send it. Two kinds that "
            "cover each other, as a count of people and a pedestrian flow do, are one here."
        ),
        "",
        "| Kind of data | Named | Not named | Named wrongly |",
        "|---|---|---|---|",
    ]
    for category in sorted(right.keys() | missed.keys() | extra.keys()):
        counts = f"{right[category]} | {missed[category]} | {extra[category]}"
        lines.append(f"| {CATEGORIES[category].en} | {counts} |")
    return lines


def alike(sent: frozenset[str], seen: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return what was sent and seen, with the name that was sent for what is as good."""
    other = {
        finer: category
        for category in sent
        for finer in CATEGORIES[category].implies
        if category in CATEGORIES[finer].implies
    }
    return sent, frozenset(c if c in sent else other.get(c, c) for c in seen)


def _ablation(viewed: Iterable[Viewed]) -> list[str]:
    by_variant: dict[str, list[Viewed]] = defaultdict(list)
    for each in viewed:
        by_variant[each.variant].append(each)
    lines = [
        *_paragraph(
            f"{ABLATION_SEEDS} seeds of each. *Findings*: of those expected at a mirror port. "
            "*Claims*: verdicts that say what was in the data. *Honest*: of nothing that is "
            "sent as declared it is said that it does not come, and each entry of which nothing "
            "could be told has a verdict that says so. *On twins*: findings about data on honest "
            "twins. Who subscribes is known as the municipality's own; without TLS that one hears "
            "whatever the broker lets everybody hear."
        ),
        "",
        "| Seen from | Findings | Claims | Honest | On twins |",
        "|---|---|---|---|---|",
    ]
    for variant in VARIANTS:
        rows = by_variant.get(variant, [])
        wanted, found = sum(r.wanted for r in rows), sum(r.found for r in rows)
        honest = sum(not r.dishonest for r in rows)
        lines.append(
            f"| {variant} | {found} of {wanted} | {sum(r.claims for r in rows)} | "
            f"{honest} of {len(rows)} | {sum(len(r.accused) for r in rows)} |"
        )
    return lines
