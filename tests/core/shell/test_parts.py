"""The parts of a page: what they say, and that they are tied for those who do not see."""

from django import forms
from django.template.loader import render_to_string

from lienthong.core.shell.values import Act


class Sample(forms.Form):
    name = forms.CharField(label="Họ và tên", help_text="Như trên giấy tờ.")
    phone = forms.CharField(label="Điện thoại", required=False)


def part(name, **context):
    return render_to_string(f"shell/parts/{name}.html", context)


def test_an_error_is_tied_to_its_field_and_led_to_from_the_summary():
    form = Sample({})
    html = part("field", field=form["name"])
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html and 'id="id_name_error"' in html
    assert 'href="#id_name"' in part("errors", form=form)


def test_a_field_that_may_stay_empty_says_so():
    assert "(nếu có)" in part("field", field=Sample()["phone"])
    assert "(nếu có)" not in part("field", field=Sample()["name"])


def test_no_summary_without_an_error():
    assert part("errors", form=Sample()).strip() == ""


def test_an_act_that_is_not_possible_says_why_and_the_others_stay_plain():
    acts = [
        Act("ask", "Lấy ý kiến", "/ask/"),
        Act("approve", "Phê duyệt", reason="Chưa được trình.", article="Điều 9"),
    ]
    html = part("acts", acts=acts, as_primary=True)
    assert 'aria-describedby="why-approve"' in html and 'id="why-approve"' in html
    assert "Chưa được trình." in html and "Điều 9" in html
    assert "button--primary" not in html


def test_a_posting_act_carries_an_idempotency_key():
    html = part("act", act=Act("take", "Nhận việc", "/take/", post=True), as_primary=True)
    assert 'method="post"' in html and 'name="key"' in html and "button--primary" in html


def test_no_template_carries_a_style_attribute_or_an_inline_script():
    from pathlib import Path

    import lienthong.core.shell as room

    for path in Path(room.__file__).parent.joinpath("templates").rglob("*.html"):
        text = path.read_text()
        assert " style=" not in text and "<style" not in text and " onclick=" not in text, path
        assert "<script>" not in text, path
