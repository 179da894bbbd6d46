"""Assign, take up, propose, submit, approve, send back, complete."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lienthong.core.workdays.queries import today
from lienthong.people.organisation.values import PostCard
from lienthong.work.dossiers.forms.acting import ActForm, wording
from lienthong.work.dossiers.queries import assignable_posts

GRANTS = (("yes", _("Đồng ý giải quyết")), ("no", _("Không đồng ý giải quyết")))


class AssignForm(ActForm):
    """To whom: a post of the responsible unit that processes."""

    to_post_id = forms.TypedChoiceField(label=_("Giao cho"), coerce=int, widget=forms.RadioSelect)

    def choose(self) -> None:
        """The officers who process, by department; who holds it now is marked."""
        case = self.dossier.case
        cards = assignable_posts(case.responsible_unit_id, today())
        self.fields["to_post_id"].choices = [  # type: ignore[attr-defined]
            (card.id, _named(card, case.holder_id)) for card in cards
        ]


class ProposeForm(ActForm):
    """What is proposed, why and on which law; with `submit` it goes to the leader in the same act."""

    grants = forms.TypedChoiceField(
        label=_("Đề xuất"),
        choices=GRANTS,
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )
    text = wording(_("Nội dung đề xuất"), rows=5, hint=_("Lãnh đạo đọc nguyên văn phần này khi phê duyệt."))
    basis = wording(_("Căn cứ pháp lý"), most=400, hint=_("Điều, khoản của văn bản làm căn cứ."))
    submit = forms.BooleanField(label=_("Trình lãnh đạo ngay"), required=False, initial=True)


class SendBackForm(ActForm):
    """Why the proposal goes back."""

    reason = wording(_("Lý do trả lại"), rows=4, hint=_("Người trình đọc nguyên văn."))


class CompleteForm(ActForm):
    """Number and short content of the result."""

    result_number = wording(_("Số, ký hiệu kết quả"), most=100)
    result_summary = wording(_("Trích yếu kết quả"), rows=3, required=False, most=1000)


def _named(card: PostCard, holder_id: int | None) -> str:
    words = f"{card.person_name or _('(đang trống)')} – {card.title}"
    return f"{words} ({_('đang giữ')})" if card.id == holder_id else words
