"""The errors of the collector's boundaries, besides those of the agent."""

from schouw_agent.errors import Error


class RegisterError(Error):
    """A register cannot be used: which file, which entry, which field, and why."""


class BindingError(Error):
    """A bindings file cannot be used: which line or binding, and why."""


class GovernanceError(Error):
    """A governance file cannot be used: which field, and why."""


class EvidenceError(Error):
    """An evidence folder is incomplete or altered: which file, and why."""


class CountryDataError(Error):
    """A file that says in which country addresses are cannot be used: why."""


class ReportError(Error):
    """A stored report, or the state of many, cannot be used."""


class LogError(Error):
    """An audit log was tampered with or cannot be used: which line, and why."""


class BaselineError(Error):
    """A baseline cannot be used, or a decision on its changes cannot be taken: why."""


class CaseError(Error):
    """A step of a finding is not possible: which finding, and why."""


class CandidateError(Error):
    """A file of candidates for bindings cannot be used: which file, which row, and why."""
