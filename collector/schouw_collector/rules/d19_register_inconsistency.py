"""D19: a register entry that contradicts itself or leaves out what belongs in it."""

from collections.abc import Iterator

from schouw_collector.comparing.rule_context import RuleContext
from schouw_collector.plugins import Rule
from schouw_collector.records import Finding, Words
from schouw_collector.rules import checks_people, checks_places, checks_privacy, checks_texts
from schouw_collector.rules.register_check import Surroundings, finding_of

TITLE = Words(
    nl="De inschrijving is niet volledig, of spreekt zichzelf tegen",
    en="The entry is incomplete, or contradicts itself",
)
_CHECKS = (
    *checks_privacy.CHECKS,
    *checks_texts.CHECKS,
    *checks_places.CHECKS,
    *checks_people.CHECKS,
)


def examine(context: RuleContext) -> Iterator[Finding]:
    """Return one finding or question for each check that holds for an entry.

    Nothing that was observed plays a part.
    """
    around = Surroundings(register=context.register, governance=context.governance)
    for comparison in context.comparisons:
        for check in _CHECKS:
            if check.holds(comparison.entry, around):
                yield finding_of(check, comparison.entry, around, TITLE)


RULE = Rule(
    id="D19",
    title=TITLE.en,
    reference="GDPR art. 5, 6, 13 and 35; EDPB Guidelines 3/2019; APV Amsterdam art. 2.25a",
    looks_at=Words(
        nl="De inschrijving alleen, zonder verkeer: wat ontbreekt, en wat elkaar tegenspreekt.",
        en="The entry alone, without traffic: what is missing, and what contradicts itself.",
    ),
    examine=examine,
    needs_traffic=False,
)
