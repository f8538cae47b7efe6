"""Under which other ids a finding may be known: its device was known by less, or was not bound."""

from schouw_collector.comparing.findings import device_subject, finding_id
from schouw_collector.comparing.rule_context import RuleContext
from schouw_collector.records import Finding

_MOST = 32


def with_aliases(finding: Finding, context: RuleContext) -> Finding:
    """Return a finding with the ids that it had under every former name of its device.

    Of an entry with one device also the ids that it had while that device was not bound.
    """
    if len(finding.device_ids) != 1 or finding.device_ids[0] not in context.devices:
        return finding
    device = context.devices[finding.device_ids[0]]
    former = context.who.former.get(device.id, ())
    now = device_subject(device)
    subjects = (now, *former) if finding.entry_id else former
    if not subjects or not _is_about(finding, finding.entry_id or now):
        return finding
    ids = [_id(finding, subject) for subject in subjects[:_MOST]]
    aliases = tuple(dict.fromkeys(id_ for id_ in ids if id_ != finding.id))
    return finding.model_copy(update={"aliases": aliases})


def _is_about(finding: Finding, subject: str) -> bool:
    """Return whether the id of a finding is made of its subject and its own fields alone."""
    return _id(finding, subject) == finding.id


def _id(finding: Finding, subject: str) -> str:
    return finding_id(finding.rule_id, subject, finding.category, finding.recipient, finding.aspect)
