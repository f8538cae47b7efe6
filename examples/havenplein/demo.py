"""Audit the example square twice, compare, tamper, and look for leaks: what `make demo` runs."""

import re
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from leaks import find_leaks, read_values

from schouw_collector.change.changes import compare
from schouw_collector.config import language
from schouw_collector.evidence.verification import read_verified
from schouw_collector.saying.terminal import headline
from schouw_collector.saying.wording import Wording

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
OUT = ROOT / "out" / "demo"
FINGERPRINT = re.compile(r"(?:[0-9a-f]{4} ){7}[0-9a-f]{4}")
TAKES = ("2026-05", "2026-09")
TEXTS: Mapping[str, Mapping[str, str]] = {
    "nl": {
        "changed": "Sinds de eerste opname: {what}",
        "unchanged": "niets veranderd",
        "about": "Dit zijn twee opnamen van het Havenplein, een verzonnen plein: mei en september "
        "2026. Wie er wat verstuurt: examples/havenplein/README.md",
        "used": "Gebruikt: {seconds:.1f} s en hoogstens {megabytes:.0f} MB geheugen voor {frames} "
        "netwerkpakketten.",
        "leaks": "Lekcontrole: {values} verzonnen kentekens, namen, wachtwoorden, beelden en "
        "dergelijke gezocht in {files} bestanden en alle uitvoer: {found}.",
        "none": "geen gevonden",
        "some": "GEVONDEN: {places}",
        "verify": "Bewijsmap gecontroleerd: {verdict}",
        "tampered": "Een kopie waarin één oordeel is veranderd: {verdict}",
        "report": "Rapport, om te openen in een browser: {path}",
        "failed": "De demo is mislukt bij: {what}",
    },
    "en": {
        "changed": "Since the first recording: {what}",
        "unchanged": "nothing changed",
        "about": "These are two recordings of Havenplein, an invented square: May and September "
        "2026. Who sends what there: examples/havenplein/README.md",
        "used": "Used: {seconds:.1f} s and at most {megabytes:.0f} MB of memory for {frames} "
        "network packets.",
        "leaks": "Leak check: {values} invented plates, names, passwords, images and the like "
        "sought in {files} files and all output: {found}.",
        "none": "none found",
        "some": "FOUND: {places}",
        "verify": "Evidence folder verified: {verdict}",
        "tampered": "A copy with one verdict changed: {verdict}",
        "report": "Report, to open in a browser: {path}",
        "failed": "The demo failed at: {what}",
    },
}


class Demo:
    """The commands of the demo, and everything that they printed."""

    def __init__(self, tongue: str, out: Path) -> None:
        self.tongue = tongue
        self.out = out
        self.texts = TEXTS[tongue]
        self.printed: list[str] = []

    def schouw(self, *words: str | Path, expect: int) -> str:
        """Run the installed command and return what it printed; end the demo if it fails."""
        command = [str(Path(sys.executable).parent / "schouw"), *map(str, words)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        self.printed += [done.stdout, done.stderr]
        # A program that stumbles ends with 1 too, but then it says so on the standard error.
        if done.returncode != expect or done.stderr:
            sys.stderr.write(done.stdout + done.stderr)
            raise SystemExit(self.texts["failed"].format(what=f"schouw {words[0]}"))
        return done.stdout

    def say(self, key: str, **values: object) -> None:
        """Print one of the demo's own lines."""
        print(self.texts[key].format(**values))

    def check(self, take: str) -> tuple[Path, str]:
        """Check one capture against the register; return its evidence folder and the signer."""
        folder = self.out / take
        said = self.schouw(
            *("check", HERE / f"havenplein-{take}.pcapng"),
            *("--register", HERE / "register.json", "--bindings", HERE / "bindings.yaml"),
            *("--order", HERE / "order.toml", "--language", self.tongue, "--output", folder),
            # A key of its own, so that trying Schouw leaves nothing in the home folder.
            *("--key", self.out / "signing-key.pem"),
            expect=1,
        )
        found = FINGERPRINT.search(said)
        return folder, found[0] if found else ""

    def first_screen(self, first: Path, later: Path) -> int:
        """Print eight lines on the two checks; return how many frames they rest on."""
        words = Wording(self.tongue)
        old, report = read_verified(first)
        new, _ = read_verified(later)
        # Without the first line, which says what was looked at: here that is known.
        for line in headline(old, report, words)[1:]:
            print(line)
        changes = compare(old, new).changes
        what = words.of(changes[0].text) if changes else self.texts["unchanged"]
        self.say("changed", what=what)
        return old.coverage.frames + new.coverage.frames

    def verify(self, folder: Path, fingerprint: str) -> None:
        """Show that the folder verifies, and a copy with one word changed does not."""
        trust = ("--trust", fingerprint, "--language", self.tongue)
        self.say("verify", verdict=_first(self.schouw("verify", folder, *trust, expect=0)))
        copy = self.out / "tampered"
        shutil.copytree(folder, copy)
        file = copy / "assessment.json"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace('"undeclared"', '"declared_and_observed"', 1), "utf-8")
        said = self.schouw("verify", copy, *trust, expect=1).splitlines()
        self.say("tampered", verdict=" ".join(line.strip() for line in said[:2]))
        shutil.rmtree(copy)

    def leak_check(self) -> bool:
        """Return whether none of the seeded values stands in what was written or printed."""
        values = read_values(HERE / "seeded.json")
        written = {
            str(file.relative_to(self.out)): file.read_bytes()
            for file in sorted(self.out.rglob("*"))
            if file.is_file()
        }
        found = find_leaks(values, {**written, "output": "".join(self.printed).encode()})
        places = self.texts["some"].format(places=", ".join(found[:5]))
        count = sum(map(len, values.values()))
        self.say(
            "leaks", values=count, files=len(written), found=places if found else self.texts["none"]
        )
        return not found


def _first(text: str) -> str:
    return text.splitlines()[0] if text else ""


def main() -> None:
    """Run the demo; exit 1 if something leaked or a command failed.

    It writes to the new folder that is given, else anew to `out/demo`.
    """
    out = Path(sys.argv[1]).resolve() if sys.argv[1:] else OUT
    if out == OUT:
        shutil.rmtree(OUT, ignore_errors=True)
    out.mkdir(parents=True)
    demo = Demo(language(), out)
    start = time.monotonic()
    (first, signer), (later, _) = (demo.check(take) for take in TAKES)
    seconds = time.monotonic() - start
    kilobytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    demo.schouw("compare", first, later, "--language", demo.tongue, expect=1)
    frames = demo.first_screen(first, later)
    print()
    demo.say("about")
    demo.say("used", seconds=seconds, megabytes=kilobytes / 1024, frames=frames)
    demo.verify(first, signer)
    clean = demo.leak_check()
    demo.say("report", path=first / f"report.{demo.tongue}.html")
    raise SystemExit(not clean)


if __name__ == "__main__":
    main()
