"""The printed sheet as pixels, drawn from its PDF.

PDFium needs a third of the memory of Typst's own PNG, which matters because a server makes many.
"""

import io
from typing import Final

import pypdfium2

DOTS_PER_INCH: Final = 300
POINTS_PER_INCH: Final = 72


def page_png(pdf: bytes, page: int = 0) -> bytes:
    """Return a page of a PDF, counted from 0, as PNG at 300 dots per inch.

    Raises IndexError if there is no such page. The same PDF gives the same bytes.
    """
    with pypdfium2.PdfDocument(pdf) as document:
        bitmap = document[page].render(scale=DOTS_PER_INCH / POINTS_PER_INCH)
        output = io.BytesIO()
        bitmap.to_pil().save(output, "PNG", dpi=(DOTS_PER_INCH, DOTS_PER_INCH))
    return output.getvalue()


def page_count(pdf: bytes) -> int:
    """Return the number of pages of a PDF."""
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)
