"""Measure how well free text of registers is read: a part of docs/accuracy.md.

The phrases lie in `tests/collector/phrases/`.  `frozen.toml` was written before the reading was
made what it is, and nothing is mended for it; `own.toml` is what it was developed on.
"""

import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from schouw_agent.vocabulary import covered_by
from schouw_collector.free_text.free_text import read_text

PHRASES = Path(__file__).resolve().parent.parent / "tests" / "collector" / "phrases"
FILES = ("frozen", "own")
ABOUT = """## Free text of registers

What a register answers to "Wat meet de sensor?" is read as categories
([registers.md](registers.md#free-text)). `tests/collector/phrases/` holds invented answers with
what they declare. `frozen.toml`: a hundred, committed before this reading was worked on, when 63 of
them were read exactly, and never changed since. `own.toml`: what it was developed on.

Who wrote the frozen texts also chose the words that are known. So they say how the reading does on
texts that it was not mended for, not how it will do on your register. Look at the note beside each
entry.

A text is *exact* when all that it declares was found and nothing else. A category counts as found
when what was found covers it, and as wrong when nothing that the text declares covers it. Where a
reader may hesitate, a category counts for neither.
"""


@dataclass
class Score:
    """How the texts of one file were read."""

    texts: int = 0
    exact: int = 0
    wrong: int = 0
    """Texts of which something is claimed that they do not say."""
    found: int = 0
    missed: int = 0
    false: int = 0
    by_confidence: Counter[float] = field(default_factory=Counter)
    right_by_confidence: Counter[float] = field(default_factory=Counter)


def score(rows: list[Mapping[str, Any]]) -> tuple[Score, list[str]]:
    """Return how well these rows are read, and a line for each that is not exact."""
    total, errors = Score(), []
    for row in rows:
        read, mapping = read_text(row["text"], row.get("type", ""), row.get("personal"))
        truth, got = set(row["categories"]), set(read)
        missed = truth - covered_by(got)
        false = got - covered_by(truth) - set(row.get("perhaps", ()))
        total.texts += 1
        total.exact += not missed and not false
        total.wrong += bool(false)
        total.found += len(truth - missed)
        total.missed += len(missed)
        total.false += len(false)
        total.by_confidence[mapping.confidence] += 1
        total.right_by_confidence[mapping.confidence] += not false and not missed
        if missed or false:
            errors.append(f"{row['text']!r}: missed {sorted(missed)}, wrong {sorted(false)}")
    return total, errors


def rows_of(name: str) -> list[Mapping[str, Any]]:
    """Return the rows of a file of phrases."""
    rows: list[Mapping[str, Any]] = tomllib.loads((PHRASES / f"{name}.toml").read_text("utf-8"))[
        "phrases"
    ]
    return rows


def part() -> str:
    """Return the part of the page about free text."""
    scores = {name: score(rows_of(name))[0] for name in FILES}
    lines = [
        ABOUT,
        "| File | Texts | Exact | Precision | Recall | Something wrong is claimed |",
        "| --- | --- | --- | --- | --- | --- |",
        *(_row(name, each) for name, each in scores.items()),
        "",
        "### How often a reading of this confidence is exact",
        "",
        "The confidence of a text is that of its surest word.",
        "Below 0.8, no more than a question rests on it.",
        "",
        "| Confidence | Texts | Exact |",
        "| --- | --- | --- |",
        *_reliability(scores.values()),
    ]
    return "\n".join(lines)


def _row(name: str, each: Score) -> str:
    precision = each.found / (each.found + each.false)
    recall = each.found / (each.found + each.missed)
    exact = f"{each.exact} = {each.exact / each.texts:.3f}"
    wrong = f"{each.wrong} = {each.wrong / each.texts:.3f}"
    return f"| `{name}` | {each.texts} | {exact} | {precision:.3f} | {recall:.3f} | {wrong} |"


def _reliability(scores: Any) -> Iterator[str]:
    given: Counter[float] = Counter()
    right: Counter[float] = Counter()
    for each in scores:
        given.update(each.by_confidence)
        right.update(each.right_by_confidence)
    for confidence in sorted(given):
        count = given[confidence]
        yield f"| {confidence:.2f} | {count} | {right[confidence] / count:.3f} |"


def main(say: Callable[[str], Any] = print) -> None:
    """Print the part; with `--errors`, each text of `own.toml` that is not read exactly."""
    say("\n".join(score(rows_of("own"))[1]) if "--errors" in sys.argv else part())


if __name__ == "__main__":
    main()
