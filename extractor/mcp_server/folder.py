"""The only folder that clients may access."""

from collections.abc import Iterator
from pathlib import Path

from extractor.errors import MissingFile, Misused

_LARGEST = 64 << 20  # bytes of the largest file that is read


class GivenFolder:
    """A folder; names are relative to it and cannot lead out of it, neither by `..` nor by a link."""

    def __init__(self, path: Path) -> None:
        """Take the folder.

        Raises:
            MissingFile: It does not exist.
        """
        if not path.is_dir():
            raise MissingFile(f"{path}: 不是文件夹")
        self._root = path.resolve()

    @property
    def path(self) -> Path:
        """The path of the folder."""
        return self._root

    def file(self, name: str) -> Path:
        """Return the path of a file in the folder.

        Raises:
            Misused: The name leads out of the folder, or the file is too large.
            MissingFile: There is no such file.
        """
        if "\0" in name:
            raise Misused("文件名里有空字符")
        path = (self._root / name).resolve()
        if not path.is_relative_to(self._root):
            raise Misused("只能读给定文件夹里的文件")
        if not path.is_file():
            raise MissingFile(f"{name}: 没有这个文件；有哪些见 list_files")
        if path.stat().st_size > _LARGEST:
            raise Misused(f"{name}: 超过 {_LARGEST >> 20} MiB")
        return path

    def names(self, containing: str = "") -> Iterator[str]:
        """Yield the sorted names of the files, without hidden ones and links that lead out."""
        for path in sorted(self._root.rglob("*")):
            name = path.relative_to(self._root)
            hidden = any(part.startswith(".") for part in name.parts)
            if containing in str(name) and not hidden and path.is_file() and self._holds(path):
                yield name.as_posix()

    def _holds(self, path: Path) -> bool:
        return path.resolve().is_relative_to(self._root)
