"""What can happen to a case of any kind, in sentences."""

from lienthong.core.journal.events import Event, register_events

register_events(
    Event("case.offered", "Đề nghị chuyển sang {to_unit}"),
    Event("case.offer_accepted", "{unit} nhận giải quyết; thời hạn không tính lại"),
    Event("case.offer_refused", "{unit} không nhận, nêu lý do; đề nghị chuyển đến: {proposed}"),
    Event("case.offer_withdrawn", "Rút đề nghị chuyển"),
    Event("case.arbitrated", "Bên phân xử giao {unit} giải quyết"),
    Event("case.opinion_asked", "Lấy ý kiến {unit}, hạn trả lời {due}"),
    Event("case.opinion_given", "{unit} đã có ý kiến"),
    Event("case.opinion_cancelled", "Không lấy ý kiến {unit} nữa"),
    Event("case.released", "Không yêu cầu vụ việc con {code} nữa"),
    Event("case.due_recomputed", "Hạn giải quyết tính lại theo lịch làm việc mới: {due}"),
)
