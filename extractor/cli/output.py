"""All output of the commands: to standard output, one file, or a folder. Files are written atomically."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from extractor.cli.language import translated_line
from extractor.cli.terminal import visible
from extractor.disk import writing_to
from extractor.errors import CannotWrite, ExitCode

# Takes an input's name and its JSON, without a final newline.
Outlet = Callable[[str, bytes], None]


class OptionsDisagree(Exception):
    """The options of parse contradict each other or the file system; nothing has been done yet."""

    def __init__(self, message: str, option: str) -> None:
        """Keep the message, and the option that it is about."""
        super().__init__(message)
        self.option = option


_MAKE_ROOM = "腾出空间后再运行一次"


def write_to_stdout(data: bytes) -> None:
    """Write one line or text to standard output. End quietly if the reader has closed the pipe.

    Control characters are made visible. In JSON they only occur in strings, where the replacement means the
    same.

    Raises:
        CannotWrite: Standard output leads to a full disk, or cannot be written to.
    """
    try:
        with writing_to("标准输出", _MAKE_ROOM):
            sys.stdout.buffer.write(visible(data.decode(errors="replace")).encode() + b"\n")
            sys.stdout.buffer.flush()
    except CannotWrite as error:
        # Python flushes again on exit, which would cause an error message.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error.__cause__, BrokenPipeError):
            raise SystemExit(ExitCode.OK) from None
        raise


def write_text(text: str) -> None:
    """Write lines for people to standard output, in the current language."""
    write_to_stdout(translated_line(text).encode())


def write_file(target: Path, data: bytes) -> None:
    """Write a file completely or not at all.

    Raises:
        CannotWrite: There is no such folder, no space, or no permission.
    """
    with writing_to(target, _MAKE_ROOM):
        _replace(target, data)


def open_outlet(names: list[str], out: str | None) -> AbstractContextManager[Outlet]:
    """Choose the destination of the JSON of these inputs.

    Args:
        names: The inputs as the user gave them, "-" for standard input.
        out: None for standard output; an existing folder, or a name that ends in a
            separator, for one file per input; anything else is one file for all.

    Raises:
        OptionsDisagree: The output would overwrite an input or another output, or
            its folder does not exist.
    """
    if out is None:
        return _stdout_outlet()
    if names_a_folder(out):
        return _folder_outlet(_targets_in(Path(out), names))
    target = Path(out)
    if not target.parent.is_dir():
        raise OptionsDisagree(f"没有文件夹 {target.parent}", "-o")
    _refuse_to_overwrite_inputs([target], names)
    return _file_outlet(target)


def names_a_folder(out: str) -> bool:
    """Return whether the output is a folder: an existing one, or a name that ends in a separator."""
    return Path(out).is_dir() or out.endswith(tuple(filter(None, (os.sep, os.altsep))))


def file_name_of(name: str) -> str:
    """Return the file name of an input, "stdin" for standard input.

    >>> file_name_of("年报/云岭县.docx")
    '云岭县.docx'
    """
    return "stdin" if name == "-" else Path(name).name


def _targets_in(folder: Path, names: list[str]) -> dict[str, Path]:
    targets = {name: folder / f"{file_name_of(name)}.json" for name in names}
    by_target: dict[Path, str] = {}
    for name, target in targets.items():
        if target in by_target:
            both = f"{by_target[target]} 和 {name}"
            raise OptionsDisagree(f"{both} 都要写成 {target}，请分两次运行", "-o")
        by_target[target] = name
    _refuse_to_overwrite_inputs(list(by_target), names)
    if folder.exists() and not folder.is_dir():
        raise OptionsDisagree(f"{folder} 不是文件夹", "-o")
    return targets


def _refuse_to_overwrite_inputs(targets: list[Path], names: list[str]) -> None:
    inputs = {Path(name).resolve() for name in names if name != "-"}
    for target in targets:
        if target.resolve() in inputs:
            raise OptionsDisagree(f"{target} 是要读的文件，不能覆盖", "-o")


@contextmanager
def _stdout_outlet() -> Iterator[Outlet]:
    yield lambda name, data: write_to_stdout(data)


@contextmanager
def _folder_outlet(targets: dict[str, Path]) -> Iterator[Outlet]:
    def write(name: str, data: bytes) -> None:
        target = targets[name]
        with writing_to(target, _MAKE_ROOM):
            target.parent.mkdir(parents=True, exist_ok=True)
        write_file(target, data + b"\n")

    yield write


@contextmanager
def _file_outlet(target: Path) -> Iterator[Outlet]:
    lines: list[bytes] = []
    yield lambda name, data: lines.append(data)
    if not lines:
        return  # nothing could be read: the output of an earlier run is kept
    write_file(target, b"".join(line + b"\n" for line in lines))


def _replace(target: Path, data: bytes) -> None:
    """Replace the target by the data atomically."""
    target = target.resolve()  # keep a symbolic link as it is
    if target.exists() and not target.is_file():
        target.write_bytes(data)  # a device or a named pipe is written to, not replaced
        return
    draft = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        draft.write_bytes(data)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
