"""What a problem is called, what is wrong with a field in words, and how often a client may call: pure functions."""

from collections.abc import Iterable, Mapping
from typing import Any

from lienthong.core.registry.values import Refusal
from lienthong.fronts.api.values import Fault, Trouble

LARGEST_BODY = 1024 * 1024
LARGEST_UPLOAD = 21 * 1024 * 1024
MOST_IN_A_BATCH = 100

TROUBLES: dict[str, Trouble] = {
    "api.malformed": Trouble(
        400,
        "Nội dung gửi không đọc được",
        "Gửi thân yêu cầu là một đối tượng JSON đúng cú pháp, mã hóa UTF-8; tệp thì là multipart/form-data có boundary"
        " khớp với thân.",
    ),
    "api.no_token": Trouble(
        401,
        "Thiếu mã truy cập, hoặc mã không còn hiệu lực",
        "Gửi tiêu đề Authorization: Bearer <mã truy cập>. Mã hết hạn hoặc bị thu hồi thì xin cấp mã mới.",
    ),
    "api.scope": Trouble(
        403,
        "Mã truy cập không có phạm vi này",
        "Xin người vận hành cấp mã truy cập có phạm vi mà thao tác đòi hỏi (ghi trong tài liệu).",
    ),
    "api.sandbox": Trouble(
        403,
        "Bên kết nối chỉ để thử nghiệm",
        "Bên kết nối chỉ để thử nghiệm chỉ gọi được vào hệ thống trình diễn. Khi nối thật, xin người vận hành đăng ký"
        " bên kết nối chính thức và cấp mã truy cập mới.",
    ),
    "api.missing": Trouble(
        404, "Không có địa chỉ này", "Xem danh sách địa chỉ trong tài liệu của giao diện."
    ),
    "not_found": Trouble(
        404,
        "Không tìm thấy",
        "Bên gửi chỉ thấy hồ sơ do chính mình nộp, và đơn vị nằm trong phạm vi được cấp. Kiểm tra lại mã.",
    ),
    "api.method": Trouble(405, "Địa chỉ không nhận phương thức này", "Dùng phương thức nêu ở tiêu đề Allow."),
    "key.reused": Trouble(
        409,
        "Khóa chống lặp đã dùng cho nội dung khác",
        "Mỗi yêu cầu mới cần một khóa mới. Chỉ gửi lại khóa cũ khi gửi lại nguyên nội dung cũ.",
    ),
    "api.length": Trouble(
        411, "Thiếu độ dài nội dung", "Gửi tiêu đề Content-Length; không gửi thân yêu cầu theo từng mảnh."
    ),
    "api.too_large": Trouble(
        413,
        "Nội dung gửi quá lớn",
        "Thân JSON không quá 1 MB, mỗi tệp không quá 20 MB. Chia nhỏ rồi gửi lại.",
    ),
    "api.media_type": Trouble(
        415,
        "Kiểu nội dung không được nhận",
        "Gửi Content-Type: application/json (tệp: multipart/form-data).",
    ),
    "api.fields": Trouble(
        422,
        "Có trường chưa đúng",
        "Xem danh sách errors: mỗi dòng chỉ ra trường sai (pointer) và lý do. Sửa rồi gửi lại với khóa mới.",
    ),
    "api.too_often": Trouble(
        429, "Gọi quá nhanh", "Chờ số giây ghi ở tiêu đề Retry-After rồi gửi lại với cùng khóa."
    ),
    "api.broken": Trouble(
        500,
        "Hệ thống gặp lỗi",
        "Yêu cầu chưa được ghi. Gửi lại với cùng khóa chống lặp sau ít phút; nếu còn lỗi, báo người vận hành.",
    ),
    "api.busy": Trouble(
        503, "Hệ thống đang bận", "Yêu cầu chưa được ghi. Gửi lại với cùng khóa chống lặp sau vài giây."
    ),
}
# What an action refused: the sentence is its own, the title says what kind of refusal it is.
TITLES = {
    403: "Không được phép",
    404: "Không tìm thấy",
    409: "Chưa làm được lúc này",
    413: "Nội dung gửi quá lớn",
    422: "Nội dung chưa được nhận",
    503: "Hệ thống đang bận",
}
# What pydantic finds wrong with a value, in words; {…} are its own bounds.
WORDS = {
    "missing": "Thiếu trường bắt buộc này.",
    "extra_forbidden": "Giao ước không có trường này.",
    "string_type": "Phải là một chuỗi.",
    "string_too_long": "Dài quá {max_length} ký tự.",
    "string_too_short": "Phải có ít nhất {min_length} ký tự.",
    "string_pattern_mismatch": "Không đúng mẫu, hoặc có ký tự điều khiển.",
    "int_type": "Phải là một số nguyên.",
    "int_parsing": "Phải là một số nguyên.",
    "int_from_float": "Phải là một số nguyên.",
    "bool_type": "Phải là true hoặc false.",
    "greater_than_equal": "Phải từ {ge} trở lên.",
    "less_than_equal": "Không được quá {le}.",
    "literal_error": "Không có trong danh sách: {expected}.",
    "list_type": "Phải là một danh sách.",
    "dict_type": "Phải là một đối tượng.",
    "model_type": "Phải là một đối tượng.",
    "model_attributes_type": "Phải là một đối tượng.",
    "too_long": "Nhiều hơn {max_length} dòng.",
    "too_short": "Phải có ít nhất {min_length} dòng.",
    "uuid_parsing": "Phải là một UUID.",
    "uuid_type": "Phải là một UUID.",
    "date_type": "Phải là một ngày dạng yyyy-mm-dd.",
    "date_parsing": "Phải là một ngày dạng yyyy-mm-dd.",
    "date_from_datetime_parsing": "Phải là một ngày dạng yyyy-mm-dd.",
    "date_from_datetime_inexact": "Phải là một ngày dạng yyyy-mm-dd.",
}
NO_WORDS = "Giá trị không hợp lệ."


