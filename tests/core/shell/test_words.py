"""The words of dates, numbers, codes and due times."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import Context, Template
from django.utils import translation

from lienthong.core.shell import rules
from lienthong.core.shell.templatetags import shell

NOW = datetime(2026, 3, 9, 3, 20, tzinfo=UTC)  # 10:20 in Vietnam


@pytest.fixture(autouse=True)
def vietnamese():
    with translation.override("vi"):
        yield


def test_a_date_is_written_the_vietnamese_way_in_the_office_s_zone():
    assert rules.vn_date(date(2026, 3, 1)) == "01/03/2026"
    assert rules.vn_datetime(datetime(2026, 3, 11, 17, 30, tzinfo=UTC)) == "12/03/2026 00:30"
    assert rules.vn_date(None) == rules.vn_datetime(None) == ""


@pytest.mark.parametrize(
    ("value", "text"),
    [(66000, "66.000"), (0, "0"), (93.44, "93,4"), (96.0, "96"), (-1200, "-1.200"), (None, ""), ("–", "–")],
)
def test_thousands_take_a_point_and_decimals_a_comma(value, text):
    assert rules.vn_number(value) == text


def test_a_code_is_grouped_for_the_eye_and_copies_without_gaps():
    assert rules.code_groups("H29.27475-260302-0042") == ["H29.27475-", "260302-", "0042"]
    assert rules.code_groups("079196004217") == ["079", "196", "004", "217"]
    html = shell.code_groups("H29-<b>-1")
    assert "<b>" not in html and html.count("<span") == 4


def due(minutes, **more):
    due_at = NOW + timedelta(minutes=minutes)
    return rules.due_words(due_at=due_at, now=NOW, remaining_minutes=minutes, **more)


@pytest.mark.parametrize(
    ("minutes", "tone", "words"),
    [
        (3 * 480 + 100, "ok", "còn 3 ngày làm việc"),
        (480, "soon", "còn 1 ngày làm việc"),
        (200, "soon", "còn 3 giờ làm việc"),
        (25, "soon", "còn 25 phút"),
        (-30, "late", "quá hạn 30 phút"),
        (-2 * 480, "late", "quá hạn 2 ngày làm việc"),
    ],
)
def test_what_is_left_is_said_in_its_largest_whole_unit(minutes, tone, words):
    assert (due(minutes).tone, due(minutes).words) == (tone, words)


def test_without_working_minutes_the_wall_clock_speaks_and_says_no_working_days():
    late = rules.due_words(due_at=NOW - timedelta(days=2), now=NOW)
    assert (late.tone, late.words) == ("late", "quá hạn 2 ngày")


def test_a_paused_case_has_no_date_but_what_remains():
    paused = rules.due_words(due_at=None, now=NOW, remaining_minutes=7 * 480, paused=True)
    assert (paused.tone, paused.words, paused.at) == ("paused", "tạm dừng, còn 7 ngày làm việc", None)


def test_a_closed_case_says_whether_it_kept_its_date():
    assert due(60, closed_at=NOW).words == "xong đúng hạn"
    assert due(-60, closed_at=NOW).words == "xong trễ hạn"
    assert rules.due_words(due_at=None, now=NOW).words == "chưa có hạn"


def test_the_share_of_the_time_used_stays_within_the_whole():
    assert due(120, total_minutes=480).share == 75
    assert due(-900, total_minutes=480).share == 100


def test_every_form_gets_a_key_of_its_own_and_a_bound_form_keeps_it():
    assert shell.command_key() != shell.command_key()
    assert 'value="abc"' in shell.command_key("abc")


def test_a_changed_filter_goes_back_to_the_first_page(rf):
    request = rf.get("/?state=new&after=9&q=an")
    template = Template('{% url_with state="late" q=None %}')
    assert template.render(Context({"request": request})) == "?state=late"
    assert (
        Template("{% url_with after=12 %}").render(Context({"request": request}))
        == "?state=new&amp;q=an&amp;after=12"
    )
