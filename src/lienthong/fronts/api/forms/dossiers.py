"""A dossier as a portal lodges it, one or up to a hundred."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from lienthong.fronts.api.forms.fields import (
    Body,
    Day,
    ExternalCode,
    Line,
    LongLine,
    PlaceCode,
    ShortLine,
    Text,
    UnitCode,
    Url,
)
from lienthong.fronts.api.rules import MOST_IN_A_BATCH


class IdentityPaper(Body):
    """Giấy tờ định danh của người nộp."""

    kind: Literal["citizen_card", "old_id", "passport", "firm_code", "other"]
    number: Annotated[str, Field(min_length=1, max_length=30, pattern=r"^[0-9A-Za-z ./-]+$")]
    issued_on: Day | None = None


class Applicant(Body):
    """Người nộp. `channel`: how they want to be told of news; "none": not at all; left out: as they said before."""

    name: Annotated[Line, Field(min_length=1)]
    kind: Literal["person", "firm"] = "person"
    papers: Annotated[list[IdentityPaper], Field(max_length=5)] = []
    born_on: Day | None = None
    sex: Literal["male", "female", ""] = ""
    address: LongLine = ""
    phone: Annotated[str, Field(max_length=20, pattern=r"^[0-9+ .()-]*$")] = ""
    email: Line = ""
    channel: Literal["", "none", "sms", "zalo", "email"] = ""


class Paper(Body):
    """Một thành phần hồ sơ: how many originals and copies are sent with it."""

    name: LongLine
    originals: Annotated[int, Field(ge=0, le=99)] = 0
    copies: Annotated[int, Field(ge=0, le=99)] = 0
    note: Line = ""


class FileLink(Body):
    """Một tệp để hệ thống tự tải về: a public https address that stays valid for at least a day."""

    url: Url
    name: Annotated[Line, Field(min_length=1)]
    paper: LongLine = ""


class Dossier(Body):
    """Hồ sơ nộp trực tuyến. `unit_code`: the unit that receives; `place`: the one that decides, where another."""

    unit_code: UnitCode
    external_code: ExternalCode
    procedure_code: Annotated[str, Field(max_length=20, pattern=r"^[0-9.]+$")]
    applicant: Applicant
    papers: Annotated[list[Paper], Field(max_length=60)] = []
    place: PlaceCode = ""
    quantity: Annotated[int, Field(ge=1, le=999)] = 1
    limit_index: Annotated[int, Field(ge=0, le=20)] = 0
    note: Text = ""
    return_mode: Literal["counter", "post", "online"] = "online"
    form: Annotated[dict[ShortLine, Text], Field(max_length=200)] = {}
    links: Annotated[list[FileLink], Field(max_length=20)] = []


class BatchItem(Body):
    """Một hồ sơ trong lô, with a key of its own: what is sent again is done once, whatever lot it comes in."""

    key: Annotated[UUID, Field(strict=False)]
    dossier: Dossier


class _ShapedAsItem:
    """Any value, documented as an item: one of the wrong shape must not refuse its neighbours."""

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: CoreSchema, shape: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return shape(BatchItem.__pydantic_core_schema__)


class Batch(Body):
    """Một lô; each item is read and judged by itself, so a wrong one refuses only itself."""

    items: Annotated[list[Annotated[Any, _ShapedAsItem]], Field(min_length=1, max_length=MOST_IN_A_BATCH)]