def title_of(status: int, code: str) -> str:
    """The title of a problem."""
    known = TROUBLES.get(code)
    return known.title if known else TITLES.get(status, "Chưa thực hiện được")


def faults_of(errors: Iterable[Mapping[str, Any]], prefix: str = "") -> list[Fault]:
    """The wrong fields of a request, from what pydantic found. The value itself is never repeated."""
    return [_fault(error, prefix) for error in errors]


def _fault(error: Mapping[str, Any], prefix: str) -> Fault:
    source, *place = error["loc"] or ("body",)
    kind = str(error["type"])
    sentence = WORDS.get(kind, NO_WORDS).format_map(_Bounds(error.get("ctx", {})))
    if source in ("query", "path", "header", "form", "file"):
        return Fault(sentence, kind, parameter=str(place[-1] if place else ""))
    # Behind "body" stands the name of our own parameter, which the sender does not know.
    return Fault(sentence, kind, pointer=prefix + pointer_of(place[1:]).removeprefix("#" if prefix else ""))


def pointer_of(place: Iterable[Any]) -> str:
    """A JSON pointer (RFC 6901) as a URI fragment."""
    return "#" + "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in place)


class _Bounds(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"


def why_not_body(*, length: str, chunked: bool, is_upload: bool) -> Refusal | None:
    """A body says how long it is, and is not longer than it may be."""
    if chunked or (length and not length.isdecimal()):
        return Refusal("api.length", "Yêu cầu phải ghi độ dài nội dung (Content-Length).")
    most = LARGEST_UPLOAD if is_upload else LARGEST_BODY
    if length and (len(length) > 15 or int(length) > most):
        return Refusal(
            "api.too_large",
            f"Nội dung gửi lớn hơn {most // 1024 // 1024} MB nên chưa được đọc. Hãy chia nhỏ.",
        )
    return None


def why_not_media(content_type: str, wanted: str) -> Refusal | None:
    """The body is of the kind that the address takes."""
    if content_type.partition(";")[0].strip().lower() == wanted:
        return None
    return Refusal("api.media_type", f"Địa chỉ này nhận {wanted}.")


def spent(allowance: float, since: float, now: float, *, rate_per_second: float, most: float) -> float:
    """What is left of a client's allowance after one more call; below zero: too often, nothing is taken."""
    return min(most, allowance + (now - since) * rate_per_second) - 1


def seconds_until(left: float, rate_per_second: float) -> int:
    """How long to wait until one call is allowed again."""
    return max(1, round(-left / rate_per_second + 0.5))


def fields_of(shape: Mapping[str, Any], shapes: Mapping[str, Any], prefix: str = "") -> list[dict[str, Any]]:
    """A JSON schema as lines to read: name (with its place), kind, whether it must be there, what it is."""
    shape = _resolved(shape, shapes)
    demanded = shape.get("required", ())
    lines = []
    for name, value in shape.get("properties", {}).items():
        inner = _resolved(value, shapes)
        lines.append(
            {
                "name": prefix + name,
                "kind": _kind(inner, shapes),
                "demanded": name in demanded,
                "about": value.get("description", ""),
            }
        )
        within = _resolved(inner.get("items", inner), shapes)
        mark = "[]." if "items" in inner else "."
        lines += fields_of(within, shapes, f"{prefix}{name}{mark}")
    return lines


def _resolved(shape: Mapping[str, Any], shapes: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema behind a reference; of "this or null" the one that is not null."""
    for one in shape.get("anyOf", ()):
        if one.get("type") != "null":
            return _resolved(one, shapes)
    reference = shape.get("$ref", "")
    return shapes[reference.rpartition("/")[2]] if reference else shape


def _kind(shape: Mapping[str, Any], shapes: Mapping[str, Any]) -> str:
    """The type of a value in a few words: "string ≤ 200", "integer 1-999", one of its words."""
    if "enum" in shape:
        return " | ".join(str(word) or "(trống)" for word in shape["enum"])
    kind = str(shape.get("format") or shape.get("type", "any"))
    if kind == "array":
        return f"[{_kind(_resolved(shape.get('items', {}), shapes), shapes)}] ≤ {shape.get('maxItems', '…')}"
    if "maxLength" in shape:
        return f"{kind} ≤ {shape['maxLength']}"
    if "minimum" in shape and "maximum" in shape:
        return f"{kind} {shape['minimum']}–{shape['maximum']}"
    return kind
