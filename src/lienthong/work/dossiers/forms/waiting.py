"""Supplements and refusals: a list of what lacks, each with its basis."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from lienthong.work.dossiers.forms.acting import ActForm, wording
from lienthong.work.dossiers.values import Lack

ROWS, MOST_ROWS, MORE = 3, 30, 3


class LacksForm(ActForm):
    """As many rows (what, basis) as were asked for; empty ones do not count."""

    rows = forms.IntegerField(widget=forms.HiddenInput, required=False)
    argument, what = "lacks", _("Giấy tờ, nội dung cần bổ sung")

    def choose(self) -> None:
        """The rows; a paper that was not handed in at intake is proposed first."""
        count = self._rows()
        missing = self._missing()
        self.initial["rows"] = count
        for number in range(1, count + 1):
            self.fields[f"what_{number}"] = wording(self.what, rows=2, required=number == 1, most=600)
            self.fields[f"basis_{number}"] = wording(_("Căn cứ pháp lý"), required=number == 1, most=400)
            if number <= len(missing):
                self.initial[f"what_{number}"] = missing[number - 1]

    def pairs(self) -> list[tuple[int, BoundField, BoundField]]:
        """The rows as fields, for the page."""
        return [
            (number, self[f"what_{number}"], self[f"basis_{number}"]) for number in range(1, self._rows() + 1)
        ]

    def given(self) -> dict[str, Any]:
        """The rows in which something was written."""
        found = [
            Lack(self.cleaned_data[f"what_{number}"], self.cleaned_data[f"basis_{number}"])
            for number in range(1, self._rows() + 1)
        ]
        return {self.argument: tuple(lack for lack in found if lack.what or lack.basis)}

    def _rows(self) -> int:
        asked = str(self.data.get("rows", "") if self.is_bound else "")
        more = MORE if self.is_bound and "more" in self.data else 0
        wanted = int(asked) if asked.isdecimal() else max(ROWS, len(self._missing()))
        return min(wanted + more, MOST_ROWS)

    def _missing(self) -> list[str]:
        if self.argument != "lacks":
            return []
        return [row["name"] for row in self.dossier.papers if lacks_copies(row)]


class RefuseForm(LacksForm):
    """The reasons, each with its basis, and where to go instead."""

    argument, what = "reasons", _("Lý do từ chối")
    guidance = wording(
        _("Hướng dẫn người nộp"), rows=3, required=False, hint=_("Nơi có thẩm quyền, hoặc cách làm đúng.")
    )

    def given(self) -> dict[str, Any]:
        """Reasons and guidance."""
        return {**super().given(), "guidance": self.cleaned_data["guidance"]}


class ReceiveSupplementForm(ActForm):
    """The papers came; what was handed in can be noted."""

    note = wording(_("Ghi chú giấy tờ đã nhận"), rows=3, required=False, most=1000)


def lacks_copies(row: dict[str, Any]) -> bool:
    """Whether fewer papers were handed in than the procedure asks for."""
    return bool(row["given_originals"] < row["originals"] or row["given_copies"] < row["copies"])
