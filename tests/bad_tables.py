"""Tables that cannot be used, each with a part of the sentence that has to say why."""

import io
import zipfile

HEADER = b"people,needs,decile,probability,rate,severity\n"
ROW = b"9,0,9,.5,.6,6\n"


def zipped() -> bytes:
    """A file that begins as every workbook does, and is none."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return file.getvalue()


BAD_TABLES = {
    "empty": (b"", "The file is empty"),
    "no header": (b"420,0,9,0.12,0.15,6\n", "no header"),
    "header alone": (HEADER, "no rows"),
    "missing column": (b"people,needs,decile,probability,rate\n9,0,9,.1,.1\n", "missing: “severity”"),
    "extra column": (HEADER.replace(b"\n", b",name\n") + b"9,0,9,.1,.1,6,Ann\n", "not known: “name”"),
    "text for a number": (HEADER + b"9,0,9,about half,.6,6\n", "Row 2, column probability: “about half” is not"),
    "not a number": (HEADER + b"9,0,9,.5,nan,6\n", "Row 2, column rate: “nan” is not a number"),
    "endless number": (HEADER + b"9,0,9,.5,1e999,6\n", "Row 2, column rate"),
    "certain": (HEADER + ROW + b"9,0,9,1,1.2,6\n", "Row 3, column probability: “1” must be from 0.0001 to 0.999"),
    "impossible": (HEADER + b"9,0,9,0,.1,6\n", "Row 2, column probability: “0” must be from 0.0001 to 0.999"),
    "negative count": (HEADER + b"-9,0,9,.5,.6,6\n", "Row 2, column people: “-9” must be above 0"),
    "wrong encoding": ((HEADER + ROW).decode().encode("utf-32"), "not plain text"),
    "spreadsheet": (zipped(), "not an Excel workbook"),
    "ragged": (HEADER + ROW + b"9,0,9\n", "Row 3, which has 3 values, where the header has 6"),
    "too long": (HEADER + ROW * 100_001, "more than 100,000 rows"),
    "markup": (HEADER + b"9,0,9,<img src=x>,.6,6\n", "“<img src=x>” is not a number"),
}
