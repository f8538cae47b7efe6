"""The questions behind a governance file, asked one by one, so that nobody has to write YAML.

An earlier file gives the answers that are proposed.  An empty answer keeps what is proposed; a dash
says that there is none, which is another thing than not saying.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from schouw_collector.apk.apk_item import said
from schouw_collector.apk.apk_questions import FIRST, GROUPS, LAST, Group, Kind, Question
from schouw_collector.declared.governance import SCHEMA
from schouw_collector.records import Words

NONE = "-"
_YES = frozenset(("j", "ja", "y", "yes"))
_NO = frozenset(("n", "nee", "no"))

Ask = Callable[[Words, str, Words | None], str]
"""Given a question, what is proposed, and what was wrong with the answer before, if anything."""


def interview(ask: Ask, earlier: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Return the answers as a governance document; what nobody asks for stays as it was."""
    document: dict[str, Any] = {**earlier, "schema": SCHEMA}
    _ask_all(ask, FIRST, document)
    for group in GROUPS:
        _ask_group(ask, group, document)
    _ask_all(ask, LAST, document)
    document["signed_at"] = today.isoformat()
    return document


def _ask_group(ask: Ask, group: Group, document: dict[str, Any]) -> None:
    """Go through what is there, and then through what comes on top."""
    rows = [dict(row) for row in document.get(group.field) or ()]
    for row in rows:
        _ask_all(ask, group.questions, row)
    if not rows and group.field in document:
        document[group.field] = []
    problem: Words | None = None
    while True:
        answer = ask(group.words, "n", problem).strip().casefold()
        if answer not in _YES | _NO | {"", NONE}:
            problem = said("Antwoord met ja of nee.", "Answer with yes or no.")
            continue
        problem = None
        if answer not in _YES:
            break
        added: dict[str, Any] = {}
        _ask_all(ask, group.questions, added)
        rows.append(added)
    if rows or answer == NONE:
        document[group.field] = rows


def _ask_all(ask: Ask, questions: Sequence[Question], document: dict[str, Any]) -> None:
    skipped = ""
    for question in questions:
        if skipped and question.field.startswith(skipped):
            continue
        value = _ask_one(ask, question, _get(document, question.field))
        if value is not None:
            _set(document, question.field, value)
        # Of what is not there nobody is asked where it stands.
        refused = question.kind == "yes_no" and value is not True
        absent = question.field.endswith(".name") and value == ""
        skipped = question.field.rpartition(".")[0] + "." if refused or absent else skipped


def _ask_one(ask: Ask, question: Question, known: Any) -> Any:
    """Return the answer as it stands in the file; None to say nothing."""
    problem: Words | None = None
    while True:
        text = ask(question.words, _shown(known, question.kind), problem).strip()
        if question.required and text in {"", NONE} and not known:
            problem = said("Dit moet erin staan.", "This has to be there.")
            continue
        if not text or (question.required and text == NONE):
            return known
        if text == NONE:
            return {"list": [], "yes_no": False}.get(
                question.kind, "" if _textual(question) else None
            )
        value, problem = _parsed(question, text)
        if problem is None:
            return value


def _textual(question: Question) -> bool:
    return question.kind in {"text", "url"}


def _parsed(question: Question, text: str) -> tuple[Any, Words | None]:
    match question.kind:
        case "url" if not text.lower().startswith(("https://", "http://")):
            return None, said(
                "Dat is geen webadres (https://…).", "That is no web address (https://…)."
            )
        case "date":
            try:
                return date.fromisoformat(text).isoformat(), None
            except ValueError:
                return None, said(
                    "Schrijf een datum als 2026-11-25.", "Write a date as 2026-11-25."
                )
        case "yes_no":
            if text.casefold() in _YES | _NO:
                return text.casefold() in _YES, None
            return None, said("Antwoord met ja of nee.", "Answer with yes or no.")
        case "list":
            return [part.strip() for part in text.split(",") if part.strip()], None
        case "choice" if text not in question.choices:
            listed = ", ".join(question.choices)
            return None, said(f"Kies uit: {listed}.", f"Choose from: {listed}.")
        case _:
            return text, None


def _shown(value: Any, kind: Kind) -> str:
    if kind == "yes_no":
        return {True: "ja", False: "nee"}.get(value, "")
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def _get(document: Mapping[str, Any], path: str) -> Any:
    value: Any = document
    for key in path.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _set(document: dict[str, Any], path: str, value: Any) -> None:
    *parents, last = path.split(".")
    for key in parents:
        below = document.get(key)
        document[key] = dict(below) if isinstance(below, Mapping) else {}
        document = document[key]
    document[last] = value
