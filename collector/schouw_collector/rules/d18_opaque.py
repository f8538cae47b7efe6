"""D18: content that could not be read: not clean, not accused, not assessable."""

from collections.abc import Iterator

from schouw_agent.report import Device
from schouw_collector.comparing.comparison import readable_share
from schouw_collector.comparing.endpoints import SERVICES, Endpoint, endpoints
from schouw_collector.comparing.findings import device_subject, evidence_of, finding_id, owner_words
from schouw_collector.comparing.norms import cite
from schouw_collector.comparing.own_answers import OwnServers
from schouw_collector.comparing.rule_context import RuleContext
from schouw_collector.comparing.stream_shapes import at_odds, in_dutch
from schouw_collector.plugins import Rule
from schouw_collector.records import Finding, Words
from schouw_collector.registers.register_entry import RegisterEntry
from schouw_collector.saying.phrasing import octets, percent

TITLE = Words(nl="Inhoud niet te beoordelen", en="Content cannot be assessed")
# The control channel beside a readable stream; the verdict and the coverage still name it.
_NEGLIGIBLE = 0.01
_NORMS = ("gdpr-5-2", "gdpr-30")


def examine(context: RuleContext) -> Iterator[Finding]:
    """Return a question for each entry or unbound device, and recipient of unreadable data.

    Where the shape of the stream does not fit the entry, D28 asks.
    """
    for comparison in context.comparisons:
        for endpoint in endpoints(comparison.devices):
            if at_odds(comparison, endpoint.emissions):
                continue
            yield from _question(context, comparison.entry, comparison.devices, endpoint)
    own = OwnServers(context)
    for device_id in context.binding.unbound:
        device = own.without_own_answers(context.devices[device_id])
        for endpoint in endpoints([device]):
            yield from _question(context, None, (device,), endpoint)


def _question(
    context: RuleContext,
    entry: RegisterEntry | None,
    devices: tuple[Device, ...],
    endpoint: Endpoint,
) -> Iterator[Finding]:
    municipal = endpoint.is_one_of(context.bindings.municipal_hosts)
    rows = [
        (device_id, e)
        for device_id, e in endpoint.emissions
        if e.category == "opaque_payload" and not (municipal and e.channel in SERVICES)
    ]
    unread = sum(e.octets for _, e in rows)
    if not rows or unread < endpoint.octets * _NEGLIGIBLE:
        return
    size, owner = octets(unread), owner_words(entry)
    share = readable_share(devices)
    readable = percent(share) if share is not None else "0%"
    shapes = sorted({e.consistent_with for _, e in rows if e.consistent_with})
    shape = Words(
        nl=f" De vorm van het verkeer lijkt op: {'; '.join(map(in_dutch, shapes))}."
        if shapes
        else "",
        en=f" The shape of the traffic is consistent with: {'; '.join(shapes)}." if shapes else "",
    )
    subject = entry.entry_id if entry else device_subject(devices[0])
    yield Finding(
        id=finding_id("D18", subject, "opaque_payload", endpoint.key),
        kind="question",
        rule_id="D18",
        severity="info" if municipal or endpoint.on_site else "low",
        title=TITLE,
        entry_id=entry.entry_id if entry else "",
        device_ids=tuple(dict.fromkeys(device_id for device_id, _ in rows)),
        category="opaque_payload",
        recipient=endpoint.key,
        observed=Words(
            nl=f"{endpoint.key} krijgt {size.nl} aan onleesbare gegevens "
            f"({endpoint.transport_security}). Van dit apparaat is {readable} leesbaar.{shape.nl}",
            en=f"{endpoint.key} gets {size.en} of unreadable data "
            f"({endpoint.transport_security}). Of this device {readable} is readable.{shape.en}",
        ),
        declared=_declared(entry),
        difference=Words(
            nl="Niet te zeggen. Versleuteling is goed, maar van buiten is dan niet te zien wat "
            "er wordt verstuurd.",
            en="Cannot be told. Encryption is good, but from outside one then cannot see what "
            "is sent.",
        ),
        refutation=Words(
            nl="Inzage in de inhoud, bijvoorbeeld in een proefopstelling of bij de ontvanger.",
            en="A look at the content, for instance on a test bench or at the recipient.",
        ),
        action=Words(
            nl=f"Vraag {owner.nl} om te laten zien wat hier wordt verstuurd.",
            en=f"Ask {owner.en} to show what is sent here.",
        ),
        norms=cite(_NORMS, context.register, entry),
        confidence=max(e.confidence for _, e in rows),
        evidence=evidence_of(rows),
    )


def _declared(entry: RegisterEntry | None) -> Words:
    if entry is None:
        return Words(
            nl="Dit apparaat staat niet in het bindingsbestand.",
            en="This device is not in the bindings.",
        )
    texts = ", ".join(f"“{s.declared_text}”" for s in entry.streams if s.declared_text)
    return Words(
        nl=f"Het register zegt: {texts or 'niets'}.",
        en=f"The register says: {texts or 'nothing'}.",
    )


RULE = Rule(
    id="D18",
    title=TITLE.en,
    reference="GDPR art. 5(2) and 30",
    looks_at=Words(
        nl="Verkeer dat niet te lezen is: altijd een vraag, nooit een verdenking.",
        en="Traffic that cannot be read: always a question, never a suspicion.",
    ),
    examine=examine,
)
