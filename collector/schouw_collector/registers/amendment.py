"""A draft of how a register could be amended, after an assessment.  A person decides."""

from collections.abc import Iterator
from dataclasses import replace

from schouw_agent.vocabulary import CATEGORIES, PRIVACY_CLASSES
from schouw_collector.records import Assessment, EntryAssessment
from schouw_collector.registers.register import Register
from schouw_collector.registers.register_entry import CategoryMapping, RegisterEntry, Stream

_PSEUDONYMOUS = PRIVACY_CLASSES.index("pseudonymous")
_PERSONAL = PRIVACY_CLASSES.index("personal")


def amended(register: Register, assessment: Assessment) -> Register:
    """Return the entries of which something undeclared was seen, each as it could be declared.

    What was seen is added to the text; the description says that it is a draft, what it rests on
    and what can be chosen, in Dutch as registers are.  The box for personal data becomes "yes"
    for data of a personal class; pseudonymous data leave it as it is, for a person to judge.
    Entries that are as declared are left out.
    """
    by_id = {entry.entry_id: entry for entry in assessment.entries}
    entries = tuple(
        _draft(entry, undeclared, assessment)
        for entry in register.entries
        if (undeclared := _undeclared(by_id.get(entry.entry_id)))
    )
    return replace(register, entries=entries, errors=(), unreadable=())


def _undeclared(assessed: EntryAssessment | None) -> list[str]:
    verdicts = assessed.verdicts if assessed else ()
    found = {verdict.category for verdict in verdicts if verdict.verdict == "undeclared"}
    return sorted(found & CATEGORIES.keys())


def _draft(entry: RegisterEntry, undeclared: list[str], assessment: Assessment) -> RegisterEntry:
    seen = Stream(
        declared_text=", ".join(CATEGORIES[id_].nl for id_ in undeclared),
        categories=tuple(undeclared),
        mapping=CategoryMapping(method="none", confidence=0),
        contains_personal_data=_box(entry, undeclared),
    )
    words = " ".join(_words(undeclared, assessment))
    description = " ".join(filter(None, (words, entry.description)))
    return entry.model_copy(
        update={"streams": (*entry.streams, seen), "description": description[:4000]}
    )


def _box(entry: RegisterEntry, undeclared: list[str]) -> bool | None:
    personal = any(CATEGORIES[id_].rank >= _PERSONAL for id_ in undeclared)
    return True if personal else entry.contains_personal_data


def _words(undeclared: list[str], assessment: Assessment) -> Iterator[str]:
    names = ", ".join(CATEGORIES[id_].nl for id_ in undeclared)
    start, end = (moment.strftime("%d-%m-%Y") for moment in
                  (assessment.period.start, assessment.period.end))  # fmt: skip
    when = f"op {start}" if start == end else f"van {start} tot en met {end}"
    yield f"CONCEPT, hierover is nog niet besloten. Gezien {when} en niet aangemeld: {names}."
    if any(CATEGORIES[id_].rank >= _PSEUDONYMOUS for id_ in undeclared):
        yield "Dit kunnen persoonsgegevens zijn: laat dat eerst beoordelen."
    yield "U kunt dit aanmelden, of de sensor hiermee laten stoppen. Klopt het niet? Meld dat dan."
