"""D28: an unreadable stream whose shape does not fit what the entry declares.

A question, never a claim about content: only amounts and times were seen (`stream_shape` of the
agent has the thresholds).  D18 leaves such a stream to this rule.
"""

from collections.abc import Iterator

from schouw_agent.report import Emission
from schouw_collector.comparing.comparison import Comparison
from schouw_collector.comparing.endpoints import Endpoint, endpoints
from schouw_collector.comparing.findings import declared_words, evidence_of, finding_id, owner_words
from schouw_collector.comparing.norms import cite
from schouw_collector.comparing.rule_context import RuleContext
from schouw_collector.comparing.stream_shapes import at_odds, in_dutch
from schouw_collector.plugins import Rule
from schouw_collector.records import Finding, Words
from schouw_collector.saying.phrasing import octets

TITLE = Words(
    nl="De vorm van onleesbaar verkeer past niet bij de inschrijving",
    en="The shape of unreadable traffic does not fit the entry",
)
_NORMS = ("gdpr-5-2", "gdpr-25")
_CONFIDENCE = 0.6
"""Other traffic may have the same shape."""


def examine(context: RuleContext) -> Iterator[Finding]:
    """Return one question for each entry and recipient of such a stream."""
    for comparison in context.comparisons:
        for endpoint in endpoints(comparison.devices):
            odd = at_odds(comparison, endpoint.emissions)
            if odd:
                yield _question(context, comparison, endpoint, odd)


def _question(
    context: RuleContext,
    comparison: Comparison,
    endpoint: Endpoint,
    odd: list[tuple[str, Emission]],
) -> Finding:
    entry = comparison.entry
    shapes = sorted({e.consistent_with for _, e in odd})
    size, owner = octets(sum(e.octets for _, e in odd)), owner_words(entry)
    near = endpoint.on_site or endpoint.is_one_of(context.bindings.municipal_hosts)
    return Finding(
        id=finding_id("D28", entry.entry_id, "opaque_payload", endpoint.key),
        kind="question",
        rule_id="D28",
        severity="low" if near else "medium",
        title=TITLE,
        entry_id=entry.entry_id,
        device_ids=tuple(dict.fromkeys(device_id for device_id, _ in odd)),
        category="opaque_payload",
        recipient=endpoint.key,
        observed=Words(
            nl=f"{endpoint.key} krijgt {size.nl} die niet te lezen zijn. De vorm lijkt op: "
            f"{'; '.join(map(in_dutch, shapes))}. Alleen hoeveelheid en tijd zijn gezien.",
            en=f"{endpoint.key} gets {size.en} that cannot be read. The shape is consistent with: "
            f"{'; '.join(shapes)}. Only amounts and times were seen.",
        ),
        declared=declared_words(entry),
        difference=Words(
            nl="Wat is aangemeld, geeft meestal weinig verkeer, met tussenpozen. Wat er echt wordt "
            "verstuurd, is van buiten niet te zien.",
            en="What is declared usually gives little traffic, at intervals. What is really sent "
            "cannot be seen from outside.",
        ),
        refutation=Words(
            nl="Inzage in de inhoud, of uitleg welk ander verkeer deze vorm heeft.",
            en="A look at the content, or an explanation what other traffic has this shape.",
        ),
        action=Words(
            nl=f"Vraag {owner.nl} om te laten zien wat hier wordt verstuurd, bijvoorbeeld in een "
            "proefopstelling.",
            en=f"Ask {owner.en} to show what is sent here, for instance on a test bench.",
        ),
        norms=cite(_NORMS, context.register, entry),
        confidence=min(_CONFIDENCE, comparison.certainty),
        evidence=evidence_of(odd),
    )


RULE = Rule(
    id="D28",
    title=TITLE.en,
    reference="GDPR art. 5(2) and 25",
    looks_at=Words(
        nl="Onleesbaar verkeer dat lijkt op video (twee minuten of langer, 0,3 tot 25 Mbit/s één "
        "kant op) of op geluid met een vaste snelheid, terwijl de inschrijving geen beeld of "
        "geluid noemt. Bestanden en regelmatige metingen tellen niet mee.",
        en="Unreadable traffic that resembles video (two minutes or more, 0.3 to 25 Mbit/s one "
        "way) or sound at a constant rate, where the entry names no images or sound. Files and "
        "regular measurements do not count.",
    ),
    examine=examine,
)
