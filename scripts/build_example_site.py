"""Builds the example of `extractor site`: the fixtures, and 500 generated reports of five years.

    python scripts/build_example_site.py build/register

Every number and sentence is invented, and every page says so. Where npm has installed what scripts/npm names
(`npm ci --prefix scripts/npm`), the site has a page of questions.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.corpus.yearly import make_yearly_archive  # noqa: E402

REPORTS = 500
TITLE = "政府信息公开工作年度报告登记簿（示例）"
NOTE = (
    "示例：地名是真的，每个数字、每句话都是虚构的。"
    "An example: the places are real, every number and sentence is invented."
)
NPM = ROOT / "scripts" / "npm"


def build_example(out: Path, reports: int = REPORTS) -> None:
    """Draw the archive, read it with the fixtures, and build the site."""
    with tempfile.TemporaryDirectory() as scratch:
        archive, results = Path(scratch) / "archive", Path(scratch) / "results"
        listed = make_yearly_archive(archive, reports)
        samples = sorted((ROOT / "fixtures" / "cases").glob("*/source.*"))
        sources = [*map(str, samples), str(archive / "reports")]
        # Some fixtures are there because they cannot be read: the batch says so, and goes on.
        given = ("--metadata", str(listed), "--fail-over", "50%", "-q")
        _extractor("batch", *sources, "-o", str(results), *given)
        questions = ("--duckdb", str(NPM)) if (NPM / "node_modules").is_dir() else ()
        _extractor("site", str(results), "-o", str(out), "--title", TITLE, "--note", NOTE, *questions)


def _extractor(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "extractor", *arguments], check=True, cwd=ROOT)


def main() -> int:
    """Build the site where the first argument says."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("out", type=Path)
    arguments.add_argument("--reports", type=int, default=REPORTS)
    options = arguments.parse_args()
    options.out.parent.mkdir(parents=True, exist_ok=True)
    build_example(options.out.resolve(), options.reports)
    return 0


if __name__ == "__main__":
    sys.exit(main())
