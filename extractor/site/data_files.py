"""The data of a site: the tables to download, what describes them, and the API as files."""

import shutil
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import msgspec

from extractor.errors import Misused
from extractor.site.holdings import HeldReport, Holdings, RegisteredBody

_NEWEST = 100  # entries of the feed
DATA = "data"


def copy_data(folder: Path, site: Path) -> list[str]:
    """Copy the files that the descriptor of a batch names, and the descriptor; return their names."""
    descriptor = (folder / "datapackage.json").read_bytes()
    names = [resource["path"] for resource in msgspec.json.decode(descriptor)["resources"]]
    flat = [name for name in names if isinstance(name, str) and Path(name).name == name]
    (site / DATA).mkdir()
    for name in ["datapackage.json", *flat]:
        if not (folder / name).is_file():
            raise Misused(f"{folder / name}: datapackage.json 里有而文件不在，请再运行一次 batch")
        shutil.copyfile(folder / name, site / DATA / name)
    return ["datapackage.json", *sorted(flat)]


def write_dataset(site: Path, files: list[str], held: Holdings) -> None:
    """Write the description that search engines of data read (schema.org/Dataset)."""
    told: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": "政府信息公开工作年度报告数据",
        "description": f"{len(held.reports)} 份政府信息公开工作年度报告里的数字、勾稽关系和正文，"
        "每个数附原文位置。",
        "distribution": [
            {"@type": "DataDownload", "contentUrl": f"{DATA}/{name}", "encodingFormat": Path(name).suffix[1:]}
            for name in files
        ],
    }
    if held.years:
        told["temporalCoverage"] = f"{held.years[0]}/{held.years[-1]}"
    (site / "dataset.jsonld").write_bytes(msgspec.json.format(msgspec.json.encode(told)) + b"\n")


def write_agency(site: Path, body: RegisteredBody) -> None:
    """Write what is known of a body, for programs."""
    told = {
        "id": body.id,
        "name": body.name,
        "province": body.province,
        "prefecture": body.prefecture,
        "reports": [
            {
                "year": report.year,
                "document": report.document,
                "verdict": report.verdict,
                "used": report.used,
                "withdrawn": report.withdrawn,
                "published": report.published,
                "url": report.url,
                "requests_received": report.received,
                "report": f"../report/{report.document}.json",
            }
            for report in body.reports
        ],
    }
    path = site / "api" / "v1" / "agency" / f"{body.key}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.encode(told))


def write_feed(site: Path, reports: tuple[HeldReport, ...]) -> bool:
    """Write the newest reports as an Atom feed. Those of no known day are left out; no day, no feed."""
    dated = sorted(((r.dated, r.document, r) for r in reports if r.dated), reverse=True)[:_NEWEST]
    if not dated:
        return False
    entries = [
        f"<entry><id>urn:sha256:{escape(report.document)}</id>"
        f"<title>{_text(report.title or report.name)}</title>"
        f'<updated>{escape(day)}T00:00:00Z</updated><link href="{escape(report.page)}"/></entry>'
        for day, _, report in dated
    ]
    feed = (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        "<id>urn:extractor:site</id><title>政府信息公开工作年度报告</title>"
        f"<author><name>extractor</name></author><updated>{escape(dated[0][0])}T00:00:00Z</updated>"
        f"{''.join(entries)}</feed>\n"
    )
    (site / "feed.xml").write_text(feed, encoding="utf-8", newline="\n")
    return True


def _text(text: str) -> str:
    """Return a text for XML, without the control characters that XML cannot hold."""
    return escape("".join(char for char in text if char.isprintable()))
