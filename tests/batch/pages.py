"""Pages to run batches on, made of the project's own samples."""

from pathlib import Path

SAMPLES = Path(__file__).parents[2] / "fixtures" / "cases"


def make_reports(folder: Path, count: int) -> list[Path]:
    """Write `count` web pages that differ into a folder."""
    page = (SAMPLES / "html-plain-2021" / "source.html").read_bytes()
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"年报{number:04}.html" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_bytes(page + f"<!-- {number} -->".encode())
    return paths
