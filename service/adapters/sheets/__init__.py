"""Files of people: CSV and XLSX read as text, and the template to fill in."""

from service.adapters.sheets.csv_file import read_csv
from service.adapters.sheets.xlsx_file import read_xlsx
from service.usecases.desk.sheet import (
    MOST_BYTES,
    EmptySheetError,
    Sheet,
    SheetTooLargeError,
)

_ZIP = b"PK\x03\x04"


def read_sheet(content: bytes) -> Sheet:
    """Read a file by what it is, whatever its name says.

    Nothing is evaluated, nothing is fetched, nothing is written to disk.

    Raises:
        SheetError: Too large, unreadable, empty or too long.
    """
    if len(content) > MOST_BYTES:
        raise SheetTooLargeError
    if not content.strip():
        raise EmptySheetError
    return read_xlsx(content) if content.startswith(_ZIP) else read_csv(content)
