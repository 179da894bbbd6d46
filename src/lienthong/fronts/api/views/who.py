"""Who is responsible for a task: the register's answer for other systems, without a person."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja.params.functions import Query

from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import ANONYMOUS
from lienthong.core.workdays.queries import today
from lienthong.fronts.api.forms.answers import WhoAnswer
from lienthong.fronts.api.forms.fields import Day, TaskCode, UnitCode
from lienthong.fronts.api.queries import who_answers
from lienthong.fronts.api.views.interface import answer, operation

TASK: Any = Query(..., description="Mã nhiệm vụ, hoặc mã thủ tục.")
UNIT: Any = Query(..., description="Mã phường, xã, đặc khu.")
AT: Any = Query(None, description="Ngày cần hỏi (YYYY-MM-DD), đã qua hoặc sắp tới; để trống là hôm nay.")


@operation(
    "GET",
    "/who",
    scope="dossiers:read",
    or_scope="desk:read",
    answer=WhoAnswer,
    summary="Ai giải quyết việc này",
    about="Đơn vị, bộ phận, vị trí chịu trách nhiệm và ai được ký, kèm căn cứ, trong một ngày. Không có tên người.",
    tag="Thẩm quyền",
)
def who(
    request: HttpRequest, task: TaskCode = TASK, unit: UnitCode = UNIT, at: Day | None = AT
) -> HttpResponse:
    """The answer of the register for a task in a unit on a day. It is public: every unit's may be asked."""
    with entered(ANONYMOUS):
        return answer(who_answers(task, unit, at or today()))
