"""Write what the docs hold that the program makes: JSON Schemas, a sample report, its picture.

`make docs` runs it.  The picture needs Chromium and is left as it is without it.
"""

import json
import shutil
import tempfile
from pathlib import Path

from typer.testing import CliRunner

from schouw_collector.cli import app
from schouw_collector.schemas import SCHEMAS, schema

DOCS = Path(__file__).resolve().parent
SQUARE = DOCS.parent / "examples" / "havenplein"
REPORTS = ("report.nl.html", "report.en.html")
CHROMIUM = shutil.which("chromium")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip


def write_schemas() -> None:
    for name in SCHEMAS:
        text = json.dumps(schema(name), ensure_ascii=False, indent=2)
        (DOCS / "schemas" / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def write_sample() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "evidence"
        command = ["check", str(SQUARE / "havenplein-2026-05.pcapng")]
        for option, name in (
            ("register", "register.json"), ("bindings", "bindings.yaml"), ("order", "order.toml"),
        ):  # fmt: skip
            command += [f"--{option}", str(SQUARE / name)]
        command += ["--output", str(folder), "--key", str(Path(scratch) / "key.pem")]
        result = CliRunner().invoke(app, command)
        if result.exit_code != 1:
            raise SystemExit(result.output)
        for name in REPORTS:
            shutil.copy(folder / name, DOCS / "sample" / name)


def write_picture() -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = browser.new_page(viewport={"width": 1200, "height": 1060})
        page.goto((DOCS / "sample" / "report.en.html").as_uri())
        page.screenshot(path=DOCS / "images" / "report.png")
        browser.close()


if __name__ == "__main__":
    for folder in ("schemas", "sample", "images"):
        (DOCS / folder).mkdir(exist_ok=True)
    write_schemas()
    write_sample()
    if CHROMIUM:
        write_picture()
