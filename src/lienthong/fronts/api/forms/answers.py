"""What the API answers: for the document of the interface; the answers themselves are shaped by queries."""

from datetime import date, datetime
from typing import Literal

from lienthong.fronts.api.forms.fields import Answer


class WrongField(Answer):
    """Một trường sai."""

    pointer: str = ""
    parameter: str = ""
    detail: str
    code: str


class Problem(Answer):
    """Lý do chưa thực hiện được (RFC 9457). `code` is stable; `detail` is a sentence for a person."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    article: str = ""
    errors: list[WrongField] = []


class Status(Answer):
    """Một trong mười trạng thái của Cổng Dịch vụ công quốc gia."""

    code: Literal["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]
    label: str


class Lodged(Answer):
    """Hồ sơ vừa nộp. `lookup_token`: the secret with which the applicant follows it on the open web."""

    code: str
    external_code: str
    status: Status
    unit_code: str
    due_at: datetime
    lookup_token: str


class BatchOutcome(Answer):
    """Kết quả của một hồ sơ trong lô: either `dossier` or `problem`."""

    key: str
    status: int
    repeated: bool
    dossier: Lodged | None = None
    problem: Problem | None = None


class BatchOutcomes(Answer):
    """Kết quả từng hồ sơ, in the order sent."""

    accepted: int
    refused: int
    items: list[BatchOutcome]


class Lack(Answer):
    """Nội dung cần bổ sung và căn cứ."""

    what: str
    basis: str


class Fees(Answer):
    """Phí, lệ phí, in đồng."""

    due: int
    paid: int
    open: int


class DossierStatus(Answer):
    """Tình trạng hồ sơ; no personal data."""

    code: str
    external_code: str
    status: Status
    unit_code: str
    procedure: str
    received_at: datetime
    promised_at: datetime
    due_at: datetime | None
    closed_at: datetime | None
    extensions: int
    lacks: list[Lack]
    fees: Fees
    result_number: str
    returned_at: datetime | None


class DossierList(Answer):
    """Hồ sơ tìm thấy: none or one."""

    items: list[DossierStatus]


class Change(Answer):
    """Một thay đổi: the same data as the webhook carries."""

    id: str
    type: str
    time: datetime
    data: dict[str, object]


class Changes(Answer):
    """Các thay đổi sau mốc, oldest first. Ask again with `next` until `more` is false, then later."""

    items: list[Change]
    next: str
    more: bool


class Attached(Answer):
    """Tệp đã nhận; its scan goes on by itself."""

    attachment_id: int


class Ordered(Answer):
    """Các tệp sẽ được tải về."""

    ordered: int


class Acted(Answer):
    """Việc đã làm, and where the dossier stands now."""

    code: str
    status: Status
    due_at: datetime | None


class Paid(Answer):
    """Khoản nộp đã ghi, with the number of its receipt."""

    code: str
    receipt_number: str
    fees: Fees


class WorkLine(Answer):
    """Một dòng trong danh sách việc."""

    id: int
    code: str
    state: str
    status: Status
    title: str
    applicant: str
    due_at: datetime | None
    remaining_minutes: int | None
    opened_at: datetime


class Worklist(Answer):
    """Một trang việc, the most urgent first."""

    items: list[WorkLine]
    next: str


class DeskActed(Answer):
    """Việc đã làm tại bàn."""

    id: int
    state: str
    version: int


class WhoGround(Answer):
    """Một căn cứ của câu trả lời; `valid_to` is the first day on which it no longer holds.

    `says`: "basis", "promulgates", or why this rule leads: its reach and whether it names the task ("country:field").
    """

    kind: str
    text: str
    article: str
    confidence: str
    valid_from: date | None
    valid_to: date | None
    says: str


class WhoSigns(Answer):
    """Vị trí được ký: by what right, for which post, by which paper."""

    post: str
    capacity: Literal["own", "deputy", "by_order", "delegated"]
    for_post: str
    number: str


class WhoFinding(Answer):
    """Điều sổ thẩm quyền còn thiếu; the Chair is responsible all the same."""

    code: str
    label: str


class WhoAnswer(Answer):
    """Ai giải quyết: posts and offices, no person. `held`: holder, substitute, or empty where nobody answers."""

    task: str
    task_name: str
    day: date
    unit_code: str
    unit: str
    body: str
    post: str
    held: Literal["holder", "substitute", ""]
    leader: str
    leader_held: Literal["holder", "substitute", ""]
    signs: list[WhoSigns]
    chain: list[WhoGround]
    finding: WhoFinding | None
