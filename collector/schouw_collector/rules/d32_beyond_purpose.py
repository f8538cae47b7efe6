"""D32: more than the declared purpose needs, by the table of purposes (`purposes.toml`).

What is undeclared is D03's, and figures finer than the entry itself promises are D10's and D11's.
Here are data that the entry may well declare, and that its own purpose does not seem to need.
"""

from collections.abc import Iterator, Sequence

from schouw_agent.vocabulary import covered_by
from schouw_collector.comparing.comparison import QUESTION, Comparison, Observed
from schouw_collector.comparing.findings import (
    PSEUDONYMOUS,
    evidence_of,
    finding_id,
    owner_words,
    rank_of,
    severity_of,
)
from schouw_collector.comparing.norms import cite
from schouw_collector.comparing.purpose_limits import (
    OFTEN,
    days_of,
    is_often,
    least,
    says_how_fine,
    window_of_few,
)
from schouw_collector.comparing.purposes import (
    KnownPurpose,
    RecipientKind,
    needed_by,
    purpose_table,
    purposes_of,
)
from schouw_collector.comparing.rule_context import RuleContext
from schouw_collector.declared.assessed import assessed_categories
from schouw_collector.plugins import Rule
from schouw_collector.records import SEVERITIES, Finding, Words
from schouw_collector.registers.register_entry import RegisterEntry
from schouw_collector.saying.phrasing import category_names, duration, listed, messages, same

TITLE = Words(
    nl="Meer dan het aangemelde doel nodig lijkt te hebben",
    en="More than the declared purpose seems to need",
)
_NORMS = ("gdpr-5-1-b", "gdpr-5-1-c")
_CONFIDENCE = 0.6
"""The table is a proposal, and the purpose was read from free text."""
_NUMBERS = ("people_count", "pedestrian_flow", "crowd_density", "observed_device_count")
_UNREAD = Words(
    nl="Een inschrijving met een ander of ruimer doel, of uitleg waarom dit doel het nodig heeft.",
    en="An entry with another or wider purpose, or an explanation why this purpose needs it.",
)


def examine(context: RuleContext) -> Iterator[Finding]:
    """Return questions for entries whose purpose is known: on data, on detail, on keeping, on whom.

    Only data about individuals are asked for.  Nothing is asked of entries that are exempt for
    public order or criminal investigation, nor of data that an impact assessment names.
    """
    for comparison in context.comparisons:
        if not comparison.entry.exemptions:
            yield from _data(context, comparison)
            yield from _detail(context, comparison)
            yield from _keeping(context, comparison.entry)
            yield from _outsiders(context, comparison.entry)


def _data(context: RuleContext, comparison: Comparison) -> Iterator[Finding]:
    entry = comparison.entry
    told = {o.category for o in comparison.undeclared} | comparison.elsewhere
    seen = {
        c: o
        for c, o in comparison.observed.items()
        if o.confidence >= QUESTION and o.rank >= PSEUDONYMOUS and c not in told
    }
    stated = {c for c in entry.promised_categories if rank_of(c) >= PSEUDONYMOUS}
    if not (seen or stated):
        return
    purposes = purposes_of(entry)
    if not purposes:
        return
    answered = needed_by(purposes) | covered_by(assessed_categories(entry, context.governance))
    beyond = _leading((stated | seen.keys()) - answered)
    if not beyond:
        return
    found = [seen[c] for c in beyond if c in seen]
    severity = severity_of(max(rank_of(c) for c in beyond))
    lower = SEVERITIES[max(SEVERITIES.index(severity) - (1 if found else 2), 0)]
    names = category_names(beyond)
    yield _question(
        context,
        entry,
        purposes,
        aspect="data",
        severity=lower,
        category=beyond[0],
        found=found,
        observed=_seen_words(found),
        beyond=Words(nl=f"{names.nl} niet nodig", en=f"{names.en} is not needed"),
    )


