"""Assignments inside a unit, delegations and their revocation, as its leader or administrator types them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lienthong.mandate.competence.enums import ConditionKind, DelegableAct
from lienthong.mandate.competence.forms.entering import Choices, KeyForm, day_field, text_field

NEW_ROWS = 3


class ReassignForm(KeyForm):
    """Phân công lại trong một quyết định: every subject in a row, who has it from the day on.

    `rows`: (subject key, label, note, post now or ""). A row that is left as it is changes nothing; the rows
    `new_…` are for single tasks that differ from their field.
    """

    decision = text_field(_("Số quyết định, thông báo"), 200)
    decision_on = day_field(_("Ngày ký"))
    valid_from = day_field(_("Phân công từ ngày"))

    def __init__(
        self, *args: Any, rows: Sequence[tuple[str, str, str, str]], posts: Choices, nobody: Any, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.rows = rows
        chosen = self.posts = [("", str(nobody)), *posts]
        for place, (_subject, label, note, post) in enumerate(rows):
            self.fields[f"row_{place}"] = forms.ChoiceField(
                label=label, help_text=note, choices=chosen, initial=post, required=False
            )
        for place in range(NEW_ROWS):
            self.fields[f"new_task_{place}"] = text_field(_("Mã nhiệm vụ"), 40, required=False)
            self.fields[f"new_post_{place}"] = forms.ChoiceField(
                label=_("Giao cho"), choices=chosen, required=False
            )

    @property
    def present(self) -> list[tuple[Any, str]]:
        """The rows of subjects, each with the post that is chosen in it."""
        rows = [self[f"row_{place}"] for place in range(len(self.rows))]
        return [(row, str(row.value() or "")) for row in rows]

    @property
    def added(self) -> list[tuple[Any, Any]]:
        """The rows for single tasks."""
        return [(self[f"new_task_{place}"], self[f"new_post_{place}"]) for place in range(NEW_ROWS)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for place in range(NEW_ROWS):
            task, post = given.get(f"new_task_{place}", ""), given.get(f"new_post_{place}", "")
            if bool(task) != bool(post):
                self.add_error(
                    f"new_task_{place}", _("Ghi cả mã nhiệm vụ và vị trí được giao, hoặc để trống cả hai.")
                )
        if not self.errors and not self.changed_rows():
            raise forms.ValidationError(
                _("Chưa có dòng nào thay đổi. Hãy chọn vị trí khác ở ít nhất một dòng.")
            )
        return given

    def changed_rows(self) -> list[tuple[str, int | None]]:
        """(subject key, the post that has it from now on or None) of every row that changed."""
        given = self.cleaned_data
        changed = [
            (subject, int(given[f"row_{place}"]) if given[f"row_{place}"] else None)
            for place, (subject, _label, _note, post) in enumerate(self.rows)
            if given.get(f"row_{place}", post) != post
        ]
        fresh = [
            (f"task:{given[f'new_task_{place}']}", int(given[f"new_post_{place}"]))
            for place in range(NEW_ROWS)
            if given.get(f"new_task_{place}") and given.get(f"new_post_{place}")
        ]
        return [*changed, *fresh]


class GrantForm(KeyForm):
    """Ủy quyền: who to whom, which tasks and acts, for how long, on what conditions, with which reports."""

    grantor_post = forms.ChoiceField(label=_("Bên ủy quyền"))
    grantee_post = forms.ChoiceField(
        label=_("Bên được ủy quyền"), error_messages={"required": _("Hãy chọn bên được ủy quyền.")}
    )
    tasks = forms.MultipleChoiceField(
        label=_("Nhiệm vụ được ủy quyền"), widget=forms.CheckboxSelectMultiple, required=False
    )
    more_tasks = text_field(
        _("Nhiệm vụ khác"),
        400,
        required=False,
        help_text=_("Mã các nhiệm vụ của lĩnh vực khác, cách nhau bằng dấu phẩy."),
    )
    acts = forms.MultipleChoiceField(
        label=_("Việc được làm"),
        choices=DelegableAct.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Hãy chọn ít nhất một việc được làm.")},
    )
    valid_from = day_field(_("Từ ngày"))
    valid_to = day_field(
        _("Hết hiệu lực từ ngày"),
        help_text=_("Ngày đầu tiên không còn ủy quyền; ủy quyền nào cũng có thời hạn."),
    )
    number = text_field(_("Số văn bản ủy quyền"), 100)
    signed_on = day_field(_("Ngày ký"))
    report_months = forms.IntegerField(
        label=_("Báo cáo mỗi, tháng"),
        required=False,
        min_value=1,
        max_value=12,
        help_text=_("Để trống nếu văn bản không nêu."),
        error_messages={
            "min_value": _("Kỳ báo cáo từ 1 đến 12 tháng."),
            "max_value": _("Kỳ báo cáo từ 1 đến 12 tháng."),
            "invalid": _("Hãy nhập một số."),
        },
    )

    def __init__(self, *args: Any, posts: Choices, tasks: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["grantor_post"].choices = list(posts)  # type: ignore[attr-defined]
        self.fields["grantee_post"].choices = [("", _("chọn vị trí")), *posts]  # type: ignore[attr-defined]
        self.fields["tasks"].choices = list(tasks)  # type: ignore[attr-defined]
        for kind in ConditionKind:
            self.fields[f"{kind}_text"] = text_field(_("Nội dung"), 200, required=False)
            self.fields[f"{kind}_amount"] = forms.IntegerField(
                label=_("Số năm"), required=False, min_value=0, max_value=60
            )
            self.fields[f"{kind}_evidence"] = text_field(_("Minh chứng"), 200, required=False)

    @property
    def condition_rows(self) -> list[tuple[str, Any, Any, Any]]:
        """The rows of conditions: what kind, and its cells (years only where years count)."""
        return [
            (
                str(kind.label),
                self[f"{kind}_text"],
                self[f"{kind}_amount"] if kind == ConditionKind.PRACTICE else None,
                self[f"{kind}_evidence"],
            )
            for kind in ConditionKind
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        others = [code.strip() for code in given.get("more_tasks", "").split(",") if code.strip()]
        given["task_codes"] = list(dict.fromkeys([*given.get("tasks", []), *others]))
        if not given["task_codes"] and "tasks" not in self.errors:
            self.add_error("tasks", _("Hãy chọn ít nhất một nhiệm vụ."))
        for kind in ConditionKind:
            said = given.get(f"{kind}_evidence") or given.get(f"{kind}_amount")
            if said and not given.get(f"{kind}_text"):
                self.add_error(f"{kind}_text", _("Chưa ghi nội dung của điều kiện."))
        return given

    def granted(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        same = ("key", "task_codes", "acts", "valid_from", "valid_to", "number", "signed_on", "report_months")
        return {
            **{name: given[name] for name in same},
            "grantor_post_id": int(given["grantor_post"]),
            "grantee_post_id": int(given["grantee_post"]),
            "conditions": [
                self._condition(given, kind) for kind in ConditionKind if self._stated(given, kind)
            ],
        }

    @staticmethod
    def _stated(given: dict[str, Any], kind: ConditionKind) -> bool:
        return bool(given.get(f"{kind}_text"))

    @staticmethod
    def _condition(given: dict[str, Any], kind: ConditionKind) -> dict[str, Any]:
        return {
            "kind": kind.value,
            "text": given.get(f"{kind}_text", ""),
            "amount": given.get(f"{kind}_amount"),
            "evidence": given.get(f"{kind}_evidence", ""),
        }


class RevokeForm(KeyForm):
    """Thu hồi ủy quyền."""

    from_day = day_field(_("Thu hồi từ ngày"), help_text=_("Ngày đầu tiên không còn ủy quyền."))
    reason = text_field(_("Lý do"), 300)
