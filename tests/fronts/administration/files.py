"""Sheets and sign-in for the pages of administration."""

import re
from base64 import b64decode
from collections.abc import Sequence
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from lienthong.core.scope.values import Actor
from lienthong.people.identity.models import Account

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def signed_in(client: Client, actor: Actor) -> Client:
    """The client, signed in and acting from the actor's post."""
    client.force_login(Account.objects.get(pk=actor.account_id))
    session = client.session
    session["acting_post"] = actor.post_id
    session.save()
    return client


def sheet(*rows: Sequence[object]) -> SimpleUploadedFile:
    """An XLSX as it is chosen in a form."""
    book = Workbook()
    page: Any = book.active
    for row in rows:
        page.append(list(row))
    stream = BytesIO()
    book.save(stream)
    return SimpleUploadedFile("danh-sach.xlsx", stream.getvalue(), SHEET)


def sent(client: Client, address: str, *rows: Sequence[object], **more: object) -> Any:
    """The first step: the file is checked."""
    return client.post(address, {"file": sheet(*rows), "key": str(uuid4()), **more})


def applied(client: Client, address: str, checked: Any, **more: object) -> Any:
    """The second step, with what the page of the first one carries."""
    told = {"kept": checked.context["carried"], "key": str(uuid4()), "apply": "1", **more}
    return client.post(address, told)


def told(response: Any) -> list[tuple[int, str, tuple[str, ...]]]:
    """The report's lines: row, outcome, codes; in the order of rows."""
    lines = response.context["report"].lines
    return [(line.number, str(line.outcome), line.codes) for line in lines]


def report_behind(response: Any) -> list[tuple[object, object]]:
    """The spreadsheet that a page carries in its link: row and outcome of every line."""
    found = re.search(
        rf'href="data:{SHEET};base64,([^"]+)" download="[^"]+[.]xlsx"', response.content.decode()
    )
    assert found, "no report to save"
    page = load_workbook(BytesIO(b64decode(found[1]))).worksheets[0]
    return [(row[0].value, row[2].value) for row in page.iter_rows(min_row=2)]
