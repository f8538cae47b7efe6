"""What the commands of `schouw bind` say in the terminal."""

from collections.abc import Iterator, Sequence

from rich.text import Text

from schouw_collector.binding.bind_list import BindingState, BoundDevice
from schouw_collector.binding.suggestions import Suggestion, Suggestions
from schouw_collector.saying.terminal import table
from schouw_collector.saying.wording import Wording


def suggestion_lines(found: Suggestions, w: Wording) -> Iterator[Text]:
    """Yield each suggestion with its number, score and reasons, then what none was found for."""
    if not found.suggestions:
        yield Text(w("bind.none"))
    for number, row in enumerate(found.suggestions, 1):
        entry = f"{row.entry_name} ({row.entry})" if row.entry_name else row.entry
        line = w(
            "bind.suggestion",
            number=number,
            id=row.id,
            share=w.share(row.score),
            device=row.device,
            entry=entry,
        )
        yield Text(line, style="bold" if row.score >= 0.9 else "")
        for reason in row.reasons:
            sign = "+" if reason.weight > 0 else "−"
            yield Text(f"     {sign}{abs(reason.weight):.2f}  {w.of(reason.text)}")
        yield Text(
            f"     {w('bind.mark', kind=w.name('identifier', row.kind), pattern=row.pattern)}"
        )
    if found.without:
        yield Text(w("bind.without", names=w.several(found.without), n=len(found.without)))
    if found.no_mark:
        yield Text(w("bind.no_mark", names=w.several(found.no_mark)))


def state_lines(state: BindingState, w: Wording) -> Iterator[Text]:
    """Yield the state of the binding, part by part."""
    conflicting = {row.device_id for row in state.conflicts}
    yield from _part(
        w("bind.unbound", n=len(state.unbound)),
        [
            (
                w.name("class", row.privacy_class)
                if row.privacy_class
                else w("bind.sends_nothing"),
                row.device,
                w("bind.looked_up")
                if row.undeclared
                else w("bind.candidates", names=w.several(row.candidates))
                if row.candidates
                else "",
            )
            for row in state.unbound
        ],
    )
    yield from _part(w("bind.conflicts", n=len(state.conflicts)), _rows(state.conflicts, w))
    yield from _part(
        w("bind.identity_conflicts", n=len(state.identity_conflicts)),
        [
            (w.name("identifier", c.kind), c.value, w.name("identifier", c.differ_in))
            for c in state.identity_conflicts
        ],
    )
    bound = [row for row in state.bound if row.device_id not in conflicting]
    yield from _part(w("bind.bound", n=len(bound)), _rows(bound, w))
    yield from _part(
        w("bind.merges", n=len(state.merges)),
        [(w.show(m.at.date()), w.several(m.known_as), m.value) for m in state.merges],
    )
    for key, names in (
        ("bind.out_of_scope", state.out_of_scope),
        ("bind.infrastructure", state.infrastructure),
        ("bind.without_device", state.without_device),
        ("bind.without_binding", state.without_binding),
    ):
        yield from _part(w(key, n=len(names)), [(name,) for name in names])


def _rows(bound: Sequence[BoundDevice], w: Wording) -> list[tuple[str, ...]]:
    return [
        (
            row.device,
            ", ".join(row.entries),
            w.name("identifier", row.kind),
            f"{row.confidence:.2f}",
        )
        for row in bound
    ]


def _part(title: str, rows: Sequence[tuple[str, ...]]) -> Iterator[Text]:
    yield Text(title, style="bold")
    if rows:
        for line in table(rows):
            yield Text("  ") + line


def chosen_lines(rows: Sequence[Suggestion]) -> Iterator[Text]:
    """Yield what was chosen, one line each."""
    return table([(row.id, row.device, row.entry) for row in rows])
