"""PDFs made for tests: written by hand, so that each can be broken in its own way."""

from __future__ import annotations

import zlib
from collections.abc import Sequence


def made_pdf(pages: Sequence[str], *, title: str = "", doi: str = "", compress: bool = False) -> bytes:
    """A PDF with one text a page; a line of ``pages`` is a line of the page."""
    objects: list[bytes] = []
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    objects.append(b"<< /Type /Catalog /Pages 2 0 R >>")
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for at, text in enumerate(pages):
        lines = [*([f"doi: {doi}"] if doi and not at else []), *text.splitlines()]
        shown = " T* ".join(f"({line}) Tj" for line in lines)
        body = f"BT /F1 12 Tf 14 TL 50 750 Td {shown} ET".encode("latin-1")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * at} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(stream(body, compress=compress))
    objects.append(f"<< /Title ({title}) >>".encode())
    return assembled(objects)


def stream(body: bytes, *, compress: bool = False) -> bytes:
    if compress:
        body = zlib.compress(body, 9)
    kind = " /Filter /FlateDecode" if compress else ""
    return f"<< /Length {len(body)}{kind} >>\nstream\n".encode() + body + b"\nendstream"


def assembled(objects: Sequence[bytes]) -> bytes:
    """Numbered objects, the last of them what the file says about itself, with their table."""
    out = bytearray(b"%PDF-1.4\n")
    starts = []
    for number, body in enumerate(objects, start=1):
        starts.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{start:010} 00000 n \n".encode() for start in starts)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\n".encode()
    return bytes(out + f"startxref\n{table}\n%%EOF\n".encode())


def bomb(megabytes: int) -> bytes:
    """A page whose few kilobytes unpack to ``megabytes`` of drawing."""
    body = zlib.compress(b"(x) Tj " * (megabytes * 1024 * 1024 // 7), 9)
    page = f"<< /Length {len(body)} /Filter /FlateDecode >>\nstream\n".encode() + body + b"\nendstream"
    return assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>",
            page,
            b"<< /Title (Bomb) >>",
        ]
    )
