"""A file of candidates becomes a `CandidateFile`, whatever its form."""

import schouw_collector.candidate_formats
from schouw_agent.plugins import discover
from schouw_collector.binding.candidates import CandidateFile
from schouw_collector.errors import CandidateError
from schouw_collector.plugins import CandidateFormat


def candidate_formats() -> dict[str, CandidateFormat]:
    """Return the candidate formats by id."""
    return discover(schouw_collector.candidate_formats, "CANDIDATE_FORMAT")


def read_candidates(name: str, octets: bytes) -> CandidateFile:
    """Return the candidates in a file of this name with these octets.

    Rows without any use are left out and stand in `errors`.  Raises `CandidateError` if the form
    is not known, or if not one row can be read.
    """
    formats = candidate_formats()
    score, best = max((f.probe(name, octets), id_) for id_, f in formats.items())
    if score < 0.5:
        raise CandidateError(f"{name}: not in a known form ({', '.join(formats)})")
    return formats[best].read(name, octets)
