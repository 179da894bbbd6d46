"""What happens to a dossier after it was lodged: supplement, payment, withdrawal, files; and acts at a desk."""

from typing import Annotated, Literal

from pydantic import Field

from lienthong.fronts.api.forms.dossiers import FileLink
from lienthong.fronts.api.forms.fields import Body, Line, LongLine, Text

DeskVerb = Literal[
    "take_up", "assign", "propose", "propose_and_submit", "submit", "approve", "send_back", "complete"
]


class Supplement(Body):
    """Giấy tờ bổ sung: what the applicant says to it, and links to files (or upload them before)."""

    note: Text = ""
    links: Annotated[list[FileLink], Field(max_length=20)] = []


class Payment(Body):
    """Thông báo đã nộp: the portal's own reference of the payment, and the amount in đồng."""

    reference: Annotated[Line, Field(min_length=1, max_length=60)]
    amount: Annotated[int, Field(ge=1, le=10_000_000_000)]


class Withdrawal(Body):
    """Người nộp rút hồ sơ, with the reason in their words."""

    reason: Annotated[Text, Field(min_length=1)]


class Links(Body):
    """Danh sách tệp để hệ thống tự tải về."""

    links: Annotated[list[FileLink], Field(min_length=1, max_length=20)]


class DeskAct(Body):
    """Một thao tác tại bàn. Which fields count depends on the verb; `version` is the one that was shown."""

    version: Annotated[int, Field(ge=0, le=2**31 - 1)] | None = None
    to_post_id: Annotated[int, Field(ge=1, le=2**63 - 1)] | None = None
    grants: bool | None = None
    text: Text = ""
    basis: LongLine = ""
    reason: Text = ""
    result_number: Annotated[Line, Field(max_length=100)] = ""
    result_summary: Text = ""
