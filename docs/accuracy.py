"""Measure how well payloads are recognised, and write docs/accuracy.md.

`make accuracy` runs it.  The own cases lie in `tests/accuracy/`.  Published corpora, when there are
some in a folder `shared` beside the clone, are scored into a part of their own; without them that
part of the page stays as it is.
"""

import importlib.util
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import accuracy_words
import orjson

from schouw_agent.pipeline import classifier
from schouw_agent.recognition.classification import Classifier, classify_line
from schouw_agent.vocabulary import CATEGORIES

DOCS = Path(__file__).resolve().parent
PAGE = DOCS / "accuracy.md"
CASES = DOCS.parent / "tests" / "accuracy"
CORPORA = DOCS.parent.parent / "shared" / "corpora"
"""Published corpora, if there are some beside the clone."""
DRAWS = 2
"""How often each case is drawn anew."""
QUESTION = 0.5
_ACCUSING = frozenset(("pseudonymous", "personal", "special_category"))
# They say that something was not understood, which is never wrong to say.
_OPEN = frozenset(("numeric_unclassified", "text_unclassified", "opaque_payload"))
_BINS = ((0.5, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 1.01))


_UNNAMED = frozenset(("lines of trackers", "octets of a vendor"))
"""Kinds of published cases that have no names: what is known of them is their shape."""
_ARGUABLE = """\
Of what is missed, some cannot be found. `incubated-20f4305f83`, `-630c853351` and `-e0ca67fd6e`
are about a model of the weather, whose dew point is the name of a method.
`incubated-ba1bb04d07`, `-a15f812c3a`, `-093cba166a` and `-5c41375a82` stand in the folder of a
water meter and are of an electricity meter. Of the products, `bosch/tps110` (location),
`elsys/ers-voc` (VOC), `mclimate/flood-sensor` (temperature), `nwave/ncc405fm` (temperature,
presence), `sensecap-co2` (CO2), `sensecap-light` (light) and `tektelic/t00078xx` (CO2, humidity,
pressure, light) declare what is in none of their published messages; `netvox/r312a`,
`netvox/r718da2`, `browan/tbms100` and `dragino/lgt92` have it under `Alarm`, `status1`, `status`
and `MD`, which say nothing of it. `ellenex/pts2-l` measures the pressure in a pipe, for which
there is no category."""
_LOWER_BOUND = """\
Publishers say what a message has, and seldom all of it: what their labels do not bear out may be
right all the same. So these shares are the least that is right. Categories of the device itself
are left out."""


@dataclass
class Score:
    """What was found of what was to be found."""

    cases: int = 0
    complete: int = 0
    """Cases of which all that is in them is known, so that a false alarm is one."""
    found: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    right_by_bin: Counter[int] = field(default_factory=Counter)
    all_by_bin: Counter[int] = field(default_factory=Counter)

    @property
    def recall(self) -> float:
        """Return the share of what was to be found that was."""
        total = self.found.total() + self.missed.total()
        return self.found.total() / total if total else 0.0

    @property
    def accusations(self) -> int:
        """Return the false alarms of a category about people."""
        return sum(n for c, n in self.false.items() if CATEGORIES[c].privacy_class in _ACCUSING)


