"""What became of one document of an archive, and of each place where it was found.

A failure is data here, not an exception: one bad file among twenty thousand is a row of a
table. Codes are kebab-case and do not change.
"""

from msgspec import Struct

from extractor.report import Verdict

OK = "ok"  # a report was produced, whatever its verdict

# Code of a failure → what it means, for people. Codes that equal the name of an exit
# code (unreadable, encrypted, …) mean the same as that exit code.
FAILURES = {
    "unsupported-format": "不支持的格式",
    "unreadable": "读不出：损坏或是空文件",
    "encrypted": "有密码",
    "missing-dependency": "缺少所需的软件",
    "invalid-definition": "表格定义有误",
    "vanished": "文件不见了，或打不开",
    "changed": "读的时候文件变了",
    "too-large": "超过大小上限",
    "too-many-pages": "超过页数上限",
    "timeout": "超过时间上限，已停止",
    "memory": "超过内存上限，已停止",
    "crashed": "读它的进程崩溃了",
    "killed": "读它的进程被系统杀掉（多半是内存不足）",
    "internal": "程序出错",
    "bad-archive": "压缩包损坏，或解不开",
    "too-deep": "压缩包层数超过上限",
    "bomb": "解压后大得离谱，是压缩炸弹",
}

# Failures that other limits may turn into a report.
LIMITED = ("too-many-pages", "timeout", "memory", "killed")


class DocumentPlace(Struct, frozen=True, omit_defaults=True):
    """Where a document was found."""

    path: str  # as a person finds it: the file, or the outermost archive
    member: str | None = None  # path inside the archive, nested archives joined by "!/"
    url: str | None = None
    retrieved_at: str | None = None  # ISO 8601

    @property
    def name(self) -> str:
        """The file name alone."""
        return (self.member or self.path).replace("\\", "/").rstrip("/").rpartition("/")[2]

    def __str__(self) -> str:
        """Return the path, with the member of the archive if there is one."""
        return f"{self.path}!/{self.member}" if self.member else self.path


class Outcome(Struct, frozen=True, omit_defaults=True):
    """What became of the reading of one document."""

    document: str  # sha256 of the bytes, hexadecimal
    code: str  # "ok", or a key of FAILURES
    place: DocumentPlace  # the first place where it was found, in the order of the inputs
    size: int  # bytes
    verdict: Verdict | None = None
    message: str = ""  # in Chinese, one sentence; "" where all is well
    seconds: float = 0.0  # of wall clock, reading alone


class Sighting(Struct, frozen=True, omit_defaults=True):
    """One place where a document, or something that could not be opened, was found."""

    place: DocumentPlace
    document: str | None = None  # None: there were no bytes to read
    code: str = OK
    message: str = ""
    size: int | None = None  # bytes, where known
