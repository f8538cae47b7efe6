"""D07: data about people, or unreadable data, go to an address outside the European Economic Area.

Always a question: an address is no proof of a country, nor is a flow proof of a transfer.
"""

from collections.abc import Iterable, Iterator, Mapping

from schouw_agent.report import Emission
from schouw_agent.vocabulary import CATEGORIES
from schouw_collector.comparing.comparison import QUESTION, Comparison
from schouw_collector.comparing.endpoints import SERVICES, Endpoint, endpoints
from schouw_collector.comparing.findings import (
    PSEUDONYMOUS,
    evidence_of,
    finding_id,
    owner_words,
    rank_of,
    worst_first,
)
from schouw_collector.comparing.norms import cite
from schouw_collector.comparing.rule_context import RuleContext
from schouw_collector.declared.countries import Countries, country_name
from schouw_collector.declared.transfers import Adequacy, adequacy, in_eea
from schouw_collector.plugins import Rule
from schouw_collector.records import Finding, Severity, Words
from schouw_collector.registers.register_entry import DeclaredRecipient
from schouw_collector.saying.phrasing import category_names, day, listed, same

TITLE = Words(
    nl="Gegevens gaan mogelijk naar een land buiten de Europese Economische Ruimte",
    en="Data may go to a country outside the European Economic Area",
)
_NORMS = ("gdpr-44-46", "gdpr-13", "gdpr-28")

Row = tuple[str, Emission]
Decisions = Mapping[str, Adequacy | None]
"""Countries outside the EEA, each with the decision on it, if there is one."""


def examine(context: RuleContext) -> Iterator[Finding]:
    """Return a question for each recipient of an entry whose address lies outside the EEA.

    Asked of data about individuals, of unreadable data, and of all data of an entry that says that
    it processes personal data.  Nothing is asked without a file of countries; of a recipient whose
    transfer basis the entry names; nor of one that it places in a country with an adequacy
    decision for the whole country.
    """
    if context.countries is None:
        return
    today, told = context.day, _told(context.countries)
    for comparison in context.comparisons:
        for endpoint in endpoints(comparison.devices):
            rows = _concerned(comparison, endpoint)
            found = _countries(context.countries, comparison, endpoint) if rows else {}
            outside = sorted({c for c in found.values() if c and not in_eea(c)})
            third = {country: adequacy(country, today) for country in outside}
            if third and not _is_declared(context, comparison, endpoint, third):
                places = sorted({c for c in found.values() if c})
                yield _question(context, comparison, endpoint, rows, places, third, told)


def _concerned(comparison: Comparison, endpoint: Endpoint) -> list[Row]:
    declared_personal = comparison.entry.contains_personal_data is True
    return [
        (device_id, e)
        for device_id, e in endpoint.emissions
        if e.confidence >= QUESTION
        and (
            rank_of(e.category) >= PSEUDONYMOUS
            or (e.category == "opaque_payload" and e.channel not in SERVICES)
            or (declared_personal and rank_of(e.category) > 0 and not _ancillary(e.category))
        )
    ]


def _ancillary(category: str) -> bool:
    return category in CATEGORIES and CATEGORIES[category].ancillary


def _countries(countries: Countries, comparison: Comparison, endpoint: Endpoint) -> dict[str, str]:
    """Return the country of each address under which a recipient was seen."""
    return {
        r.address: countries.of(r.address)
        for device in comparison.devices
        for r in device.recipients
        if r.key == endpoint.key and r.address
    }


def _is_declared(
    context: RuleContext, comparison: Comparison, endpoint: Endpoint, third: Decisions
) -> bool:
    if endpoint.on_site or endpoint.is_one_of(context.bindings.municipal_hosts):
        return True
    named = [r for r in comparison.entry.recipients if endpoint.is_one_of(r.hosts)]
    if any(r.transfer_basis for r in named):
        return True
    whole = all(decision and not decision.partly for decision in third.values())
    return whole and any(_is_in(recipient, third) for recipient in named)


def _is_in(recipient: DeclaredRecipient, countries: Iterable[str]) -> bool:
    said = recipient.country.strip().casefold()
    names = {
        text.casefold() for c in countries for text in (c, country_name(c).nl, country_name(c).en)
    }
    return said in names