def own_cases() -> Iterator[dict[str, Any]]:
    """Yield the own cases, each drawn anew a few times, always the same way."""
    spec = importlib.util.spec_from_file_location("accuracy_draw", CASES / "draw.py")
    if spec is None or spec.loader is None:
        raise SystemExit("tests/accuracy/draw.py is missing")
    drawing = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(drawing)
    for path in sorted(CASES.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            case = json.loads(line)
            for number in range(DRAWS):
                seed = random.Random(f"{case['id']}/{number}")  # noqa: S311 - values to test with
                yield {**case, "file": path.stem, "payload": drawing.draw(case["payload"], seed)}


def score_own(judge: Classifier) -> tuple[dict[str, Score], Score, list[str]]:
    """Return the scores of the own cases by file and of all, and a line for each error."""
    files: dict[str, Score] = defaultdict(Score)
    everything, errors = Score(), []
    for case in own_cases():
        best: dict[str, float] = {}
        for match in _answer(judge, orjson.dumps(case["payload"]).decode(), case.get("topic")):
            best[match["category"]] = max(best.get(match["category"], 0), match["confidence"])
        truth, allowed = set(case["truth"]), set(case["truth"]) | set(case.get("perhaps", ()))
        got = {c for c, confidence in best.items() if confidence >= QUESTION} - _OPEN
        errors += [f"{case['id']} missed {c}" for c in sorted(truth - got)]
        errors += [f"{case['id']} false {c}" for c in sorted(got - allowed)]
        for score in (files[case["file"]], everything):
            score.cases += 1
            score.complete += 1
            score.found.update(truth & got)
            score.missed.update(truth - got)
            score.false.update(got - allowed)
            for category in got & (truth | (got - allowed)):
                at = _bin(best[category])
                score.all_by_bin[at] += 1
                score.right_by_bin[at] += category in truth
    return dict(files), everything, errors


def score_corpora(judge: Classifier, folder: Path) -> dict[str, Score]:
    """Return the scores of published, labelled payloads by the kind of their labels."""
    mapping = json.loads((folder / "taxonomy_to_label.json").read_text("utf-8"))
    labels = {category: set(row.split("|")) for category, row in mapping.items()}
    known = set().union(*labels.values())
    scores: dict[str, Score] = defaultdict(Score)
    products: dict[tuple[str, str], tuple[set[str], dict[str, float]]] = {}
    for line in (folder / "payload_cases_dev.jsonl").read_text("utf-8").splitlines():
        case = json.loads(line)
        if case.get("generic_board"):
            continue
        matches = _answer(judge, case["payload"], case.get("topic"), case["encoding"])
        got = _surest(matches)
        truth, kind = set(case["truth"]) & known, _kind(case)
        if case["scope"] == "device":
            kept = products.setdefault((f"{kind}, by product", case["group"]), (set(), {}))
            kept[0].update(truth)
            kept[1].update({c: max(sure, kept[1].get(c, 0)) for c, sure in got.items()})
            scores[f"{kind}, by product"].cases += 1
            continue
        scores[kind].cases += 1
        _count(scores[kind], truth, got, labels)
        if case["complete"]:
            scores[kind].complete += 1
            for category in got.keys() & labels.keys():
                scores[kind].false[category] += not labels[category] & truth
    for (kind, _), (truth, got) in products.items():
        _count(scores[kind], truth, got, labels)
    return dict(scores)


def _kind(case: dict[str, Any]) -> str:
    if case["encoding"] == "base64":
        return "octets of a vendor"
    return "lines of trackers" if case["source"].startswith("traccar/") else str(case["kind"])


def _surest(matches: Iterable[dict[str, Any]]) -> dict[str, float]:
    """Return the highest confidence of each category that a question may rest on."""
    found: dict[str, float] = {}
    for match in matches:
        if match["confidence"] >= QUESTION:
            category = match["category"]
            found[category] = max(match["confidence"], found.get(category, 0))
    return found


def _count(
    score: Score, truth: set[str], got: dict[str, float], labels: dict[str, set[str]]
) -> None:
    for label in truth:
        named = any(label in labels.get(category, ()) for category in got)
        (score.found if named else score.missed)[label] += 1
    for category, confidence in got.items():
        # That a device has a name and a battery, publishers do not always say.
        if category in labels and not CATEGORIES[category].ancillary:
            score.all_by_bin[_bin(confidence)] += 1
            score.right_by_bin[_bin(confidence)] += bool(labels[category] & truth)


def _answer(
    judge: Classifier, payload: str, topic: str | None, encoding: str = "json"
) -> list[dict[str, Any]]:
    asked = {"id": 0, "payload": payload, "encoding": encoding, "topic": topic}
    matches: list[dict[str, Any]] = classify_line(judge, orjson.dumps(asked))["matches"]
    return matches


def _bin(confidence: float) -> int:
    return next(i for i, (low, high) in enumerate(_BINS) if low <= confidence < high)


def own_part(judge: Classifier) -> str:
    """Return the generated part of the page about the own cases."""
    files, everything, _ = score_own(judge)
    rows = [
        (f"`{name}`", *_figures(score)) for name, score in (*files.items(), ("all", everything))
    ]
    parts = [
        _table(("File", "Messages", "Recall", "False alarms a message", "Wrong accusations"), rows),
        "### How often a confidence is right",
        _table(("Confidence", "Given", "Right", ""), _reliability(everything)),
        "### By category",
        _table(("Category", "To be found", "Found", "False alarms"), _by_category(everything)),
    ]
    return "\n\n".join(parts)


def corpora_part(judge: Classifier, folder: Path) -> str:
    """Return the generated part of the page about published corpora."""
    scores = score_corpora(judge, folder)
    rows = [(kind, *_figures(score)) for kind, score in sorted(scores.items())]
    head = ("Labels are", "Messages", "Recall", "False alarms a message", "Wrong accusations")
    labelled = Score()
    for kind, score in scores.items():
        if kind not in _UNNAMED:
            labelled.all_by_bin.update(score.all_by_bin)
            labelled.right_by_bin.update(score.right_by_bin)
    parts = [
        "## Published corpora",
        _table(head, rows),
        _ARGUABLE,
        "### How often published labels bear a confidence out",
        _LOWER_BOUND,
        _table(("Confidence", "Given", "Borne out", ""), _reliability(labelled)),
    ]
    return "\n\n".join(parts)


def _figures(score: Score) -> tuple[str, ...]:
    total = score.found.total() + score.missed.total()
    recall = (
        f"{score.found.total()} of {total} = {score.recall:.3f}" if total else "nothing to find"
    )
    if not score.complete:
        return str(score.cases), recall, "not known", "not known"
    alarms = f"{score.false.total() / score.complete:.3f}"
    return str(score.cases), recall, alarms, str(score.accusations)


def _reliability(score: Score) -> Iterator[tuple[str, ...]]:
    for i, (low, high) in enumerate(_BINS):
        given, right = score.all_by_bin[i], score.right_by_bin[i]
        share = right / given if given else 0.0
        bar = "█" * round(20 * share)
        yield f"{low:.2f} to {min(high, 1):.2f}", str(given), f"{share:.3f}" if given else "", bar


def _by_category(score: Score) -> Iterator[tuple[str, ...]]:
    for category in CATEGORIES:
        found, missed, false = (c[category] for c in (score.found, score.missed, score.false))
        if found or missed or false:
            yield f"`{category}`", str(found + missed), str(found), str(false or "")


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def parts(page: str) -> dict[str, str]:
    """Return the generated parts of the page, by name."""
    found = {}
    for piece in page.split("<!-- measured: ")[1:]:
        name, _, rest = piece.partition(" -->\n")
        found[name] = rest.partition("\n<!-- end -->")[0]
    return found


def with_part(page: str, name: str, text: str) -> str:
    """Return the page with one generated part written anew."""
    start = f"<!-- measured: {name} -->\n"
    before, _, rest = page.partition(start)
    _, _, after = rest.partition("\n<!-- end -->")
    if start not in page:
        before, after = f"{page.rstrip()}\n\n", "\n"
    return f"{before}{start}{text}\n<!-- end -->{after}"


def main(say: Callable[[str], Any] = print) -> None:
    """Write the page anew; with `--errors`, print each miss and false alarm of the own cases."""
    judge = classifier()
    if "--errors" in sys.argv:
        say("\n".join(score_own(judge)[2]))
        return
    page = with_part(PAGE.read_text("utf-8"), "own cases", own_part(judge))
    page = with_part(page, "free text", accuracy_words.part())
    if CORPORA.is_dir():
        page = with_part(page, "published corpora", corpora_part(judge, CORPORA))
    else:
        say(f"no {CORPORA}: the part about published corpora stays as it is")
    PAGE.write_text(page, "utf-8")


if __name__ == "__main__":
    main()
