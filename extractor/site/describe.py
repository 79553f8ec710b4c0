"""Descriptions of the data: Data Package, schema.org, Croissant, codebook, and citation."""

import csv
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from extractor.export import DIALECT, load_tables, table_schema
from extractor.site.data_files import DATA, DataFile
from extractor.site.holdings import Holdings

_MEDIA = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "jsonl": "application/x-ndjson",
}
_CROISSANT_TYPES = {
    "string": "sc:Text",
    "json": "sc:Text",
    "integer": "sc:Integer",
    "decimal": "sc:Float",
    "timestamp": "sc:DateTime",
}
_CODEBOOK = (
    "table",
    "column",
    "type",
    "unit",
    "required",
    "title",
    "title_en",
    "about",
    "about_en",
    "values",
)


class AboutSite(Struct, frozen=True):
    """The site's description of itself."""

    title: str
    note: str | None = None  # shown at the top of every page
    url: str | None = None  # where it will be, ending in a slash
    date: str | None = None  # of the data
    license: str | None = None  # of the data, as an address or a name
    build: int = 1

    @property
    def cited(self) -> str:
        """A one-line citation of the data."""
        return "，".join(part for part in (self.title, self.date, self.url) if part) + "。"


def write_descriptions(site: Path, files: tuple[DataFile, ...], held: Holdings, about: AboutSite) -> None:
    """Write all descriptions of the data into a site."""
    _write(site / DATA / "datapackage.json", _package(files, about))
    told = _dataset(files, held, about)
    _write(site / "dataset.jsonld", told)
    _write(site / "croissant.json", _croissant(told, files, about))
    _write_codebook(site / DATA / "codebook.csv")
    _write_citation(site / "CITATION.cff", about, len(held.reports))


def _write(path: Path, told: dict[str, Any]) -> None:
    path.write_bytes(msgspec.json.format(msgspec.json.encode(told), indent=2) + b"\n")


def _kind(name: str) -> str:
    return name.removesuffix(".gz").rpartition(".")[2]


def _package(files: tuple[DataFile, ...], about: AboutSite) -> dict[str, Any]:
    """Return the Data Package: the CSV of each table with its schema, and the other files."""
    resources = []
    for file in sorted(files, key=lambda file: (_kind(file.name) != "csv", file.name)):
        kind = _kind(file.name)
        told: dict[str, Any] = {"name": file.name.removesuffix(".gz").replace(".", "-"), "path": file.name}
        told |= {"format": kind, "mediatype": _MEDIA[kind]}
        if file.name.endswith(".gz"):
            told["compression"] = "gz"
        if file.table and kind == "csv":
            table = load_tables()[file.table]
            told |= {
                "profile": "tabular-data-resource",
                "name": table.id,
                "title": table.title,
                "description": table.about,
                "encoding": "utf-8",
                "dialect": DIALECT | {"lineTerminator": "\n"},
                "schema": table_schema(table),
                "rowCount": file.rows,
            }
        else:
            told |= {"type": "file", "bytes": file.size, "hash": f"sha256:{file.sha256}"}
        resources.append(told)
    return {
        "profile": "data-package",
        "name": "disclosure-reports",
        "title": about.title,
        "resources": resources,
    }


def _dataset(files: tuple[DataFile, ...], held: Holdings, about: AboutSite) -> dict[str, Any]:
    """Return the description for data search engines (schema.org/Dataset)."""
    base = about.url or ""
    told: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": about.title,
        "description": f"{len(held.reports)} 份政府信息公开工作年度报告里的数字、勾稽关系和正文，"
        f"每个数附原文位置。{about.note or ''}",
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": f"{base}{DATA}/{file.name}",
                "encodingFormat": _MEDIA[_kind(file.name)],
                "contentSize": f"{file.size} B",
                "sha256": file.sha256,
            }
            for file in files
        ],
    }
    told |= {"url": about.url} if about.url else {}
    told |= {"dateModified": about.date, "datePublished": about.date} if about.date else {}
    told |= {"license": about.license} if about.license else {}
    told |= {"version": f"{about.build}.0.0", "creator": {"@type": "Organization", "name": about.title}}
    if held.years:
        told["temporalCoverage"] = f"{held.years[0]}/{held.years[-1]}"
    return told


def _croissant(dataset: dict[str, Any], files: tuple[DataFile, ...], about: AboutSite) -> dict[str, Any]:
    """Return the description in Croissant 1.0: the files, and every column of the Parquet tables."""
    base = about.url or ""
    parquet = [file for file in files if file.table and _kind(file.name) == "parquet"]
    told = dataset | {
        "@context": _CROISSANT_CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "citeAs": about.cited,
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": file.name,
                "name": file.name,
                "contentUrl": f"{base}{DATA}/{file.name}",
                "contentSize": f"{file.size} B",
                "encodingFormat": "application/x-parquet",
                "sha256": file.sha256,
            }
            for file in parquet
        ],
        "recordSet": [_record_set(file) for file in parquet],
    }
    return told


def _record_set(file: DataFile) -> dict[str, Any]:
    table = load_tables()[file.table or ""]
    return {
        "@type": "cr:RecordSet",
        "@id": table.id,
        "name": table.id,
        "description": f"{table.title} / {table.title_en}",
        "key": [{"@id": f"{table.id}/{name}"} for name in table.key],
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{table.id}/{column.id}",
                "name": column.id,
                "description": f"{column.about} / {column.about_en}",
                "dataType": _CROISSANT_TYPES[column.type],
                "source": {"fileObject": {"@id": file.name}, "extract": {"column": column.id}},
            }
            for column in table.columns
        ],
    }


def _write_codebook(path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_CODEBOOK)
        for table in load_tables().values():
            for column in table.columns:
                plain = (column.title, column.title_en, column.about, column.about_en)
                kind = (column.type, column.unit, "yes" if column.required else "no")
                writer.writerow((table.id, column.id, *kind, *plain, " ".join(column.enum)))


def _write_citation(path: Path, about: AboutSite, reports: int) -> None:
    abstract = f"{reports} 份政府信息公开工作年度报告。{about.note or ''}"
    lines = [
        "cff-version: 1.2.0",
        "message: 使用这些数据请注明出处。Please cite the data as below.",
        "type: dataset",
        f"title: {_quoted(about.title)}",
        f"abstract: {_quoted(abstract)}",
        "authors:",
        f"  - name: {_quoted(about.title)}",
    ]
    lines += [f"url: {_quoted(about.url)}"] if about.url else []
    lines += (
        [f"date-released: {_quoted(about.date)}", f"version: {_quoted(about.date)}"] if about.date else []
    )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _quoted(text: str) -> str:
    """Return a text as a YAML string; a JSON string is one."""
    return msgspec.json.encode(text).decode()


_CROISSANT_CONTEXT = {
    "@language": "zh",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
