"""Builds one folder that runs without Python: for a desk where nothing may be installed.

    python scripts/bundle.py                          dist/extractor/
    python scripts/bundle.py --extras archive,ocr     with what reads scans, too

Run it on the system that the folder is for: PyInstaller builds for its own system alone. The packages
come from the index that pip uses, into an environment of their own. What was built is tried before the
script ends: a report is read, and a folder is checked by worker processes.
"""

import argparse
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent
PYINSTALLER = "pyinstaller>=6.10,<7"
NAME = "extractor"
# Packages that read files of their own, or import modules by name.
WITH_DATA = ("docx", "jieba", "pdfminer", "pdfplumber", "pypdfium2", "pypdfium2_raw", "rapidfuzz", "rich")
# A batch tells by their versions, too, whether the same reader goes on.
WITH_VERSIONS = (
    *("beautifulsoup4", "jieba", "lxml", "pdfplumber", "pypdfium2", "python-docx", "rapidfuzz", "selectolax"),
)
OF_EXTRAS = {"ocr": ("rapidocr",), "archive": ("duckdb", "fastwarc", "py7zr"), "serve": ("uvicorn",)}
ENTRY = """\
import multiprocessing

from extractor.cli import main

if __name__ == "__main__":
    multiprocessing.freeze_support()  # a worker process starts this program again
    main()
"""


def main() -> int:
    """Build, try, and say where it lies."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--extras", default="archive", help="extras of pyproject.toml, separated by commas")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="the folder to build in")
    arguments = parser.parse_args()
    extras = [extra for extra in arguments.extras.split(",") if extra]
    work = ROOT / "build" / "bundle"
    python = environment_with(work / "venv", extras)
    program = build(python, work, arguments.out.resolve(), extras)
    attempt(program, work)
    size = sum(file.stat().st_size for file in program.parent.rglob("*") if file.is_file())
    print(f"{program}: {size / 1e6:.0f} MB in {program.parent}")
    return 0


def environment_with(folder: Path, extras: list[str]) -> Path:
    """Make an environment with this project, and return its interpreter."""
    venv.create(folder, with_pip=True, clear=True)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    project = f"{ROOT}[{','.join(extras)}]" if extras else str(ROOT)
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", project, PYINSTALLER)
    return python


def build(python: Path, work: Path, out: Path, extras: list[str]) -> Path:
    """Run PyInstaller and return the program.

    The sources lie in the folder too: a batch tells by them whether the same reader goes on.
    """
    entry = work / "run.py"  # not by the name of the package, which it would hide
    entry.write_text(ENTRY, encoding="utf-8")
    collected = [*WITH_DATA, *(package for extra in extras for package in OF_EXTRAS.get(extra, ()))]
    run(
        *(python, "-m", "PyInstaller", "--noconfirm", "--onedir", "--console", "--name", NAME),
        *("--distpath", out, "--workpath", work / "work", "--specpath", work, "--log-level", "WARN"),
        *("--collect-submodules", "extractor", "--copy-metadata", "disclosure-report-extractor"),
        *("--add-data", f"{ROOT / 'extractor'}{os.pathsep}extractor"),
        *(option for package in collected for option in ("--collect-data", package)),
        *(option for name in WITH_VERSIONS for option in ("--copy-metadata", name)),
        entry,
    )
    return out / NAME / (f"{NAME}.exe" if os.name == "nt" else NAME)


def attempt(program: Path, work: Path) -> None:
    """Read a report and check a folder with what was built."""
    run(program, "--version")
    report = ROOT / "fixtures" / "cases" / "docx-same-report" / "source.docx"
    run(program, "parse", report, "-o", work / "read.json")
    run(
        program,
        "batch",
        report.parent,
        "-o",
        work / "batch",
        "--to",
        "csv",
        "--force",
        "--quiet",
        codes=(0, 9),
    )


def run(*command: object, codes: tuple[int, ...] = (0,)) -> None:
    """Run a program; end with its message where it fails."""
    words = [str(word) for word in command]
    done = subprocess.run(words, check=False)
    if done.returncode not in codes:
        sys.exit(f"{' '.join(words)}: {done.returncode}")


if __name__ == "__main__":
    sys.exit(main())