def _leading(categories: set[str]) -> list[str]:
    """Return the categories that no other of them implies, the most sensitive first."""
    implied = {i for c in categories for i in covered_by([c]) if i != c}
    return sorted(categories - implied, key=lambda c: (-rank_of(c), c))


def _seen_words(found: Sequence[Observed]) -> Words:
    if not found:
        return Words(
            nl="Dit blijkt uit het register alleen. Gezien is het niet.",
            en="This shows from the register alone. It was not seen.",
        )
    names = category_names(o.category for o in found)
    count = messages(max(o.messages for o in found))
    return Words(nl=f"Gezien: {names.nl}, in {count.nl}.", en=f"Seen: {names.en}, in {count.en}.")


def _detail(context: RuleContext, comparison: Comparison) -> Iterator[Finding]:
    """Yield a question if numbers of people come over a shorter time, or more often, than needed.

    Not if the entry says itself how long or how often: then it is held to that.
    """
    entry = comparison.entry
    told = {o.category for o in comparison.undeclared} | comparison.elsewhere
    found = [
        o
        for c, o in comparison.observed.items()
        if c in _NUMBERS and o.confidence >= QUESTION and c not in told
    ]
    if not found or says_how_fine(entry):
        return
    purposes = purposes_of(entry)
    window = least(p.smallest_window_seconds for p in purposes)
    pace = least(p.shortest_interval_seconds for p in purposes)
    close = [(o, few) for o in found if (few := window_of_few(o, window))]
    often = [o for o in found if pace and is_often(o, pace)]
    if close:
        limit, span = duration(window), duration(min(few for _, few in close))
        fine = [o for o, _ in close]
        how = Words(
            nl=f"over telkens {span.nl}, met aantallen van één of twee",
            en=f"over {span.en} each, with numbers of one or two",
        )
    elif often:
        limit, span, fine = duration(pace), duration(pace * OFTEN), often
        how = Words(
            nl=f"meestal vaker dan eens per {span.nl}",
            en=f"mostly more often than once in {span.en}",
        )
    else:
        return
    names = category_names(o.category for o in fine)
    yield _question(
        context,
        entry,
        purposes,
        aspect="detail",
        severity="info",
        category=fine[0].category,
        found=fine,
        observed=Words(nl=f"{names.nl}: {how.nl}.", en=f"{names.en}: {how.en}."),
        beyond=Words(
            nl=f"fijner dan {limit.nl} niet nodig", en=f"finer than {limit.en} is not needed"
        ),
    )


def _keeping(context: RuleContext, entry: RegisterEntry) -> Iterator[Finding]:
    kept = [s.retention for s in entry.streams if s.retention]
    if not kept:
        return
    purposes = purposes_of(entry)
    limits = [days_of(p.retention) for p in purposes]
    if not limits or not all(limits):
        return
    longest, limit = max(kept, key=days_of), max(limits)
    if days_of(longest) <= limit:
        return
    most = duration(limit * 86_400)
    yield _question(
        context,
        entry,
        purposes,
        aspect="keeping",
        severity="low",
        category="",
        found=(),
        observed=Words(
            nl=f"Het register noemt als bewaartermijn {longest}. Hoe lang er echt wordt bewaard, "
            "is niet te zien.",
            en=f"The register names {longest} as retention period. How long the data are really "
            "kept cannot be seen.",
        ),
        beyond=Words(
            nl=f"langer bewaren dan {most.nl} niet nodig",
            en=f"keeping for longer than {most.en} is not needed",
        ),
        norms=("gdpr-5-1-e",),
    )


