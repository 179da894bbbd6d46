from django.db.models import TextChoices


class InstrumentKind(TextChoices):
    LAW = "law", "Luật"
    DECREE = "decree", "Nghị định"
    CIRCULAR = "circular", "Thông tư"
    DECISION = "decision", "Quyết định"
    RESOLUTION = "resolution", "Nghị quyết"
    NOTICE = "notice", "Thông báo, công văn"
    LOCAL = "local", "Văn bản của đơn vị"


class Confidence(TextChoices):
    """How sure the office may be of a stored fact of law (FACTS: V, P, M, assumption)."""

    VERIFIED = "verified", "đã đối chiếu văn bản"
    PRESS = "press", "theo báo chí, trang thứ cấp"
    MEMORY = "memory", "chưa đối chiếu"
    ASSUMPTION = "assumption", "giả định"
    ILLUSTRATIVE = "illustrative", "giá trị minh họa"


class LinkKind(TextChoices):
    """What one instrument does to another."""

    AMENDS = "amends", "sửa đổi"
    REPLACES = "replaces", "thay thế"
    EXTENDS = "extends", "kéo dài hiệu lực"
