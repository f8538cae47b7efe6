"""The form of the repository: what a reader may count on in every file."""

import ast
import importlib
import pkgutil
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from schouw_agent.plugins import discover

ROOT = Path(__file__).resolve().parent.parent
LONGEST_MODULE = 320

EXTENSIONS = {
    "schouw_agent.protocols": "DECODER",
    "schouw_agent.formats": "FORMAT",
    "schouw_agent.detectors": "DETECTOR",
    "schouw_collector.register_formats": "REGISTER_FORMAT",
    "schouw_collector.candidate_formats": "CANDIDATE_FORMAT",
    "schouw_collector.rules": "RULE",
    "schouw_collector.reports": "REPORT_FORMAT",
}

# What the collector may know of the agent.  The rest of it is the gateway's own business.
SHARED = {
    f"schouw_agent.{name}"
    for name in (
        "privacy.canaries",
        "errors",
        "live",
        "options",
        "order",
        "order_form",
        "pipeline",
        "plugins",
        "records",
        "report",
        "signing",
        "vocabulary",
    )
}

# Each pattern is written so that it does not find itself.
UNWANTED = {
    "a left-over": r"\b([T]ODO|[F]IXME)\b",
    "a path of one machine": r"/[w]ork/|/[f]arm/|/[o]pt/pypi|/[r]oot/|\.\./[s]hared",
    "a registry": r"[p]ypi\.org|files\.[p]ythonhosted|registry\.[n]pmjs|--(extra-)?[i]ndex-url",
    "a merge conflict": r"^(<{7}|>{7}) ",
}


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def text_of(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def module_name(path: Path) -> str:
    """Return the import name of a file of one of the two packages."""
    parts = path.relative_to(ROOT).with_suffix("").parts[1:]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path) -> Iterator[str]:
    """Yield what a file imports, also inside functions, as far as it is of this project."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def extension_modules(package: str, constant: str) -> list[ModuleType]:
    parent = importlib.import_module(package)
    modules = [
        importlib.import_module(info.name)
        for info in pkgutil.iter_modules(parent.__path__, f"{package}.")
    ]
    return [module for module in modules if hasattr(module, constant)]


def test_modules_are_short() -> None:
    lengths = {
        name_of(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in tracked("*.py")
    }
    assert lengths, "git lists no Python file"
    assert not {name: lines for name, lines in lengths.items() if lines > LONGEST_MODULE}


@pytest.mark.parametrize("what", UNWANTED)
def test_no_file_holds(what: str) -> None:
    pattern = re.compile(UNWANTED[what], re.MULTILINE)
    found = [
        f"{name_of(path)}: {match[0]}"
        for path in tracked()
        if (text := text_of(path)) is not None and (match := pattern.search(text))
    ]
    assert not found


def test_locked_requirements_have_hashes_and_no_addresses() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert not re.search(r"https?:|file:|//|^-", text, re.MULTILINE)
    entries = re.findall(r"^(\S+?)==\S+.*?(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
    blocks = re.split(r"^(?=\S)", text, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(entries) > 0
    assert not [block.split()[0] for block in blocks if "--hash=sha256:" not in block]


def test_every_dependency_is_locked_at_a_version_it_allows() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = {
        canonicalize_name(name): version
        for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;]+)", text, re.MULTILINE)
    }
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    wanted = [*project["dependencies"], *chain.from_iterable(extras)]
    missing = [
        line
        for line in wanted
        if not (requirement := Requirement(line)).specifier.contains(
            locked.get(canonicalize_name(requirement.name), "0"), prereleases=True
        )
    ]
    assert not missing, "run: make lock"


@pytest.mark.parametrize(("package", "constant"), EXTENSIONS.items())
def test_extensions_say_what_they_are(package: str, constant: str) -> None:
    found: dict[str, Any] = discover(importlib.import_module(package), constant)
    for key, extension in found.items():
        assert re.fullmatch(r"[a-z][a-z0-9_]*|D\d\d", key), key
        assert extension.title.strip(), key
        assert extension.reference.strip(), key


@pytest.mark.parametrize(("package", "constant"), EXTENSIONS.items())
def test_extensions_have_a_table_of_cases(package: str, constant: str) -> None:
    """In a module of its name, which a runner tries; rules may share one that names them."""
    side, folder = package.removeprefix("schouw_").split(".")
    tables = {
        path.stem.removeprefix("cases_").removeprefix("test_"): text
        for path in (ROOT / "tests" / side / folder).rglob("*.py")
        # A document that is written is one case: its own test is enough.
        if re.search(r"^[A-Z]+ = [\[(]", text := path.read_text("utf-8"), re.MULTILINE)
        or constant == "REPORT_FORMAT"
    }
    untested = []
    for module in extension_modules(package, constant):
        name = module.__name__.rpartition(".")[2]
        value = getattr(module, constant)
        id_ = f'"{value.id}"' if constant == "RULE" else ""
        # A module of several extensions has a table for each of them.
        wanted = [each.id for each in value] if isinstance(value, tuple) else [name]
        if not any(id_ and id_ in text for text in tables.values()):
            untested += [each for each in wanted if each not in tables]
    assert not untested


@pytest.mark.parametrize(("package", "constant"), EXTENSIONS.items())
def test_extensions_know_nothing_of_each_other(package: str, constant: str) -> None:
    """A part that two of them share is a module without the constant."""
    modules = extension_modules(package, constant)
    names = {module.__name__ for module in modules}
    crossed = [
        f"{module.__name__} imports {name}"
        for module in modules
        for name in imports_of(Path(str(module.__file__)))
        if any(name == other or name.startswith(f"{other}.") for other in names)
    ]
    assert not crossed


def test_the_collector_knows_only_the_contracts_of_the_agent() -> None:
    wrong = [
        f"{name_of(path)}: {name}"
        for path in tracked("collector/*.py")
        for name in imports_of(path)
        if name.startswith("schouw_agent.")
        and not any(name == shared or name.startswith(f"{shared}.") for shared in SHARED)
    ]
    assert not wrong


def test_only_the_pipeline_joins_the_stages() -> None:
    stages = ("capture", "detectors", "formats", "network", "protocols")
    joining = set()
    for path in tracked("agent/*.py"):
        used = {
            stage
            for stage in stages
            for name in imports_of(path)
            if name.startswith(f"schouw_agent.{stage}")
        }
        used.discard(module_name(path).split(".")[1] if "." in module_name(path) else "")
        if len(used) > 1:
            joining.add(module_name(path))
    # The expert views follow the pipeline half of the way.
    assert joining <= {"schouw_agent.pipeline", "schouw_agent.views"}


def test_the_pipeline_loads_nothing_that_a_gateway_can_do_without() -> None:
    heavy = ("jinja2", "netaddr", "rich", "scapy", "typer", "yaml")
    code = (
        "import sys, schouw_agent.pipeline;"
        f"print(*[name for name in {heavy!r} if name in sys.modules])"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    assert loaded.split() == []


def test_publiccode_says_what_the_project_says() -> None:
    """The mandatory keys of publiccode.yml 0.4, and agreement with pyproject.toml."""
    described = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    mandatory = {"publiccodeYmlVersion", "name", "url", "platforms", "categories"}
    mandatory |= {"developmentStatus", "softwareType", "description", "legal", "maintenance"}
    assert mandatory | {"localisation"} <= set(described)
    assert described["publiccodeYmlVersion"] == "0.4"
    assert described["legal"]["license"] == project["license"]
    assert described["softwareVersion"] == project["version"]
    assert set(described["description"]) == {"nl", "en"}
    for text in described["description"].values():
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000


def test_the_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    for number in range(1, 16):
        assert re.search(rf"^{number}\.[A-Z]", text, re.MULTILINE), f"article {number}"
    assert "Appendix" in text.splitlines()[172]
