"""The queue command: the doubtful cells of a batch, with pictures; first those that determine most others."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.options import CorrectionsOption, FormsOption
from extractor.errors import ExitCode

if TYPE_CHECKING:
    from extractor.review import QueuedCell

QUEUE_HELP = """列出 batch 结果里存疑的格，能定最多的在前：印的是什么、有哪些读法、按勾稽关系应为多少。

\b
extractor queue 结果
extractor queue 结果 -o 存疑.html       每格带图像
extractor queue 结果 --corrections corrections.jsonl --json

更正写在 corrections.jsonl，见 extractor serve 和 extractor view。
"""


def queue(
    folder: Annotated[str, typer.Argument(metavar="OUT", help="batch 的输出文件夹。")],
    out: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="写成这个 HTML 文件，带图像。")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="每格一行 JSON。")] = False,
    most: Annotated[int, typer.Option(min=1, metavar="N", help="至多列这么多格。")] = 100,
    corrections: CorrectionsOption = None,
    more_forms: FormsOption = None,
) -> None:
    """List the doubtful cells of a batch."""
    raise typer.Exit(_queue(folder, out, corrections, as_json=as_json, most=most))


def _queue(folder: str, out: str | None, corrections: str | None, *, as_json: bool, most: int) -> ExitCode:
    import msgspec

    from extractor.batch import Harvest, Limits
    from extractor.batch.again import bytes_again
    from extractor.batch.run import JOURNAL
    from extractor.cli.output import write_file, write_to_stdout
    from extractor.corrections import load_corrections, with_corrections
    from extractor.document import Source
    from extractor.errors import MissingFile
    from extractor.report import Report
    from extractor.review import pictures_of, queue_of, queue_page

    journal = Path(folder) / JOURNAL
    if not journal.is_dir():
        raise MissingFile(f"{folder}: 没有 batch 的结果，请先运行 extractor batch")
    harvest, decoder = Harvest(journal), msgspec.json.Decoder(Report)
    overlay = load_corrections(Path(corrections)) if corrections else {}
    read = {outcome.document: (outcome, data) for outcome, data in harvest.reports() if data}
    reports = {
        document: with_corrections(decoder.decode(data), overlay) for document, (_, data) in read.items()
    }
    queued = queue_of(reports.values())[:most]
    encode = msgspec.json.Encoder(decimal_format="number").encode
    if out:

        def source_of(document: str) -> Source:
            outcome, _ = read[document]
            return Source(outcome.place.name, bytes_again(document, outcome.place, Limits()))

        write_file(Path(out), queue_page(queued, pictures_of(queued, reports, source_of)))
        return ExitCode.OK
    for line in map(encode, queued) if as_json else _lines(queued):
        write_to_stdout(line)
    return ExitCode.OK


def _lines(queued: "Sequence[QueuedCell]") -> Iterator[bytes]:
    for each in queued:
        doubt = each.doubt
        asked = f"，按勾稽关系 {'、'.join(map(str, doubt.sums_say))}" if doubt.sums_say else ""
        where = f"{each.name}（{each.agency} {each.year or '年度不明'}）"
        line = f"可定 {doubt.settles} 格  {where} {doubt.cell} {doubt.label}：印“{doubt.raw}”{asked}"
        yield line.encode()
