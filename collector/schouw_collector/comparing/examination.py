"""What the rules say; of a city two processes ask them."""

from collections.abc import Iterable, Sequence

from schouw_collector.comparing.rule_context import RuleContext
from schouw_collector.many_reports.two_processes import beside, may_fork
from schouw_collector.plugins import Rule
from schouw_collector.records import Finding

_WORTH_A_PROCESS = 2_000
"""Entries and devices from which the other process gains more than it takes to begin it."""

_Said = dict[int, list[Finding]]
"""What a rule says, by the number of the rule."""


def findings(rules: Sequence[Rule], context: RuleContext) -> list[Finding]:
    """Return the findings and questions of all rules, in the order of the rules."""
    # Those that look at each entry by itself take the longest, and come first.
    order = sorted(range(len(rules)), key=lambda number: rules[number].needs_traffic)

    def ask(places: Iterable[int]) -> _Said:
        return {order[place]: list(rules[order[place]].examine(context)) for place in places}

    if not may_fork() or len(context.comparisons) + len(context.devices) < _WORTH_A_PROCESS:
        said = ask(range(len(rules)))
    else:
        with beside(len(rules), ask) as (places, outcome):
            said = ask(places)
            theirs, not_mine = outcome()
            said |= ask(not_mine) if theirs is None else theirs
    return [finding for number in sorted(said) for finding in said[number]]
