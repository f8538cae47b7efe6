"""The command line as a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

SCHOUW = Path(sys.executable).with_name("schouw")


def test_a_reader_that_has_enough_is_no_error():
    with subprocess.Popen(
        [SCHOUW, "schema", "report"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdout.close()
        assert process.wait(timeout=60) == 0
        assert process.stderr.read() == b""


def test_help_is_quick_because_heavy_modules_are_imported_late():
    code = (
        "import sys; import schouw_collector.cli;"
        "print(sorted({'numpy', 'pydantic', 'jinja2', 'babel', 'cryptography'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, env={**os.environ}
    )
    assert done.stdout.strip() == b"[]"
