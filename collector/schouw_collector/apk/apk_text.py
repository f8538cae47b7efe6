"""The yearly inspection in the terminal: a line for each item, and what to ask."""

from collections.abc import Iterator, Sequence

from rich.text import Text

from schouw_collector.apk.apk_record import Apk, ItemAnswer, trend
from schouw_collector.apk.autonomy import Autonomy
from schouw_collector.saying.wording import Wording

_STYLES = {"contradicted": "bold red", "not_shown": "bold"}


def apk_lines(found: Apk, earlier: Sequence[Apk], w: Wording) -> Iterator[Text]:
    """Yield the outcome: on what it rests, the items, the applications, the figures, the years."""
    yield Text(w("apk.title", municipality=found.municipality or w("apk.no_name"), day=found.day))
    yield Text(
        w(
            "apk.rests_on",
            period=w.period(found.period.start, found.period.end),
            share=w.share(found.readable_share),
        )
    )
    yield Text(w("apk.no_score"))
    for answer in found.items:
        yield from _item(answer, w)
    for application in found.applications:
        if application.not_stated:
            yield Text(
                w(
                    "apk.application",
                    name=application.name,
                    missing=w.several([w.of(each) for each in application.not_stated]),
                )
            )
    yield from _autonomy(found.autonomy, w)
    if earlier:
        yield from _years([*earlier, found], w)


def _item(answer: ItemAnswer, w: Wording) -> Iterator[Text]:
    state = w(f"apk_state.{answer.state}")
    line = Text(f"{answer.number:2}. {w.of(answer.title)}: ")
    line.append(state, style=_STYLES.get(answer.state, ""))
    yield line
    for words in (*answer.evidence, *answer.missing):
        yield Text(f"      {w.of(words)}")
    for row in answer.checks:
        yield Text(f"      {w(f'apk_check.{row.outcome}')}: {w.of(row.text)}")


def _autonomy(found: Autonomy, w: Wording) -> Iterator[Text]:
    yield Text(f"{w('apk.autonomy')}:", style="bold")
    if not found.endpoints:
        yield Text(f"  {w('apk.nothing_seen')}")
        return
    for row in found.endpoints:
        kind = w(f"apk_endpoint.{row.kind}")
        yield Text(f"  {w('apk.endpoint', kind=kind, share=w.share(row.share), n=row.recipients)}")
    if not found.countries_known:
        yield Text(f"  {w('apk.countries_unknown')}")
    if found.protocols is not None:
        shares = {
            name: w.share(getattr(found.protocols, name))
            for name in ("open", "proprietary", "encrypted", "unknown")
        }
        yield Text(f"  {w('apk.protocols', **shares)}")
    for supplier in found.suppliers:
        yield Text(
            "  "
            + w(
                "apk.supplier",
                supplier=supplier.supplier,
                n=supplier.entries,
                devices=supplier.devices,
                alone=supplier.alone,
            )
        )


def _years(outcomes: Sequence[Apk], w: Wording) -> Iterator[Text]:
    days = sorted(each.day for each in outcomes)
    yield Text(f"{w('apk.trend')}: {', '.join(day.isoformat() for day in days)}", style="bold")
    for number, states in trend(outcomes):
        named = (w(f"apk_state.{state}") if state else "-" for state in states)
        yield Text(f"  {number:2}. {' → '.join(named)}")
