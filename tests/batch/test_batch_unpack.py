"""Archives of all kinds give their documents, with names and provenance; hostile ones give a code."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from archives import NAME, PAGE, found_in, zipped
from msgspec import structs

from extractor.batch.found import Found
from extractor.batch.settings import Limits
from extractor.outcome import Sighting


def tarred(*members: tuple[str, bytes], encoding: str = "utf-8") -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", encoding=encoding, format=tarfile.GNU_FORMAT) as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return file.getvalue()


def zstandard_of(data: bytes) -> bytes:
    return pytest.importorskip("zstandard").ZstdCompressor().compress(data)


@pytest.mark.parametrize("suffix", ["zip", "tar", "tar.gz", "tar.bz2", "tar.xz", "tar.zst"])
def test_an_archive_gives_its_members_under_their_names(suffix: str, tmp_path: Path) -> None:
    pack: dict[str, Callable[[bytes], bytes]] = {
        "gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress, "zst": zstandard_of,
    }  # fmt: skip
    data = (
        zipped((NAME, PAGE), ("另.txt", b"2")) if suffix == "zip" else tarred((NAME, PAGE), ("另.txt", b"2"))
    )
    for packed in suffix.split(".")[1:]:
        data = pack[packed](data)
    path = tmp_path / "without-a-telling-name"
    path.write_bytes(data)
    found = found_in(path)
    assert [(f.place.member, f.data) for f in found if isinstance(f, Found)] == [
        (NAME, PAGE),
        ("另.txt", b"2"),
    ]
    assert {f.place.path for f in found} == {str(path)}


def test_seven_zip_gives_its_members(tmp_path: Path) -> None:
    py7zr = pytest.importorskip("py7zr")
    path = tmp_path / "年报.7z"
    with py7zr.SevenZipFile(path, "w") as archive:
        archive.writestr(PAGE, NAME)
        archive.writestr(b"2", "另.txt")
    found = found_in(path, Limits(size=1000))
    assert [(f.place.member, f.data) for f in found if isinstance(f, Found)] == [
        (NAME, PAGE),
        ("另.txt", b"2"),
    ]


def test_a_seven_zip_with_a_password_says_so(tmp_path: Path) -> None:
    py7zr = pytest.importorskip("py7zr")
    path = tmp_path / "年报.7z"
    with py7zr.SevenZipFile(path, "w", password="云岭") as archive:
        archive.writestr(PAGE, NAME)
    (trouble,) = found_in(path)
    assert isinstance(trouble, Sighting)
    assert trouble.code == "encrypted"


def test_a_compressed_file_alone_is_the_file(tmp_path: Path) -> None:
    path = tmp_path / "年报.html.gz"
    path.write_bytes(gzip.compress(PAGE))
    (found,) = found_in(path)
    assert isinstance(found, Found)
    assert (found.place.member, found.data) == ("年报.html", PAGE)


def test_a_word_file_is_a_document_and_no_archive(tmp_path: Path) -> None:
    data = zipped(("[Content_Types].xml", b""), ("word/document.xml", b""))
    (tmp_path / "年报.docx").write_bytes(data)
    (tmp_path / "年报.zip").write_bytes(zipped(("年报.docx", data)))
    for name in ("年报.docx", "年报.zip"):
        (found,) = found_in(tmp_path / name)
        assert isinstance(found, Found)
        assert found.data == data


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_of_old_zips_come_out_right(encoding: str, tmp_path: Path) -> None:
    placeholder = "n" * len(NAME.encode(encoding))
    data = zipped((placeholder, PAGE)).replace(placeholder.encode(), NAME.encode(encoding))
    (tmp_path / "旧.zip").write_bytes(data)
    (found,) = found_in(tmp_path / "旧.zip")
    assert found.place.member == NAME


def test_names_of_old_tars_come_out_right(tmp_path: Path) -> None:
    (tmp_path / "旧.tar").write_bytes(tarred((NAME, PAGE), encoding="gb18030"))
    (found,) = found_in(tmp_path / "旧.tar")
    assert found.place.member == NAME


def test_archives_in_archives_are_opened_and_the_way_is_kept(tmp_path: Path) -> None:
    inner = zipped((NAME, PAGE))
    (tmp_path / "外.zip").write_bytes(zipped(("内.tar.gz", gzip.compress(tarred(("里.zip", inner))))))
    (found,) = found_in(tmp_path / "外.zip")
    assert found.place.member == f"内.tar.gz!/里.zip!/{NAME}"
    assert found.place.name == "云岭县档案局年报.html"


def test_archives_nested_too_deep_are_told_of(tmp_path: Path) -> None:
    data = zipped((NAME, PAGE))
    for _ in range(6):
        data = zipped(("内.zip", data), ("旁.txt", b"1"))
    (tmp_path / "深.zip").write_bytes(data)
    codes = [f.code for f in found_in(tmp_path / "深.zip") if isinstance(f, Sighting)]
    assert codes == ["too-deep"]


def test_a_member_that_unpacks_without_end_is_not_unpacked(tmp_path: Path) -> None:
    (tmp_path / "弹.zip").write_bytes(zipped(("零.html", bytes(64 << 20)), (NAME, PAGE)))
    bomb, page = found_in(tmp_path / "弹.zip", Limits(size=1 << 20))
    assert isinstance(bomb, Sighting)
    assert bomb.code == "too-large"
    assert isinstance(page, Found)


def test_a_stream_that_unpacks_without_end_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extractor.batch.archive.GIBIBYTE", 1 << 20)
    data = tarred(*((f"{n}.html", bytes(1 << 20)) for n in range(16)))
    (tmp_path / "弹.tar.gz").write_bytes(gzip.compress(data))
    last = found_in(tmp_path / "弹.tar.gz", Limits(size=1 << 19))[-1]
    assert isinstance(last, Sighting)
    assert last.code == "bomb"


def test_too_many_members_are_a_bomb(tmp_path: Path) -> None:
    (tmp_path / "多.zip").write_bytes(zipped(*((f"{n}.txt", b"1") for n in range(5))))
    found = found_in(tmp_path / "多.zip", Limits(members=3))
    assert [f.code for f in found if isinstance(f, Sighting)] == ["bomb"]
    assert sum(isinstance(f, Found) for f in found) == 3


@pytest.mark.parametrize("suffix", ["zip", "tar", "tar.gz", "gz", "7z"])
def test_a_damaged_archive_gives_what_came_before_and_its_code(suffix: str, tmp_path: Path) -> None:
    noise = b"".join(str(n).encode() for n in range(30_000))
    whole = {
        "zip": zipped((NAME, PAGE), ("后.html", noise)),
        "tar": tarred((NAME, PAGE), ("后.html", noise)),
        "tar.gz": gzip.compress(tarred((NAME, PAGE), ("后.html", noise))),
        "gz": gzip.compress(noise),
        "7z": b"7z\xbc\xaf\x27\x1c" + noise,
    }[suffix]
    (tmp_path / "坏").write_bytes(whole[: len(whole) // 2])
    *_, last = found_in(tmp_path / "坏")
    assert isinstance(last, Sighting)
    assert last.code == "bad-archive"
    assert last.message


def test_a_member_with_a_password_does_not_keep_the_others(tmp_path: Path) -> None:
    data = bytearray(zipped(("密.html", PAGE), (NAME, PAGE)))
    local, central = data.index(b"PK\x03\x04"), data.index(b"PK\x01\x02")
    data[local + 6] |= 1
    data[central + 8] |= 1
    (tmp_path / "密.zip").write_bytes(data)
    locked, page = found_in(tmp_path / "密.zip")
    assert isinstance(locked, Sighting)
    assert locked.code == "encrypted"
    assert isinstance(page, Found)


def test_a_member_whose_sum_is_wrong_does_not_keep_the_others(tmp_path: Path) -> None:
    data = zipped(("坏.html", PAGE), (NAME, b"2"), compression=zipfile.ZIP_STORED).replace(PAGE, PAGE[::-1])
    (tmp_path / "坏.zip").write_bytes(data)
    damaged, page = found_in(tmp_path / "坏.zip")
    assert isinstance(damaged, Sighting)
    assert damaged.code == "bad-archive"
    assert isinstance(page, Found)


def test_two_members_of_one_name_are_two_places(tmp_path: Path) -> None:
    (tmp_path / "重.tar").write_bytes(tarred((NAME, b"1"), (NAME, b"2")))
    assert [found.place.member for found in found_in(tmp_path / "重.tar")] == [NAME, f"{NAME}#2"]


def test_by_products_of_systems_are_no_documents(tmp_path: Path) -> None:
    names = ["__MACOSX/._年报.html", ".DS_Store", "~$年报.docx", "Thumbs.db", NAME]
    (tmp_path / "杂.zip").write_bytes(zipped(*((name, PAGE) for name in names)))
    (found,) = found_in(tmp_path / "杂.zip")
    assert found.place.member == NAME


def test_a_tar_that_declares_more_than_it_holds_is_damaged_at_once(tmp_path: Path) -> None:
    info = tarfile.TarInfo("大.html")
    info.size = 2**50
    (tmp_path / "卷.tar").write_bytes(info.tobuf(tarfile.GNU_FORMAT) + PAGE)
    (found,) = found_in(tmp_path / "卷.tar")
    assert isinstance(found, Sighting)
    assert found.code == "bad-archive"


def test_a_compressed_tar_that_declares_more_than_may_be_unpacked_is_a_bomb(tmp_path: Path) -> None:
    info = tarfile.TarInfo("大.html")
    info.size = 2**50
    (tmp_path / "卷.tar.gz").write_bytes(gzip.compress(info.tobuf(tarfile.GNU_FORMAT) + PAGE))
    (found,) = found_in(tmp_path / "卷.tar.gz")
    assert isinstance(found, Sighting)
    assert found.code == "bomb"


def test_limits_are_those_of_the_outermost_archive(tmp_path: Path) -> None:
    inner = zipped(*((f"{n}.txt", b"1") for n in range(3)))
    (tmp_path / "外.zip").write_bytes(zipped(("一.zip", inner), ("二.zip", inner + b"\0")))
    found = found_in(tmp_path / "外.zip", structs.replace(Limits(), members=6))
    assert [f.code for f in found if isinstance(f, Sighting)] == ["bomb"]
