"""What the simulated officers write: one text each, visibly illustrative."""

BASIS = "Giá trị minh họa: thành phần hồ sơ của thủ tục"
LACK = "Bản chính giấy tờ tùy thân để đối chiếu"
CAME = "Đã nộp đủ (minh họa)"
PROPOSAL = "Hồ sơ đủ thành phần, nội dung phù hợp; đề nghị giải quyết (giá trị minh họa)."
PROPOSAL_BASIS = "Quy định của thủ tục (giá trị minh họa)"
SENT_BACK = "Bổ sung căn cứ và dự thảo kết quả trước khi trình lại (minh họa)."
SUMMARY = "Kết quả minh họa"
REFUSAL = "Việc này không thuộc thẩm quyền giải quyết của UBND cấp xã (minh họa)"
WITHDRAWAL = "Người nộp đề nghị rút (minh họa)"
HALT = "Đối tượng của hồ sơ không còn (minh họa)"
CAUSE = "Cần xác minh thêm tại thực địa; đơn vị xin lỗi vì chậm trễ (minh họa)."
OFFER = "Địa điểm phát sinh việc nằm trên địa bàn giáp ranh phía bên kia (minh họa)."
OFFER_REFUSED = "Theo ranh giới, thửa đất thuộc địa bàn đơn vị gửi (minh họa)."
QUESTION = "Đề nghị cho ý kiến về hiện trạng khu vực giáp ranh (minh họa)."
OPINION = "Đã kiểm tra, không có vướng mắc (minh họa)."
ANSWER_DAYS = 2
EXTENSION_DAYS = 3


def result_number(number: int) -> str:
    """The number of a simulated result."""
    return f"{number}/KQ-MH"
