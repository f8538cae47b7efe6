"""When the wall clock was set while frames came in, and whether it is right."""

import pytest

from schouw_agent.capture import clock

SECOND = 1_000_000_000


def test_only_steps_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    offsets = iter([0, SECOND // 2, SECOND // 2 - 3600 * SECOND, SECOND // 2 - 3590 * SECOND])
    monkeypatch.setattr(clock, "_offset", lambda: next(offsets))
    steps = clock.Steps()
    steps.look()
    assert steps.notes() == []
    steps.look()
    steps.look()
    assert steps.seconds == [-3600, 10]
    assert steps.notes() == ["the clock was set while looking: 3600 s back, 10 s forward"]


def test_the_kernel_knows_whether_the_clock_is_right(monkeypatch: pytest.MonkeyPatch) -> None:
    assert clock.synchronised() in (True, False)
    monkeypatch.setattr("sys.platform", "darwin")
    assert clock.synchronised() is None
