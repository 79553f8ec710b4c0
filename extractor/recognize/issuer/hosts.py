"""What a page's address says about the place: government hosts spell it in pinyin."""

from urllib.parse import urlsplit

from extractor.recognize.issuer.divisions import Division, divisions_spelled, in_year, parents
from extractor.recognize.issuer.words import RELATIVE, TOWNSHIP

_PROVINCE_HOSTS = {
    "bj": "11",
    "beijing": "11",
    "tj": "12",
    "hebei": "13",
    "shanxi": "14",
    "nmg": "15",
    "ln": "21",
    "jl": "22",
    "hlj": "23",
    "sh": "31",
    "shanghai": "31",
    "jiangsu": "32",
    "zj": "33",
    "ah": "34",
    "fujian": "35",
    "jiangxi": "36",
    "shandong": "37",
    "henan": "41",
    "hubei": "42",
    "hunan": "43",
    "gd": "44",
    "gxzf": "45",
    "hainan": "46",
    "cq": "50",
    "sc": "51",
    "guizhou": "52",
    "yn": "53",
    "xizang": "54",
    "shaanxi": "61",
    "gansu": "62",
    "qinghai": "63",
    "nx": "64",
    "xinjiang": "65",
}


def province_of_host(labels: tuple[str, ...]) -> str | None:
    """Return the code of the one province that a host names, e.g. '450000' for gxzf."""
    codes = {code for label in labels if (code := _PROVINCE_HOSTS.get(label))}
    return f"{codes.pop()}0000" if len(codes) == 1 else None


def host_speaks_for(division: Division, year: int | None, labels: tuple[str, ...]) -> bool:
    """True if the host name contains the pinyin of the division's province or prefecture."""
    if any(_PROVINCE_HOSTS.get(label) == division.code[:2] for label in labels):
        return True
    above = parents(division, year)[1:]
    return any(each.pinyin in labels for each in above)


def host_labels(url: str | None) -> tuple[str, ...]:
    """Return the labels of a government host, e.g. ('tjj', 'hubei'); none for other hosts."""
    host = urlsplit(url).hostname if url and "//" in url else None
    if not host or not host.endswith(".gov.cn"):
        return ()
    return tuple(label for label in host.removesuffix(".gov.cn").split(".") if label != "www")


def spelled_in(labels: tuple[str, ...], name: str, year: int | None) -> tuple[Division, ...]:
    """Return the divisions whose pinyin is in the host name and that the agency can belong to."""
    provinces = {code for label in labels if (code := _PROVINCE_HOSTS.get(label))}
    relative = RELATIVE.match(name)
    township = TOWNSHIP.search(name) is not None
    found: list[Division] = []
    for label in labels:
        if len(label) < 4 and label not in _PROVINCE_HOSTS:
            continue
        for each in in_year(divisions_spelled(label), year):
            if provinces and len(labels) > 1 and each.code[:2] not in provinces:
                continue
            if relative and not each.name.endswith(relative.group()):
                continue
            if not township or each.level == "county":
                found.append(each)
    return tuple(found)
