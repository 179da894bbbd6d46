"""What happens to parties, and the sentence that tells it. Whatever is personal stays in the particulars."""

from lienthong.core.journal.events import Event, register_events

register_events(
    Event("party.registered", "Ghi thông tin người nộp lần đầu."),
    Event("party.papers_added", "Ghi thêm {count} giấy tờ định danh của người nộp."),
    Event("party.corrected", "Đính chính thông tin người nộp: {fields}."),
    Event("party.channel_set", "Đặt kênh nhận tin của người nộp: {channel}."),
)
