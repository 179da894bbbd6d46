"""What happens in this room, and the sentence that tells it."""

from lienthong.core.journal.events import Event, register_events

register_events(
    Event("organisation.bodies_founded", "Lập {count} cơ quan, phòng của đơn vị."),
    Event("organisation.posts_created", "Lập {count} vị trí việc làm."),
    Event("organisation.persons_registered", "Ghi {count} cán bộ, công chức."),
    Event("organisation.appointed", "Bố trí người vào vị trí từ ngày {starts_on}."),
    Event("organisation.staffed", "Bố trí người vào {count} vị trí từ ngày {starts_on}."),
    Event("organisation.appointment_ended", "Thôi giữ vị trí từ ngày {ends_on}."),
    Event("organisation.absence_recorded", "Ghi vắng mặt từ {starts_on} đến hết {last_day}."),
    Event("organisation.absence_ended", "Người giữ vị trí trở lại từ ngày {ends_on}."),
    Event("organisation.decision_noted", "Ghi số quyết định bố trí: {decision}."),
    Event("organisation.post_closed", "Đóng vị trí từ ngày {ends_on}."),
    Event("organisation.post_changed", "Sửa tên, thứ tự của vị trí."),
    Event("organisation.details_set", "Ghi thông tin riêng của {count} cán bộ."),
    Event("organisation.group_added", "Thêm {group}."),
    Event("organisation.agency_code_set", "Đặt mã định danh cơ quan {agency_code}."),
)
