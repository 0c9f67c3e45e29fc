"""Reading a printed paper as a machine does."""

import io
import re

from pypdf import PdfReader
from pypdf.generic import DictionaryObject


def opened(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """All the text with plain spaces, hyphens and apostrophes, on one line."""
    pages = "\n".join(page.extract_text() for page in opened(pdf).pages)
    plain = pages.replace("\u00a0", " ").replace("’", "'").replace("\u200b", "")
    return re.sub(r"\s+", " ", plain)


def root_of(pdf: bytes) -> DictionaryObject:
    root = opened(pdf).trailer["/Root"]
    assert isinstance(root, DictionaryObject)
    return root


def is_accessible(pdf: bytes, title: str) -> None:
    """Tagged, titled, in French, and declared PDF/UA: what a machine can see of it."""
    reader, root = opened(pdf), root_of(pdf)
    assert str(root["/Lang"]).startswith("fr")
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "/StructTreeRoot" in root
    assert reader.metadata is not None
    assert (reader.metadata.title or "").replace("’", "'") == title
    packet = root["/Metadata"].get_object().get_data()
    assert re.search(rb"pdfuaid:part(>|=\")1", packet)
    for page in reader.pages:
        assert page["/Tabs"] == "/S"


def fonts_of(pdf: bytes) -> set[str]:
    found: set[str] = set()
    for page in opened(pdf).pages:
        for font in page["/Resources"]["/Font"].values():
            found.add(str(font.get_object()["/BaseFont"]).partition("+")[2])
    return found
