"""What the environment decides."""

from pathlib import Path

import pytest

from schouw_collector.config import language, signing_key_path

LOCALES = [
    ({"LANG": "nl_NL.UTF-8"}, "nl"),
    ({"LANG": "nl"}, "nl"),
    ({"LANG": "nl.UTF-8"}, "nl"),
    ({"LANG": "nl_BE"}, "nl"),
    ({"LANG": "en_US.UTF-8", "LC_ALL": "nl_NL"}, "nl"),
    ({"LANG": "nl_NL", "LC_ALL": "C"}, "en"),
    ({"LANG": "nl_NL", "LC_ALL": ""}, "nl"),
    ({"LANG": "de_DE"}, "en"),
    ({"LANG": "nlx"}, "en"),
    ({"LANG": ""}, "en"),
]


@pytest.mark.parametrize(("environment", "expected"), LOCALES)
def test_the_locale_decides_the_language(monkeypatch, environment, expected):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language() == expected


def test_the_key_is_kept_in_the_state_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert signing_key_path() == tmp_path / "schouw" / "signing-key.pem"


def test_a_relative_state_folder_is_not_used(monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", "state")
    assert signing_key_path() == Path.home() / ".local" / "state" / "schouw" / "signing-key.pem"
