"""The questions of the yearly inspection that only people can answer: data, in both languages."""

from dataclasses import dataclass
from typing import Literal

from schouw_collector.apk.apk_item import said
from schouw_collector.records import Words

Kind = Literal["text", "url", "date", "yes_no", "list", "choice"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One thing to ask."""

    field: str
    """Key path in the file, such as committee.name."""
    words: Words
    kind: Kind = "text"
    choices: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Questions that are asked for each of several things, such as each contract."""

    field: str
    words: Words
    """Asks whether there is one (more)."""
    questions: tuple[Question, ...]


FIRST: tuple[Question, ...] = (
    Question(
        field="municipality.name",
        words=said("Welke gemeente is dit?", "Which municipality is this?"),
    ),
    Question(
        field="committee.name",
        words=said(
            "1. Welke raadscommissie gaat over digitale zaken?",
            "1. Which committee of the council deals with digital affairs?",
        ),
    ),
    Question(
        field="committee.url",
        words=said("Op welke webpagina staat dat?", "On which web page does that stand?"),
        kind="url",
    ),
    Question(
        field="committee.last_meeting",
        words=said("Wanneer vergaderde zij het laatst?", "When did it last meet?"),
        kind="date",
    ),
    Question(
        field="portfolio.portfolio",
        words=said(
            "2. Hoe heet de portefeuille van de wethouder voor digitale zaken?",
            "2. What is the portfolio for digital affairs in the executive called?",
        ),
    ),
    Question(
        field="overview_url",
        words=said(
            "3. Waar staat het openbare overzicht van slimme toepassingen?",
            "3. Where is the public overview of smart applications?",
        ),
        kind="url",
    ),
    Question(
        field="register_url",
        words=said(
            "5. Waar staat het openbare sensorenregister?",
            "5. Where is the public register of sensors?",
        ),
        kind="url",
    ),
    Question(
        field="algorithm_register_url",
        words=said(
            "6. Waar staat het openbare algoritmeregister?",
            "6. Where is the public register of algorithms?",
        ),
        kind="url",
    ),
)
_APPLICATION = (
    Question(field="id", words=said("Kort kenmerk", "Short id"), required=True),
    Question(field="name", words=said("Naam", "Name")),
    Question(
        field="entries",
        words=said(
            "Welke inschrijvingen in het sensorenregister (met komma's)?",
            "Which entries of the register of sensors (with commas)?",
        ),
        kind="list",
    ),
    Question(
        field="council_decision",
        words=said("Welk raadsbesluit?", "Which decision of the council?"),
    ),
    Question(
        field="council_date",
        words=said("Van welke datum?", "Of which date?"),
        kind="date",
    ),
    Question(field="necessity", words=said("Waarom is het nodig?", "Why is it needed?")),
    Question(
        field="alternatives",
        words=said(
            "Welke andere oplossingen zijn bekeken?", "Which other solutions were considered?"
        ),
    ),
    Question(
        field="bias_test",
        words=said(
            "Hoe is getoetst of het groepen mensen benadeelt?",
            "How was it tested whether it puts groups of people at a loss?",
        ),
    ),
    Question(
        field="chilling_effect",
        words=said(
            "Wat doet het met hoe vrij mensen zich voelen?",
            "What does it do to how free people feel?",
        ),
    ),
    Question(
        field="evaluation_date",
        words=said("Wanneer wordt het geëvalueerd?", "When is it evaluated?"),
        kind="date",
    ),
    Question(
        field="regional_partnership",
        words=said(
            "Is er een regionale samenwerking, en wie beslist daar?",
            "Is there a regional partnership, and who decides there?",
        ),
    ),
)
_ASSESSMENT = (
    Question(field="id", words=said("Kort kenmerk", "Short id"), required=True),
    Question(
        field="applications",
        words=said(
            "Voor welke toepassingen (kenmerken, met komma's)?",
            "For which applications (ids, with commas)?",
        ),
        kind="list",
    ),
    Question(
        field="entries",
        words=said("Of voor welke inschrijvingen?", "Or for which entries?"),
        kind="list",
    ),
    Question(field="dated", words=said("Van welke datum?", "Of which date?"), kind="date"),
    Question(field="reviewed", words=said("Wanneer herzien?", "When was it revised?"), kind="date"),
    Question(field="url", words=said("Waar staat zij?", "Where is it?"), kind="url"),
    Question(
        field="council_ref",
        words=said(
            "Met welke brief kreeg de raad haar?", "By which letter did the council get it?"
        ),
    ),
)
_AUDIT = (
    Question(
        field="dated", words=said("Van welke datum?", "Of which date?"), kind="date", required=True
    ),
    Question(
        field="auditor",
        words=said("Welke organisatie deed haar?", "Which organisation made it?"),
        required=True,
    ),
    Question(field="scope", words=said("Wat viel eronder?", "What did it cover?")),
    Question(
        field="url", words=said("Waar staat het rapport?", "Where is the report?"), kind="url"
    ),
)


def _clause(name: str, nl: str, en: str) -> tuple[Question, Question]:
    return (
        Question(field=f"clauses.{name}.present", words=said(nl, en), kind="yes_no"),
        Question(
            field=f"clauses.{name}.reference",
            words=said("In welk artikel?", "In which article?"),
        ),
    )


_CONTRACT = (
    Question(field="id", words=said("Nummer of kenmerk", "Number or id"), required=True),
    Question(
        field="supplier", words=said("Met welk bedrijf?", "With which company?"), required=True
    ),
    Question(
        field="applications",
        words=said(
            "Voor welke toepassingen (kenmerken, met komma's)?",
            "For which applications (ids, with commas)?",
        ),
        kind="list",
    ),
    Question(
        field="type",
        words=said("Wat voor contract?", "What kind of contract?"),
        kind="choice",
        choices=("purchase", "subscription", "service", "pilot", "other"),
    ),
    Question(field="start", words=said("Vanaf wanneer?", "From when?"), kind="date"),
    Question(field="end", words=said("Tot wanneer?", "Until when?"), kind="date"),
    Question(
        field="council_ref",
        words=said(
            "Met welke brief kent de raad het?", "By which letter does the council know it?"
        ),
    ),
    Question(
        field="hosts",
        words=said(
            "Naar welke servers van het bedrijf gaan gegevens (met komma's)?",
            "To which servers of the company do data go (with commas)?",
        ),
        kind="list",
    ),
    *_clause(
        "data_access",
        "10. Staat erin dat de gemeente bij alle gegevens kan?",
        "10. Does it give the municipality access to all data?",
    ),
    *_clause(
        "use_limits",
        "11. Staat erin wat het bedrijf wel en niet met de gegevens mag?",
        "11. Does it say what the company may and may not do with the data?",
    ),
    *_clause("resale", "Staat er iets in over doorverkoop?", "Does it say anything on resale?"),
    *_clause(
        "exit", "12. Staat erin hoe u kunt overstappen?", "12. Does it say how you can leave?"
    ),
    *_clause(
        "transparency",
        "13. Staan er eisen in aan openheid en uitleg?",
        "13. Does it demand transparency and explanation?",
    ),
    *_clause(
        "unilateral_change",
        "Staat erin dat het bedrijf niets alleen mag veranderen?",
        "Does it say that the company may change nothing alone?",
    ),
    *_clause(
        "takeover",
        "Staat erin wat er gebeurt als het bedrijf wordt overgenomen?",
        "Does it say what happens when the company is taken over?",
    ),
)
GROUPS = (
    Group(
        field="applications",
        words=said("3. Is er een (volgende) toepassing?", "3. Is there a (next) application?"),
        questions=_APPLICATION,
    ),
    Group(
        field="impact_assessments",
        words=said("4. Is er een (volgende) DPIA?", "4. Is there a (next) impact assessment?"),
        questions=_ASSESSMENT,
    ),
    Group(
        field="audits",
        words=said(
            "7. Is er een (volgende) onafhankelijke audit?", "7. Is there a (next) audit by others?"
        ),
        questions=_AUDIT,
    ),
    Group(
        field="contracts",
        words=said("8. Is er een (volgend) contract?", "8. Is there a (next) contract?"),
        questions=_CONTRACT,
    ),
)
LAST: tuple[Question, ...] = (
    Question(
        field="contracts_council_ref",
        words=said(
            "8. Met welke brief kreeg de raad het overzicht van contracten?",
            "8. By which letter did the council get the overview of contracts?",
        ),
    ),
    Question(
        field="subscriptions_council_ref",
        words=said(
            "9. Met welke brief kreeg de raad het overzicht van abonnementen?",
            "9. By which letter did the council get the overview of subscriptions?",
        ),
    ),
    Question(
        field="signed_by",
        words=said(
            "Wie staat in voor deze antwoorden (functie, geen naam)?",
            "Who answers for this (role, no name)?",
        ),
    ),
)
