"""Settling a dispute: which unit answers for the matter from now on, and why."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lienthong.core.workdays.queries import today
from lienthong.facilities.casework.enums import HandOverState
from lienthong.facilities.casework.values import Course, OfferLine
from lienthong.lib.text import fold
from lienthong.people.organisation.queries import unit_by_id, units_of_province
from lienthong.work.dossiers.forms.acting import ActForm, wording

ANOTHER, MOST_NAMED = 0, 5


class ArbitrateForm(ActForm):
    """One of the units that took part, or any other of the province by its name; and the reason."""

    party = forms.TypedChoiceField(
        label=_("Giao cho đơn vị"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn đơn vị giải quyết.")},
    )
    another = wording(
        _("Tên đơn vị khác"),
        required=False,
        most=200,
        hint=_("Chỉ khi chọn “Đơn vị khác”. Gõ tên phường, xã; không cần dấu."),
    )
    reason = wording(_("Lý do phân xử"), rows=4, hint=_("Các đơn vị liên quan đọc nguyên văn phần này."))

    def __init__(self, *args: Any, course: Course, **kwargs: Any) -> None:
        self.course = course
        super().__init__(*args, **kwargs)

    def choose(self) -> None:
        """The units that took part first, in the order in which they came in."""
        on, case = today(), self.dossier.case
        here = unit_by_id(case.responsible_unit_id, on)
        self.units = {unit.id: unit.name for unit in units_of_province(here.province_code, on)}
        words = {case.responsible_unit_id: _("đang chịu trách nhiệm")}
        parties = [case.responsible_unit_id]
        for offer in self.course.offers:
            parties += [offer.from_unit_id, offer.to_unit_id, offer.proposed_unit_id or 0]
        named = [(one, self.units.get(one, "")) for one in dict.fromkeys(parties) if one in self.units]
        choices = [(one, f"{name} ({words[one]})" if one in words else name) for one, name in named]
        self.fields["party"].choices = [*choices, (ANOTHER, _("Đơn vị khác"))]  # type: ignore[attr-defined]
        self.fields["another"].widget.attrs["list"] = "units"

    def clean(self) -> dict[str, Any]:
        """Another unit is named so that it is one."""
        known = super().clean() or {}
        if known.get("party") == ANOTHER:
            known["party"] = self._named(known.get("another", ""))
        return known

    def hops(self) -> list[tuple[OfferLine, str, str, str, Any]]:
        """Every hand-over of the case, with the names of its units and the word for what became of it."""
        return [
            (
                row,
                self.units.get(row.from_unit_id, ""),
                self.units.get(row.to_unit_id, ""),
                self.units.get(row.proposed_unit_id or 0, ""),
                HandOverState(row.state).label,
            )
            for row in self.course.offers
        ]

    def given(self) -> dict[str, Any]:
        """The unit and the reason."""
        return {"unit_id": self.cleaned_data["party"], "reason": self.cleaned_data["reason"]}

    def _named(self, text: str) -> int:
        """The one unit of the province that is called so; 0 with the error where there is none, or several."""
        wanted = fold(text)
        names = {one: fold(name) for one, name in self.units.items()}
        exact = [one for one, name in names.items() if name == wanted]
        near = [one for one, name in names.items() if wanted and wanted in name]
        if len(exact or near) == 1:
            return (exact or near)[0]
        self.add_error("another", self._unclear(exact or near))
        return ANOTHER

    def _unclear(self, found: list[int]) -> str:
        if not found:
            return str(_("Không có phường, xã nào tên như vậy trong tỉnh, thành phố. Hãy gõ lại tên."))
        some = ", ".join(self.units[one] for one in found[:MOST_NAMED])
        more = _(" và nơi khác") if len(found) > MOST_NAMED else ""
        return str(_("Có nhiều đơn vị tên gần như vậy: %(names)s. Hãy gõ đủ tên.")) % {
            "names": f"{some}{more}"
        }
