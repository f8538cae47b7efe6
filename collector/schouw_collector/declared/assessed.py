"""What somebody has already weighed: the categories of the impact assessments of an entry."""

from schouw_collector.declared.governance import Governance
from schouw_collector.registers.register_entry import RegisterEntry


def assessed_categories(entry: RegisterEntry, governance: Governance | None) -> frozenset[str]:
    """Return the category ids that an impact assessment of the entry names, in its own words."""
    found = set(entry.dpia.categories if entry.dpia else ())
    if governance is not None:
        applications = {a.id for a in governance.applications if entry.entry_id in a.entries}
        applications |= {entry.application_id} - {""}
        for assessment in governance.impact_assessments or ():
            if entry.entry_id in assessment.entries or applications & set(assessment.applications):
                found.update(assessment.categories)
    return frozenset(found)
