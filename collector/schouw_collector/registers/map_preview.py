"""The first rows of a register as they are read, for a person to see whether that is right."""

from collections.abc import Iterator

from rich.text import Text

from schouw_collector.registers.register import Register
from schouw_collector.registers.register_entry import RegisterEntry
from schouw_collector.saying.terminal import table
from schouw_collector.saying.wording import Wording

_ROWS = 5
_WIDTH = 36


def preview(register: Register, w: Wording) -> Iterator[Text]:
    """Yield the first five entries as a table, how many there are, and the first five errors."""
    names = ("id", "type", "text", "categories", "personal", "place", "until")
    head = tuple(w(f"register.{name}") for name in names)
    yield from table([head, *(_row(entry, w) for entry in register.entries[:_ROWS])])
    yield Text(w("register.read", n=len(register.entries), errors=len(register.errors)))
    for error in register.errors[:_ROWS]:
        yield Text(w("register.left_out", text=error))


def _row(entry: RegisterEntry, w: Wording) -> tuple[str, ...]:
    text = "; ".join(stream.declared_text for stream in entry.streams if stream.declared_text)
    flag = {True: "yes.true", False: "yes.false", None: "yes.none"}[entry.contains_personal_data]
    where = entry.location
    place = f"{where.latitude:.5f}, {where.longitude:.5f}" if _has_position(entry) else where.text
    cells = (
        entry.entry_id,
        entry.type,
        text,
        ", ".join(map(w.category, entry.declared_categories)),
        w(flag),
        place,
        entry.active_until.isoformat() if entry.active_until else "",
    )
    return tuple(_cut(cell) for cell in cells)


def _has_position(entry: RegisterEntry) -> bool:
    return entry.location.latitude is not None and entry.location.longitude is not None


def _cut(text: str) -> str:
    return text if len(text) <= _WIDTH else f"{text[: _WIDTH - 1]}…"
