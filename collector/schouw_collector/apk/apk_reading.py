"""From files to the yearly inspection: an evidence folder, the register and the governance file."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from schouw_agent.errors import ConfigError, explain
from schouw_collector.apk.apk import inspect
from schouw_collector.apk.apk_item import ApkContext
from schouw_collector.apk.apk_record import Apk
from schouw_collector.apk.autonomy import autonomy_of
from schouw_collector.binding.binding import Bindings, with_overrides
from schouw_collector.declared.algorithms import Algorithm
from schouw_collector.declared.countries import countries_of_recipients
from schouw_collector.declared.governance import Governance
from schouw_collector.records import Assessment
from schouw_collector.registers.register import Register


class Inputs(NamedTuple):
    """What an inspection rests on."""

    assessment: Assessment
    register: Register
    bindings: Bindings | None = None
    governance: Governance | None = None
    algorithms: tuple[Algorithm, ...] | None = None


def apk_of(inputs: Inputs, day: date) -> Apk:
    """Return the outcome of the inspection as on this day."""
    bindings = inputs.bindings
    entries = {
        entry.entry_id: with_overrides(entry, bindings) if bindings else entry
        for entry in inputs.register.entries
    }
    municipal = bindings.municipal_hosts if bindings else ()
    context = ApkContext(
        governance=inputs.governance,
        assessment=inputs.assessment,
        entries=entries,
        algorithms=inputs.algorithms,
        autonomy=autonomy_of(
            inputs.assessment,
            entries,
            inputs.governance,
            municipal,
            countries=countries_of_recipients(inputs.assessment),
        ),
        register_is_public=inputs.assessment.register_source.startswith("https://"),
        day=day,
    )
    return inspect(context)


def read_outcomes(paths: Sequence[Path]) -> list[Apk]:
    """Return earlier outcomes.  Raises `ConfigError` that names the file and the reason."""
    found = []
    for path in paths:
        try:
            found.append(Apk.model_validate_json(path.read_bytes()))
        except OSError as error:
            raise ConfigError(f"{path}: {error.strerror}") from None
        except ValidationError as error:
            raise ConfigError(f"{path.name}: {explain(error)}") from None
    return found
