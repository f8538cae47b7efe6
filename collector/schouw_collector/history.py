"""What several reports say over time: when was looked, and on which days a device sent anything."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """One report: by whom and when was looked."""

    agent_id: str
    epoch: int
    sequence: int
    start: datetime
    end: datetime
    lossless: bool
    """False: the capture itself lost frames, or some was out of sight."""

    @property
    def number(self) -> tuple[str, int, int]:
        """Return agent, epoch and sequence, by which a report is known."""
        return self.agent_id, self.epoch, self.sequence

    @property
    def numbered(self) -> bool:
        """Return whether the agent numbers its reports: a spot check does not."""
        return bool(self.epoch or self.sequence)

    @property
    def place(self) -> tuple[datetime, str, int, int, datetime]:
        """Return by what reports are put in order of time."""
        return self.start, self.agent_id, self.epoch, self.sequence, self.end


@dataclass(frozen=True, kw_only=True)
class History:
    """All reports of an assessment, in order of time."""

    windows: tuple[Window, ...]
    days: Mapping[str, tuple[date, ...]]
    """Id of a device in the assessment → the UTC days on which it was seen, in order."""

    @cached_property
    def last_day(self) -> date:
        """Return the last day on which was looked (UTC)."""
        return max(window.end for window in self.windows).astimezone(UTC).date()
