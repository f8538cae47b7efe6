"""What `make demo` prints: short, in the language of the user, and true to the example."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

MARKS = {
    "en": ("Seen: 16 devices", ": 3 of 10", "intact; signed by", "NOT intact", "none found"),
    "nl": ("Gezien: 16 apparaten", ": 3 van 10", "ongewijzigd;", "NIET in orde", "geen gevonden"),
}  # fmt: skip


@pytest.mark.parametrize(("locale", "tongue"), [("nl_NL.UTF-8", "nl"), ("C.UTF-8", "en")])
def test_the_demo_says_first_what_came_out(
    root: Path, tmp_path: Path, locale: str, tongue: str
) -> None:
    out = tmp_path / "with a space" / "demo"
    done = subprocess.run(
        [sys.executable, str(root / "examples" / "havenplein" / "demo.py"), str(out)],
        env={**os.environ, "LC_ALL": locale, "HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert (done.returncode, done.stderr) == (0, "")
    first, _, rest = done.stdout.partition("\n\n")
    assert len(first.splitlines()) <= 8
    assert "WH-HP-003" in first.splitlines()[-1]
    assert not [mark for mark in MARKS[tongue] if mark not in first + rest]
    report = Path(rest.splitlines()[-1].partition(": ")[2])
    assert report == out / "2026-05" / f"report.{tongue}.html"
    assert report.is_file()
    # Trying Schouw leaves nothing in the home folder.
    assert not (tmp_path / "home").exists()
