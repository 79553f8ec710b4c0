"""From an archive to a chart: requests received by year and region, as an SVG that a browser opens.

    extractor batch 年报/ -o 结果
    python scripts/chart_requests.py 结果 申请数量.svg

It shows how the tables are used: load(), a query over a ready view, and what is drawn of it.
"""

import argparse
import sys
from collections import defaultdict
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import extractor  # noqa: E402

# Only editions of 2019 and 2021: their 新收 mean the same, that of 2014 only nearly (see `concepts`).
REQUESTS = """
    SELECT year, coalesce(substr(region_code, 1, 2) || '0000', '未知') AS province, sum(received) AS received
    FROM requests
    WHERE edition IN ('2019', '2021') AND received IS NOT NULL
    GROUP BY ALL ORDER BY ALL
"""

_WIDTH, _HEIGHT, _EDGE = 900, 420, 60
_COLOURS = ("#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b", "#e377c2", "#7f7f7f")

Series = dict[str, dict[int, float]]  # region → year → requests


def requests_by_region(folder: Path) -> Series:
    """Return the requests of each year by region."""
    series: Series = defaultdict(dict)
    with extractor.load(folder) as tables:
        for row in tables.query(REQUESTS).to_pylist():
            series[row["province"]][row["year"]] = row["received"]
    return series


def chart(series: Series) -> str:
    """Return a line chart as SVG."""
    years = sorted({year for values in series.values() for year in values})
    highest = max((value for values in series.values() for value in values.values()), default=1) or 1

    def point(year: int, value: float) -> str:
        across = years.index(year) / max(1, len(years) - 1)
        x = _EDGE + across * (_WIDTH - 2 * _EDGE)
        return f"{x:.1f},{_HEIGHT - _EDGE - value / highest * (_HEIGHT - 2 * _EDGE):.1f}"

    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT}" font-size="12">']
    parts.append(f'<text x="{_EDGE}" y="24" font-size="16">各地每年新收政府信息公开申请（件）</text>')
    for year in years:
        x, y = point(year, 0).split(",")
        parts.append(f'<text x="{x}" y="{float(y) + 20}" text-anchor="middle">{year}</text>')
    for number, (region, values) in enumerate(sorted(series.items())):
        colour = _COLOURS[number % len(_COLOURS)]
        points = " ".join(point(year, values[year]) for year in years if year in values)
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        y = _EDGE + 16 * number
        parts.append(f'<text x="{_WIDTH - _EDGE + 4}" y="{y}" fill="{colour}">{escape(region)}</text>')
    parts.append(f'<text x="4" y="{_EDGE}">{highest:g}</text></svg>')
    return "\n".join(parts)


def main() -> None:
    """Draw the chart of one batch."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="the output of extractor batch")
    parser.add_argument("svg", type=Path, help="where to write the chart")
    args = parser.parse_args()
    args.svg.write_text(chart(requests_by_region(args.folder)), encoding="utf-8")


if __name__ == "__main__":
    main()
