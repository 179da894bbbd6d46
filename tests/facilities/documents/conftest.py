"""Three officers, two units and their cases; the files go to a folder of the test's own."""

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lienthong.core.scope.actions import entered, open_case_to
from lienthong.core.scope.values import SYSTEM, Actor

UNIT, OTHER_UNIT = 910_001, 910_002
CASE, SECOND_CASE, FOREIGN_CASE = 920_001, 920_002, 920_003
PERSON, OTHER_PERSON = 930_001, 930_002
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40 + b"IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 40 + b"\xff\xd9"
TIFF = b"II*\x00" + b"\0" * 40


def packed(*parts: str, **contents: bytes) -> bytes:
    """A ZIP of parts, as office documents are."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for part in parts:
            archive.writestr(part, b"<x/>")
        for name, content in contents.items():
            archive.writestr(name.replace("__", "/"), content)
    return target.getvalue()


DOCX = packed("[Content_Types].xml", "word/document.xml")
XLSX = packed("[Content_Types].xml", "xl/workbook.xml")
ODT = packed("mimetype", "content.xml", "META-INF/manifest.xml")


def officer(unit_id: int, *duties: str) -> Actor:
    return Actor(
        account_id=unit_id + 50,
        post_id=unit_id + 60,
        unit_id=unit_id,
        duties=frozenset(duties),
        label="Cán bộ",
    )


CLERK = officer(UNIT, "reception", "fees")
LEADER = officer(UNIT, "approval")
STRANGER = officer(OTHER_UNIT, "reception", "fees")


@dataclass(frozen=True)
class Officers:
    clerk: Actor = CLERK
    leader: Actor = LEADER
    stranger: Actor = STRANGER


@pytest.fixture
def officers(db: None, settings: Any, tmp_path: Path) -> Iterator[Officers]:
    """The first unit sees two cases, the second unit another one."""
    settings.FILES_ROOT = tmp_path
    settings.CLAMAV_SOCKET = ""
    with entered(SYSTEM):
        open_case_to(CASE, [UNIT], "received")
        open_case_to(SECOND_CASE, [UNIT], "received")
        open_case_to(FOREIGN_CASE, [OTHER_UNIT], "received")
    yield Officers()


@pytest.fixture
def attach(officers: Officers) -> Callable[..., int]:
    """Attach a small PDF; any argument may be replaced."""
    from lienthong.facilities.documents.actions import attach_file

    def act(content: bytes = PDF, **changed: Any) -> int:
        given: dict[str, Any] = {
            "actor": officers.clerk,
            "key": uuid4(),
            "case_id": CASE,
            "party_id": PERSON,
            "paper": "Giấy chứng sinh",
            "name": "giay-chung-sinh.pdf",
            "upload": io.BytesIO(content),
        }
        given |= changed
        with entered(given["actor"]):
            return attach_file(**given)

    return act


@pytest.fixture
def statements() -> Callable[[Callable[[], Any]], int]:
    """How many statements an act takes, transaction control and the change of scope not counted."""

    def count(act: Callable[[], Any]) -> int:
        with CaptureQueriesContext(connection) as seen:
            act()
        control = ("SAVEPOINT", "RELEASE", "ROLLBACK", "SELECT set_config", "SELECT lienthong_unit")
        return sum(1 for query in seen.captured_queries if not query["sql"].startswith(control))

    return count
