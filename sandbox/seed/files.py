"""Small files that programs really open: PDF, PNG, DOCX, made from a title and nothing else."""

import io
import struct
import zipfile
import zlib

KINDS = {
    "pdf": "application/pdf",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv",
    "zip": "application/zip",
    "dat": "application/ms-tnef",
    "p7s": "application/pkcs7-signature",
    "eml": "message/rfc822",
}
_NAMESPACE = "http://schemas.openxmlformats.org/"


def make_file(name: str) -> tuple[str, bytes]:
    """Make a file for a name: its media type and its bytes, always the same for the same name."""
    title, _, ending = name.rpartition(".")
    makers = {"pdf": _pdf, "png": _png, "docx": _docx, "csv": _csv, "dat": _winmail}
    kind = KINDS.get(ending, "application/octet-stream")
    return kind, makers.get(ending, _csv)(title)


def _pdf(title: str) -> bytes:
    """Write one A5 page that shows the title."""
    shown = title.encode("latin-1", "replace").translate(None, b"()\\")
    content = b"BT /F1 20 Tf 40 520 Td (" + shown + b") Tj ET"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 595] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def _png(title: str) -> bytes:
    """Draw a 96 by 64 label: a warm blue band whose stripes follow the title."""
    width, height = 96, 64
    mark = zlib.crc32(title.encode())
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        for x in range(width):
            stripe = (mark >> ((x // 8) % 24)) & 1
            inside = 12 < y < 52
            rows += bytes((40, 74 + 60 * stripe, 140) if inside else (246, 241, 230))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def _docx(title: str) -> bytes:
    """Pack the three members without which no word processor opens it."""
    office = f"{_NAMESPACE}officeDocument/2006/relationships/officeDocument"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    members = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_NAMESPACE}package/2006/content-types">'
            '<Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{_NAMESPACE}package/2006/relationships">'
            f'<Relationship Id="r1" Type="{office}" Target="word/document.xml"/></Relationships>'
        ),
        "word/document.xml": (
            f'<w:document xmlns:w="{_NAMESPACE}wordprocessingml/2006/main"><w:body><w:p><w:r>'
            f"<w:t>{title.replace('&', 'and').replace('<', ' ')}</w:t></w:r></w:p></w:body></w:document>"
        ),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            archive.writestr(info, '<?xml version="1.0" encoding="UTF-8"?>' + text)
    return out.getvalue()


def _csv(title: str) -> bytes:
    return f"title;pieces\r\n{title};12\r\n".encode()


def _winmail(title: str) -> bytes:
    """Begin as a TNEF stream does; what follows is nothing anybody could read."""
    return b"\x78\x9f\x3e\x22" + zlib.crc32(title.encode()).to_bytes(4, "little") * 24