def _question(
    context: RuleContext,
    comparison: Comparison,
    endpoint: Endpoint,
    rows: list[Row],
    found: list[str],
    third: Decisions,
    told: Words,
) -> Finding:
    entry = comparison.entry
    categories = worst_first(rows)
    what, owner = category_names(categories), owner_words(entry)
    places = listed(country_name(c) for c in found)
    return Finding(
        id=finding_id("D07", entry.entry_id, categories[0], endpoint.key),
        kind="question",
        rule_id="D07",
        severity=_severity(categories[0], third),
        title=TITLE,
        entry_id=entry.entry_id,
        device_ids=tuple(dict.fromkeys(device_id for device_id, _ in rows)),
        category=categories[0],
        recipient=endpoint.key,
        observed=Words(
            nl=f"{endpoint.key} krijgt {what.nl}. Volgens {told.nl}: {places.nl}.",
            en=f"{endpoint.key} gets {what.en}. According to {told.en}: {places.en}.",
        ),
        declared=Words(
            nl="Het register noemt voor deze ontvanger geen grond voor doorgifte.",
            en="The register names no basis for a transfer to this recipient.",
        ),
        difference=_difference(third),
        refutation=Words(
            nl="Bewijs dat de server binnen de Europese Economische Ruimte staat. Een adres zegt "
            "dat niet zeker: één adres kan bij servers in veel landen horen (anycast, CDN), een "
            "houder kan ergens anders gevestigd zijn dan de server, en lijsten lopen achter.",
            en="Proof that the server stands within the European Economic Area. An address does "
            "not tell that for sure: one address may belong to servers in many countries (anycast, "
            "CDN), a holder may be established elsewhere than the server, and lists lag behind.",
        ),
        action=Words(
            nl=f"Vraag {owner.nl} in welk land de gegevens terechtkomen, of er persoonsgegevens "
            "bij zijn, en op welke grond zij daarheen mogen. Zet dat in het register.",
            en=f"Ask {owner.en} in which country the data end up, whether personal data are among "
            "them, and on what basis they may go there. Put that in the register.",
        ),
        norms=cite(_NORMS, context.register, entry),
        confidence=min(
            max(e.confidence for _, e in rows), context.binding_confidence(entry.entry_id)
        ),
        evidence=evidence_of(rows),
    )


def _told(countries: Countries) -> Words:
    """Return by which files, of which day, and what it is that they tell."""
    source, dated = listed(map(same, countries.names)), day(countries.dated)
    if countries.of_holder:
        return Words(
            nl=f"{source.nl} van {dated.nl} staat de houder van dit adres ingeschreven in",
            en=f"{source.en} of {dated.en} the holder of this address is registered in",
        )
    return Words(
        nl=f"{source.nl} van {dated.nl} is dit adres in",
        en=f"{source.en} of {dated.en} this address is in",
    )


def _severity(category: str, third: Decisions) -> Severity:
    if all(third.values()):
        return "info"
    return "medium" if rank_of(category) >= PSEUDONYMOUS else "low"


def _difference(third: Decisions) -> Words:
    without = listed(country_name(c) for c, decision in third.items() if decision is None)
    partly = listed(country_name(c) for c, d in third.items() if d and d.partly)
    wholly = listed(country_name(c) for c, d in third.items() if d and not d.partly)
    said = []
    if any(d is None for d in third.values()):
        said.append(
            Words(
                nl="Dit ligt buiten de Europese Economische Ruimte. Van een besluit dat de "
                f"bescherming daar passend is, is hier niets bekend: {without.nl}.",
                en="This is outside the European Economic Area. No decision that the protection "
                f"there is adequate is known here: {without.en}.",
            )
        )
    if any(d and d.partly for d in third.values()):
        said.append(
            Words(
                nl="Er is een besluit dat de bescherming passend is, maar alleen voor sommige "
                f"ontvangers: {partly.nl}. Of het voor deze ontvanger geldt, is niet nagegaan.",
                en="There is a decision that the protection is adequate, but for some recipients "
                f"only: {partly.en}. Whether it holds for this one was not looked up.",
            )
        )
    if any(d and not d.partly for d in third.values()):
        said.append(
            Words(
                nl=f"Er is een besluit dat de bescherming daar passend is: {wholly.nl}. Doorgifte "
                "kan dan zonder andere grond. Controleer of het besluit nog geldt.",
                en=f"There is a decision that the protection there is adequate: {wholly.en}. A "
                "transfer then needs no other basis. Check that the decision still holds.",
            )
        )
    return Words(nl=" ".join(w.nl for w in said), en=" ".join(w.en for w in said))


RULE = Rule(
    id="D07",
    title=TITLE.en,
    reference="GDPR art. 44 to 46 and 49",
    looks_at=Words(
        nl="Ontvangers van gegevens over personen, of van onleesbare gegevens, waarvan het "
        "adres volgens uw eigen landenbestand buiten de Europese Economische Ruimte ligt, en "
        "zonder grond voor doorgifte in het register. Altijd een vraag.",
        en="Recipients of data about individuals, or of unreadable data, whose address by your "
        "own file of countries lies outside the European Economic Area, without a transfer "
        "basis in the register. Always a question.",
    ),
    examine=examine,
)