def _outsiders(context: RuleContext, entry: RegisterEntry) -> Iterator[Finding]:
    named = [(r.organisation, f"{r.organisation} {r.role}") for r in entry.recipients]
    kinds = {
        kind.id: (kind, name or text.strip())
        for name, text in named
        for kind in purpose_table().kinds
        if kind.pattern.search(text)
    }
    if not kinds:
        return
    purposes = purposes_of(entry)
    usual = {kind for purpose in purposes for kind in purpose.recipients}
    odd: list[tuple[RecipientKind, str]] = [kinds[id_] for id_ in sorted(kinds.keys() - usual)]
    if not purposes or not odd:
        return
    whom = listed(same(name) for _, name in odd)
    sorts = listed(kind.name for kind, _ in odd)
    yield _question(
        context,
        entry,
        purposes,
        aspect="outsiders",
        severity="low",
        category="",
        found=(),
        observed=Words(
            nl=f"Het register noemt als ontvanger: {whom.nl}. Wat er wordt doorgegeven, is hier "
            "niet gezien.",
            en=f"The register names as recipient: {whom.en}. What is passed on was not seen here.",
        ),
        beyond=Words(
            nl=f"doorgeven aan {sorts.nl} niet nodig",
            en=f"passing data on to {sorts.en} is not needed",
        ),
    )


def _question(
    context: RuleContext,
    entry: RegisterEntry,
    purposes: Sequence[KnownPurpose],
    *,
    found: Sequence[Observed],
    observed: Words,
    beyond: Words,
    norms: tuple[str, ...] = (),
    **said: object,
) -> Finding:
    texts = ", ".join(f"“{p.text}”" for p in entry.purposes if p.text) or ", ".join(
        f"“{theme}”" for p in entry.purposes for theme in p.themes
    )
    read, why = listed(p.name for p in purposes), listed(p.why for p in purposes)
    edition, owner = purpose_table().edition, owner_words(entry)
    confidence = min([_CONFIDENCE, *(o.confidence for o in found)])
    aspect = str(said.pop("aspect"))
    return Finding.model_validate(
        {
            "id": finding_id("D32", entry.entry_id, aspect=aspect),
            "kind": "question",
            "rule_id": "D32",
            "title": TITLE,
            "entry_id": entry.entry_id,
            "device_ids": tuple(dict.fromkeys(id_ for o in found for id_ in o.device_ids)),
            "observed": observed,
            "declared": Words(
                nl=f"Het register noemt als doel: {texts}. Gelezen als: {read.nl}.",
                en=f"The register names as purpose: {texts}. Read as: {read.en}.",
            ),
            "difference": Words(
                nl=f"Voor dit doel lijkt {beyond.nl}: {why.nl}. Zo zegt het Schouws tabel van "
                f"doelen, versie {edition}. Dat is een voorstel om over te praten, geen norm.",
                en=f"For this purpose it seems that {beyond.en}: {why.en}. So says Schouw's table "
                f"of purposes, version {edition}. It is a proposal to talk about, not a norm.",
            ),
            "refutation": _UNREAD,
            "action": Words(
                nl=f"Vraag {owner.nl} waarvoor dit nodig is. Pas daarna het doel of de sensor aan.",
                en=f"Ask {owner.en} what this is needed for. Then change the purpose or "
                "the sensor.",
            ),
            "norms": cite((*_NORMS, *norms), context.register, entry),
            "confidence": min(confidence, context.binding_confidence(entry.entry_id))
            if found
            else confidence,
            "evidence": evidence_of(row for o in found for row in o.emissions),
            **said,
        }
    )


RULE = Rule(
    id="D32",
    title=TITLE.en,
    reference="GDPR art. 5(1)(b) and (c); Schouw's table of purposes",
    looks_at=Words(
        nl="Het aangemelde doel naast een tabel van doelen (purposes.toml): soorten gegevens over "
        "personen, hoe fijn en hoe vaak, hoe lang bewaard, en aan wie. Een doel dat de tabel niet "
        "kent, of dat van alles kan betekenen, geeft geen vraag.",
        en="The declared purpose beside a table of purposes (purposes.toml): kinds of data about "
        "individuals, how fine and how often, how long kept, and to whom. A purpose that the table "
        "does not know, or that may mean anything, gives no question.",
    ),
    examine=examine,
    needs_traffic=False,
)
