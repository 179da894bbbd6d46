"""Shape only: one form for each term, with rows of its own. What a term may be is the rules' question."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lienthong.core.instruments.enums import Confidence
from lienthong.core.registry.queries import kinds
from lienthong.core.shell.forms import Day
from lienthong.lib.calendar import LimitUnit
from lienthong.mandate.procedures.enums import StepRole, TermName
from lienthong.mandate.procedures.rules import LIMIT_WORDS, MOST_FEE, MOST_PIECES, MOST_TIME, WHOLE

EMPTY_ROWS, MORE_ROWS, MOST_ROWS = 2, 3, 60
BASIS = ("citation", "confidence", "valid_from")
_OFF = {"autocomplete": "off"}
_FIGURES = {**_OFF, "inputmode": "numeric"}
_CHOOSE = ("", _("– chọn –"))
# An office sets what it can answer for; what is made up belongs to a demonstration alone.
SURE = [(word, label) for word, label in Confidence.choices if word != Confidence.ILLUSTRATIVE]


class SearchForm(forms.Form):
    """Tìm trong danh mục."""

    q = forms.CharField(label=_("Tên, mã hoặc chữ đầu của thủ tục (không cần dấu)"), max_length=200)


class TermForm(forms.Form):
    """Một lần ấn định: the rows of the value, then what it rests on. A row left empty is no row."""

    # name, label, field; the columns of a row, in order
    columns: Sequence[tuple[str, Any, forms.Field]] = ()
    at_least = 5

    key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={
            "required": _("Trang thiếu mã thao tác. Hãy tải lại trang rồi làm lại; chưa có gì bị mất.")
        },
    )
    citation = forms.CharField(
        label=_("Căn cứ"),
        help_text=_("Số, ký hiệu văn bản hoặc quyết định mà giá trị này dựa vào."),
        max_length=300,
        widget=forms.TextInput(_OFF),
        error_messages={"required": _("Chưa nêu căn cứ. Hãy ghi số văn bản hoặc quyết định.")},
    )
    confidence = forms.ChoiceField(
        label=_("Độ chắc chắn"),
        choices=[_CHOOSE, *SURE],
        error_messages={"required": _("Hãy chọn: đã đối chiếu văn bản, hay chưa.")},
    )
    valid_from = Day(
        label=_("Áp dụng từ ngày"),
        help_text=_("Để trống: từ hôm nay. Hồ sơ đã nhận giữ nội dung cũ."),
        required=False,
        widget=forms.TextInput(_FIGURES),
    )

    def __init__(self, *args: Any, value: Any = None, count: int = 0, **kwargs: Any) -> None:
        """`value`: what applies now, shown to be changed; `count`: how many rows."""
        super().__init__(*args, **kwargs)
        usual = count or max(len(value or ()) + EMPTY_ROWS, self.at_least)
        self.count = min(usual, MOST_ROWS) if self.columns else 0
        for index in range(self.count):
            self._add_row(index, (value or [])[index] if index < len(value or ()) else {})
        self.order_fields([name for name in self.fields if name not in BASIS])

    def _add_row(self, index: int, given: dict[str, Any]) -> None:
        for name, label, column in self.columns:
            field = column.__deepcopy__({})
            field.label = _("Dòng %(row)s, %(label)s") % {"row": index + 1, "label": str(label).lower()}
            field.widget.attrs["aria-label"] = field.label
            field.initial = given.get(name, "")
            self.fields[f"row{index}_{name}"] = field

    def rows(self) -> Iterator[list[tuple[Any, Any]]]:
        """Each row: (head of the column, bound field)."""
        for index in range(self.count):
            yield [(label, self[f"row{index}_{name}"]) for name, label, _field in self.columns]

    def heads(self) -> list[Any]:
        """The heads of the columns."""
        return [label for _name, label, _field in self.columns]

    def basis(self) -> list[Any]:
        """The fields below the rows."""
        return [self[name] for name in BASIS]

    def value(self) -> Any:
        """The value as the action takes it: the rows in which something was typed."""
        typed = [self._row(index) for index in range(self.count)]
        return [self.completed(row) for row in typed if any(cell not in ("", None) for cell in row.values())]

    def completed(self, row: dict[str, Any]) -> dict[str, Any]:
        """A row with what may be left out."""
        return row

    def _row(self, index: int) -> dict[str, Any]:
        return {name: self.cleaned_data[f"row{index}_{name}"] for name, _label, _field in self.columns}


def number(most: int) -> forms.IntegerField:
    """A whole number that may be left out."""
    return forms.IntegerField(
        required=False,
        min_value=0,
        max_value=most,
        widget=forms.TextInput(_FIGURES),
        error_messages={
            "invalid": _("Hãy nhập một số, không có chữ."),
            "min_value": _("Số không nhỏ hơn 0."),
            "max_value": _("Số không lớn hơn %(limit_value)s."),
        },
    )


def words(most: int) -> forms.CharField:
    """A short text that may be left out."""
    return forms.CharField(required=False, max_length=most, widget=forms.TextInput(_OFF))


def choice(options: Sequence[tuple[str, Any]]) -> forms.ChoiceField:
    """One of some words, none at first."""
    return forms.ChoiceField(required=False, choices=[_CHOOSE, *options])


class PapersForm(TermForm):
    """Thành phần hồ sơ."""

    columns = (
        ("name", _("Tên giấy tờ"), words(400)),
        ("originals", _("Bản chính"), number(MOST_PIECES)),
        ("copies", _("Bản sao"), number(MOST_PIECES)),
    )

    def completed(self, row: dict[str, Any]) -> dict[str, Any]:
        """No figure means none of that kind."""
        return {**row, "originals": row["originals"] or 0, "copies": row["copies"] or 0}


class TimeLimitForm(TermForm):
    """Thời hạn giải quyết: a row for each case; with one row there is nothing to choose at the counter."""

    at_least = 3
    columns = (
        ("amount", _("Số"), number(MOST_TIME)),
        ("unit", _("Đơn vị"), choice([(unit.value, LIMIT_WORDS[unit]) for unit in LimitUnit])),
        ("case", _("Trường hợp"), words(200)),
        (
            "cutoff",
            _("Giờ chốt"),
            forms.RegexField(
                r"^([01]\d|2[0-3]):[0-5]\d$",
                required=False,
                widget=forms.TextInput({**_OFF, "placeholder": "15:00"}),
                error_messages={"invalid": _("Hãy ghi giờ và phút, ví dụ 15:00.")},
            ),
        ),
    )


class FeesForm(TermForm):
    """Phí, lệ phí."""

    at_least = 3
    columns = (
        ("label", _("Tên khoản"), words(200)),
        ("amount", _("Số đồng"), number(MOST_FEE)),
        ("per", _("Tính theo"), words(40)),
    )

    def completed(self, row: dict[str, Any]) -> dict[str, Any]:
        """A fee without a name is called what the catalogue calls it."""
        return {**row, "label": row["label"] or "Phí, lệ phí"}


class StepsForm(TermForm):
    """Quy trình nội bộ."""

    columns = (
        ("state", _("Trạng thái"), choice(())),
        ("who", _("Ai làm"), choice(StepRole.choices)),
        ("share", _("Tỷ lệ thời hạn, %"), number(WHOLE)),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [(word, label) for kind in kinds() for word, label in kind.lifecycle.states]
        for index in range(self.count):
            self.fields[f"row{index}_state"].choices = [_CHOOSE, *states]  # type: ignore[attr-defined]


class AtOnceForm(TermForm):
    """Lấy ngay."""

    at_once = forms.ChoiceField(
        label=_("Giải quyết và trả ngay tại quầy"),
        choices=[("yes", _("Có")), ("no", _("Không"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn có hoặc không.")},
    )

    def __init__(self, *args: Any, value: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["at_once"].initial = {True: "yes", False: "no"}.get(value, "")

    def value(self) -> bool:
        """Yes or no."""
        return bool(self.cleaned_data["at_once"] == "yes")


FORMS: dict[TermName, type[TermForm]] = {
    TermName.PAPERS: PapersForm,
    TermName.TIME_LIMIT: TimeLimitForm,
    TermName.FEES: FeesForm,
    TermName.STEPS: StepsForm,
    TermName.AT_ONCE: AtOnceForm,
}
