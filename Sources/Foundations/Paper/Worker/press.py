"""The press: HTML comes in, PDF goes out, one document at a time. Started by PDFPress.swift, which explains the frames.

A request is one byte of kind (P: a document, Q: a QR code), four bytes of length (big-endian) and the content in UTF-8.
An answer is one byte ("+": ready for work, "=": done, "!": refused), four bytes of length and the content.
Nothing is fetched and nothing is written to a log: documents hold personal data.
"""

import html
import os
import re
import resource
import struct
import sys
from io import BytesIO

MEMORY = 2 << 30
CODE = re.compile(r'<img\b([^>]*?)\sdata-qr="([^"]*)"', re.IGNORECASE)
NAME = re.compile(r'<meta name="document-id" content="([0-9a-f]{64})">')
WARM = '<meta charset="utf-8"><p lang="zh">见面</p><p lang="en">Jianmian</p><img data-qr="warm">'


def code(text: str, **more) -> BytesIO:
    out = BytesIO()
    segno.make(text, error="m", micro=False, boost_error=False).save(out, kind="svg", border=4, **more)
    return out


def with_codes(page: str) -> str:
    """Every <img data-qr="TEXT"> becomes the QR code of TEXT."""

    def picture(found):
        text = html.unescape(found[2])
        return f'<img{found[1]} src="{segno.make(text, error="m", micro=False).svg_data_uri(border=2)}"'

    return CODE.sub(picture, page)


def document(content: bytes) -> bytes:
    page = with_codes(content.decode("utf-8"))
    name = NAME.search(page)
    return weasyprint.HTML(string=page, url_fetcher=Nothing()).write_pdf(pdf_identifier=name and name[1].encode())


def drawing(content: bytes) -> bytes:
    return code(content.decode("utf-8"), xmldecl=False, svgclass="qr", lineclass=None, omitsize=True).getvalue()


def read(count: int) -> bytes:
    data = sys.stdin.buffer.read(count)
    if len(data) < count:
        raise SystemExit(0)
    return data


def answer(kind: bytes, content: bytes):
    WIRE.write(kind + struct.pack(">I", len(content)) + content)
    WIRE.flush()


def main():
    document(WARM.encode())
    answer(b"+", weasyprint.__version__.encode())
    while True:
        kind, length = struct.unpack(">cI", read(5))
        content = read(length)
        try:
            answer(b"=", document(content) if kind == b"P" else drawing(content))
        except (Exception, FatalURLFetchingError) as error:  # whatever a document can cause is told, and the next document is made
            answer(b"!", type(error).__name__.encode())


# Whatever a library prints must not end up between two frames.
WIRE = os.fdopen(os.dup(1), "wb")
os.dup2(2, 1)
resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

import segno  # noqa: E402
import weasyprint  # noqa: E402
from weasyprint.urls import FatalURLFetchingError, URLFetcher  # noqa: E402


class Nothing(URLFetcher):
    """Documents are complete in themselves: whatever is not in the document refuses it."""

    def __init__(self):
        super().__init__(allowed_protocols=("data",), allow_redirects=False)

    def fetch(self, url, headers=None):
        if not url.lower().startswith("data:"):
            raise FatalURLFetchingError("not data:")
        return super().fetch(url, headers)


main()
