"""The id of a report: the sha256 of its file, with -2, -3 behind where it is not the first report of it.

So the one report of a file, and the first of several, have the id of the file itself.
"""

_BEFORE_PART = "-"  # stands in file names and addresses as it is


def document_id(sha256: str, part: int = 1) -> str:
    """Return the id of a report.

    Args:
        sha256: Of the file's bytes, hexadecimal.
        part: Which report of the file it is, from 1.

    >>> document_id("ab12"), document_id("ab12", 3)
    ('ab12', 'ab12-3')
    """
    return sha256 if part == 1 else f"{sha256}{_BEFORE_PART}{part}"


def file_of(document: str) -> str:
    """Return the sha256 of the file that holds a report.

    >>> file_of("ab12-3"), file_of("ab12")
    ('ab12', 'ab12')
    """
    return document.partition(_BEFORE_PART)[0]


def name_of_report(file_name: str, document: str) -> str:
    """Return what to call a report: by its file, and where it is not the first of it, by its place there.

    >>> name_of_report("汇编.docx", "ab12-3"), name_of_report("年报.docx", "ab12")
    ('汇编.docx#3', '年报.docx')
    """
    part = document.partition(_BEFORE_PART)[2]
    return f"{file_name}#{part}" if part else file_name
