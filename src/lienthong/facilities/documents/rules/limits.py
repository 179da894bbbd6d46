"""Every limit on attachments, in one place."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024
LARGEST_FILE = 20 * MEGABYTE
MOST_FILES_A_CASE = 50
LONGEST_NAME = 120
LONGEST_PAPER = 300
LARGEST_UNPACKED = 200 * MEGABYTE
MOST_PARTS = 5_000
# How far into a picture or a PDF a disguised page is looked for.
HEAD_READ = 4_096
TAIL_READ = 66_000

SCAN_SECONDS = 20.0
SCAN_CONNECT_SECONDS = 2.0
SCAN_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class FileKind:
    """Loại tệp được nhận: its word for people, its media type, its extensions and first bytes."""

    name: str
    label: str
    media_type: str
    extensions: tuple[str, ...]
    starts: tuple[bytes, ...]
    must_hold: str = ""  # for packed formats: the part that makes it this kind


_ZIP = (b"PK\x03\x04",)
_OOXML = "application/vnd.openxmlformats-officedocument"
KINDS = (
    FileKind("pdf", "PDF", "application/pdf", ("pdf",), (b"%PDF-",)),
    FileKind("jpeg", "JPEG", "image/jpeg", ("jpg", "jpeg"), (b"\xff\xd8\xff",)),
    FileKind("png", "PNG", "image/png", ("png",), (b"\x89PNG\r\n\x1a\n",)),
    FileKind("tiff", "TIFF", "image/tiff", ("tif", "tiff"), (b"II*\x00", b"MM\x00*")),
    FileKind("docx", "Word", f"{_OOXML}.wordprocessingml.document", ("docx",), _ZIP, "word/document.xml"),
    FileKind("xlsx", "Excel", f"{_OOXML}.spreadsheetml.sheet", ("xlsx",), _ZIP, "xl/workbook.xml"),
    FileKind("odt", "OpenDocument", "application/vnd.oasis.opendocument.text", ("odt",), _ZIP, "content.xml"),
)
# Shown in the browser, shut in a sandbox; everything else is only ever saved.
SHOWN_INLINE = frozenset({"application/pdf", "image/jpeg", "image/png"})
# Never hidden inside a name such as "don.exe.pdf".
DANGEROUS_EXTENSIONS = frozenset(
    {"app", "bat", "chm", "cmd", "com", "cpl", "dll", "docm", "dotm", "exe", "gadget", "hta", "htm", "html"}
    | {"inf", "jar", "js", "jse", "jsp", "lnk", "mht", "mhtml", "msc", "msi", "php", "pif", "pl", "ps1"}
    | {"py", "reg", "scr", "sh", "shtml", "svg", "svgz", "vbe", "vbs", "wsf", "wsh", "xht", "xhtml", "xlsm"}
    | {"xml", "xsl"}
)
