"""What the environment says: the only module of the collector that reads it."""

import os
from pathlib import Path


def language() -> str:
    """Return "nl" if the user's locale is Dutch, else "en".

    The first of LC_ALL, LC_MESSAGES and LANG that is set decides (POSIX.1-2017, 8.2).
    """
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((value for name in names if (value := os.environ.get(name))), "")
    return "nl" if locale.lower().split("_")[0].split(".")[0] == "nl" else "en"


def signing_key_path() -> Path:
    """Return where the signing key is kept unless the user says otherwise.

    In the state folder of the user (XDG Base Directory Specification 0.8).
    """
    state = os.environ.get("XDG_STATE_HOME", "")
    base = Path(state) if os.path.isabs(state) else Path.home() / ".local" / "state"  # noqa: PTH117
    return base / "schouw" / "signing-key.pem"
