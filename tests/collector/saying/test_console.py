"""Style is for eyes only: never in a pipe, and never more than the words."""

import io
import sys

import pytest
from rich.text import Text

from schouw_collector.saying import console


class Terminal(io.StringIO):
    """A stream that somebody watches."""

    def isatty(self):
        return True


@pytest.fixture
def watch(monkeypatch):
    """Return a function that lets somebody watch; pytest sets the streams anew after set-up."""

    def run():
        for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("TERM", "xterm-256color")
        monkeypatch.setattr(sys, "stdout", Terminal())
        monkeypatch.setattr(sys, "stderr", Terminal())

    return run


def test_a_pipe_gets_the_words_alone(monkeypatch):
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    console.write([Text("NOT intact", style="bold red"), "[bold]plain[/bold]"])
    console.say("Reading …")
    console.tell("beside", Text("the result", style="bold"))
    assert sys.stdout.getvalue() == "NOT intact\n[bold]plain[/bold]\n"
    assert sys.stderr.getvalue() == "beside\nthe result\n"
    assert console.progress() is None


def test_a_terminal_gets_style_and_no_markup_of_others(watch):
    watch()
    long = "word " * 100
    console.write([Text("NOT intact", style="bold"), "[red]x[/red] :smile: 123", long])
    shown = sys.stdout.getvalue()
    assert "\x1b[1mNOT intact\x1b[0m" in shown
    assert "[red]x[/red] :smile: 123" in shown
    assert long.strip() in shown


def test_a_terminal_without_colour_gets_none(watch, monkeypatch):
    watch()
    monkeypatch.setenv("NO_COLOR", "1")
    console.write([Text("NOT intact", style="red")])
    assert sys.stdout.getvalue() == "NOT intact\n"


def test_progress_is_shown_and_wiped(watch):
    watch()
    show = console.progress()
    assert show is not None
    show(12_345)
    assert sys.stderr.getvalue() == "\r12,345"
    show(-1)
    assert sys.stderr.getvalue().endswith("\r\x1b[K")
    console.say("Reading …")
    assert sys.stderr.getvalue().endswith("Reading …\n")
