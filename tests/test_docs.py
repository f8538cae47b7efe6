"""The docs say what the program does: all of it, and nothing that has gone."""

import importlib
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from schouw_agent.order import read_order
from schouw_agent.plugins import discover
from schouw_agent.vocabulary import CATEGORIES
from schouw_collector.binding.binding import read_bindings
from schouw_collector.registers.register_map import read_register_map
from schouw_collector.registers.register_reading import read_register
from schouw_collector.schemas import SCHEMAS, schema

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = {"schouw": "schouw_collector.cli", "schouw-agent": "schouw_agent.cli"}
EXTENSIONS = {
    "DECODER": "schouw_agent.protocols",
    "FORMAT": "schouw_agent.formats",
    "DETECTOR": "schouw_agent.detectors",
    "REGISTER_FORMAT": "schouw_collector.register_formats",
    "CANDIDATE_FORMAT": "schouw_collector.candidate_formats",
    "RULE": "schouw_collector.rules",
    "REPORT_FORMAT": "schouw_collector.reports",
}


def pages() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--", "*.md"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def commands(program: str) -> Iterator[tuple[str, Any]]:
    """Yield each command with the words that call it."""
    app = importlib.import_module(PROGRAMS[program]).app
    waiting = [(program, typer.main.get_command(app))]
    while waiting:
        words, command = waiting.pop()
        yield words, command
        waiting += [
            (f"{words} {name}", part) for name, part in getattr(command, "commands", {}).items()
        ]


def section(page: str, title: str) -> str:
    """Return what stands under a heading, up to the next one of any level."""
    match = re.search(
        rf"^#+ `?{re.escape(title)}`?$(.*?)(?=^#+ |\Z)", page, re.MULTILINE | re.DOTALL
    )
    return match[1] if match else ""


def anchors(page: str) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", page, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_generated_pages_are_fresh() -> None:
    makefile = read("Makefile")
    names = re.findall(r"^GENERATED := (.+)$", makefile, re.MULTILINE)[0].split()
    with_cog = {
        str(page.relative_to(ROOT))
        for page in pages()
        if "[[[cog" in page.read_text(encoding="utf-8")
    }
    assert with_cog == set(names)
    done = subprocess.run(
        [sys.executable, "-m", "cogapp", "-I", "docs", "--check", *names],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"run: make docs\n{done.stdout}{done.stderr}"


@pytest.mark.parametrize("program", PROGRAMS)
def test_no_line_of_help_is_cut_off_at_eighty_columns(program: str) -> None:
    cut = [
        f"{words}: {line.strip()}"
        for words, command in commands(program)
        if hasattr(command, "commands")
        for line in command.get_help(typer.Context(command, terminal_width=80)).splitlines()[1:]
        if line.endswith("...")
    ]
    assert cut == []


def test_every_file_that_a_page_names_is_there() -> None:
    named = [
        (page.relative_to(ROOT), name)
        for page in pages()
        for name in re.findall(
            r"`((?:agent|collector|docs|examples|tests)/[\w./-]+)`", page.read_text()
        )
        if not re.search(r"[A-Z]{3}", name)  # NAME and TARGET stand for any
    ]
    assert len(named) > 20
    assert [row for row in named if not (ROOT / row[1]).exists()] == []


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_command_and_option_is_documented(program: str) -> None:
    page = read("docs/cli.md")
    missing = []
    for words, command in commands(program):
        text = section(page, words)
        assert (command.help or "").strip(), f"{words} has no help"
        missing += [] if text else [words]
        for parameter in command.params:
            names = [*parameter.opts, *parameter.secondary_opts]
            if parameter.param_type_name == "option":
                assert parameter.help, f"{words} {parameter.name} has no help"
            else:
                names = [parameter.metavar or parameter.name]
            missing += [f"{words} {name}" for name in names if name not in text]
    assert not missing


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_documented_command_exists(program: str) -> None:
    known = {words for words, _ in commands(program)}
    headings = re.findall(rf"^### `({program}(?: [^`]*)?)`$", read("docs/cli.md"), re.MULTILINE)
    assert set(headings) == known


@pytest.mark.parametrize("program", PROGRAMS)
def test_pages_show_only_options_that_exist(program: str) -> None:
    options = {
        name
        for _, command in commands(program)
        for parameter in command.params
        for name in (*parameter.opts, *parameter.secondary_opts)
    }
    unknown = [
        f"{page.name}: {line}"
        for page in pages()
        for line in re.findall(rf"(?:^\$ |`){program} ([^`\n]*)", page.read_text(encoding="utf-8"))
        for option in re.findall(r"(?<!\S)(--[a-z-]+)", line)
        if option not in options | {"--help"}
    ]
    assert not unknown


@pytest.mark.parametrize("constant", EXTENSIONS)
def test_every_extension_is_documented(constant: str) -> None:
    page = read("docs/extensions.md")
    found = discover(importlib.import_module(EXTENSIONS[constant]), constant)
    assert not [key for key in found if f"| `{key}` | " not in page]


def test_every_category_is_documented() -> None:
    page = read("docs/extensions.md")
    assert not [key for key in CATEGORIES if f"| `{key}` | " not in page]


def test_every_kind_of_extension_can_be_found_in_contributing() -> None:
    opening = read("CONTRIBUTING.md").partition("## Working on it")[0]
    assert opening.startswith("# Contributing\n\n## I want to add a …\n")
    for constant, package in EXTENSIONS.items():
        assert f"`{constant}`" in opening
        assert f"/{package.replace('.', '/')}/NAME.py`" in opening


def test_every_dependency_has_its_reason() -> None:
    reasons = read("docs/architecture.md").partition("## Dependencies")[2]
    project = tomllib.loads(read("pyproject.toml"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *(line for extra in extras.values() for line in extra)]
    names = {re.split(r"[<>=!~\[; ]", line)[0] for line in wanted}
    names -= {name for name in names if name.startswith("types-")}
    aliases = {"cogapp": "cog", "pytest-xdist": "xdist"}
    assert not [name for name in names if aliases.get(name, name) not in reasons]


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_links_resolve(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"(https?|mailto):", target):
            continue
        name, _, anchor = target.partition("#")
        path = (page.parent / name).resolve() if name else page
        if not path.exists() or (
            anchor and anchor not in anchors(path.read_text(encoding="utf-8"))
        ):
            broken.append(target)
    assert not broken


def test_examples_of_declared_files_can_be_read() -> None:
    page = read("docs/registers.md")
    examples = {
        re.search(r"/schema/([a-z-]+)/", text)[1]: text.encode()  # type: ignore[index]
        for text in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    }
    (order,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    assert not read_register("register.yaml", examples["register"]).errors
    assert read_bindings("bindings.yaml", examples["bindings"]).overrides
    assert read_register_map("map.yaml", examples["register-map"]).columns
    (more,) = re.findall(r"```yaml\n(.*?)```", read("docs/binding.md"), re.DOTALL)
    assert read_bindings("bindings.yaml", more.encode()).undeclared
    assert read_order("order.toml", order.encode()).exclusions


def test_commands_of_the_readme_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))
    for name in ("README.md", "CONTRIBUTING.md"):
        assert set(re.findall(r"`?make ([a-z]+)`?", read(name))) <= targets | {"and", "it"}


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_are_those_of_the_program(name: str) -> None:
    assert json.loads(read(f"docs/schemas/{name}.json")) == schema(name)
