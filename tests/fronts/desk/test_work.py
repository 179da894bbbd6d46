"""My work and search over HTTP: lists as links, few statements, nothing personal in an address."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.facilities.casework.queries import tab_counts, worklist
from lienthong.facilities.casework.values import Filter
from lienthong.fronts.desk.queries.work import lines_of
from lienthong.people.parties.models import Party
from lienthong.work.dossiers.actions.waiting import request_supplement
from lienthong.work.dossiers.queries import find_dossier
from lienthong.work.dossiers.values import Lack
from tests.cast import Cast
from tests.work.dossiers.stage import received

pytestmark = pytest.mark.django_db
Officer = Callable[[Actor], Client]


def holder(cast: Cast, dossier_id: int) -> Actor:
    """Who holds the dossier, as an actor."""
    with entered(cast.clerk):
        post_id = find_dossier(cast.clerk, dossier_id).case.holder_id
    people = [
        cast.of(f"{stem}{number}.27475") for stem in ("vanphong", "kinhte", "vhxh") for number in (1, 2)
    ]
    people += [cast.of(f"truong.{stem}.27475") for stem in ("vanphong", "kinhte", "vhxh")]
    return next(actor for actor in people if actor.post_id == post_id)


def test_a_new_matter_stands_in_its_holders_list_with_its_number(as_officer: Officer, cast: Cast) -> None:
    got = received(cast.clerk)
    actor = holder(cast, got.dossier_id)
    page = as_officer(actor).get("/desk/").content.decode()
    assert got.code in page.replace("<span>", "").replace("</span>", "")
    assert "?list=overdue" in page and "Mới giao" in page


def test_a_list_needs_four_statements_at_most(cast: Cast) -> None:
    for number in range(3):
        received(cast.clerk, number=f"07919000010{number}")
    actor, at = holder(cast, received(cast.clerk).dossier_id), now()
    with entered(actor):
        lines_of([], at)  # the calendar is kept by the process
        with CaptureQueriesContext(
            connection,
        ) as counted:
            tab_counts(actor, at)
            lines = lines_of(worklist(actor, Filter(), at), at)
    assert len(lines) == 4 and all(line.holder for line in lines)
    assert len(counted) <= 4, [query["sql"][:80] for query in counted]


def test_the_counts_are_those_of_the_lists(cast: Cast) -> None:
    first, _second = received(cast.clerk), received(cast.clerk, number="079190000456")
    actor = holder(cast, first.dossier_id)
    with entered(cast.clerk):
        request_supplement(
            actor=cast.clerk,
            dossier_id=first.dossier_id,
            key=uuid4(),
            lacks=[Lack("Giấy chứng sinh", "Thành phần hồ sơ")],
        )
    with entered(actor):
        at = now()
        counts = tab_counts(actor, at)
        assert (counts["mine"], counts["waiting"], counts["unit"]) == (2, 1, 2)
        due = worklist(actor, Filter(), at)[0].due_at
        assert due
        # As the days pass, each list has its turn.
        moments = [due - timedelta(days=20), due - timedelta(hours=20), due - timedelta(hours=1)]
        passed = [counts_as_lists(actor, one) for one in (*moments, due + timedelta(minutes=1))]
    assert [sorted(name for name in OF_DUE if one[name]) for one in passed] == [
        [], ["soon"], ["soon", "today"], ["overdue", "unit_overdue"],
    ]  # fmt: skip


OF_DUE = ("overdue", "today", "soon", "unit_overdue")


def counts_as_lists(actor: Actor, at: datetime) -> dict[str, int]:
    """The counts, each of which is held against its list."""
    counts = tab_counts(actor, at, {"assigned": "assigned", "online": "submitted"})
    for name, wanted in {
        "mine": Filter(),
        "overdue": Filter(due="overdue"),
        "today": Filter(due="today"),
        "soon": Filter(due="soon"),
        "waiting": Filter(waiting=True),
        "fresh": Filter(fresh=True),
        "unit": Filter(whose="unit"),
        "unit_overdue": Filter(whose="unit", due="overdue"),
        "assigned": Filter(whose="unit", state="assigned"),
        "online": Filter(whose="unit", state="submitted"),
    }.items():
        assert counts[name] == len(worklist(actor, wanted, at)), name
    return counts


def test_another_units_officer_sees_nothing_of_it(as_officer: Officer, cast: Cast) -> None:
    got = received(cast.clerk)
    client = as_officer(cast.stranger)
    assert got.code not in plain(client.get("/desk/?list=unit"))
    assert "Không tìm thấy hồ sơ nào" in plain(client.post("/desk/search/", {"q": got.code}))


@pytest.mark.parametrize("text", ["cong dan 0123", "079190000123", "0900000123", "0900 000 123"])
def test_a_dossier_is_found_by_name_number_and_telephone(as_officer: Officer, cast: Cast, text: str) -> None:
    got = received(cast.clerk)
    page = as_officer(cast.clerk).post("/desk/search/", {"q": text})
    assert page.status_code == 200 and got.code in plain(page)


def test_a_receipts_qr_finds_its_dossier(as_officer: Officer, cast: Cast) -> None:
    got = received(cast.clerk)
    scanned = f"http://localhost:8000/tra-cuu/{got.lookup_token}/"
    answer = as_officer(cast.clerk).post("/desk/search/", {"q": scanned})
    assert answer.status_code == 302 and f"/{got.dossier_id}/" in answer["Location"]


def test_a_whole_code_opens_the_dossier(as_officer: Officer, cast: Cast) -> None:
    got = received(cast.clerk)
    answer = as_officer(cast.clerk).post("/desk/search/", {"q": got.code.lower()})
    assert answer.status_code == 302 and str(got.dossier_id) in answer["Location"]


def test_what_is_searched_stays_out_of_addresses_and_caches(as_officer: Officer, cast: Cast) -> None:
    client = as_officer(cast.clerk)
    page = client.get("/desk/search/?q=079190000123")
    assert "079190000123" not in page.content.decode() and "no-store" in page["Cache-Control"]
    assert 'action="/desk/search/" method="post"' in client.get("/desk/").content.decode()


def test_an_empty_search_says_what_to_type(as_officer: Officer, cast: Cast) -> None:
    page = as_officer(cast.clerk).post("/desk/search/", {"q": " "})
    assert page.status_code == 422 and "Hãy gõ mã hồ sơ" in page.content.decode()


def test_reading_a_person_on_the_way_is_written_down(as_officer: Officer, cast: Cast) -> None:
    received(cast.clerk)
    client = as_officer(cast.clerk)
    with connection.cursor() as cursor:
        client.post("/desk/search/", {"q": "079190000123"})
        with entered(cast.city):
            cursor.execute("SELECT count(*) FROM journal_reading WHERE purpose = 'search'")
            city = cursor.fetchone()[0]
        with entered(cast.clerk):
            cursor.execute("SELECT count(*) FROM journal_reading WHERE purpose = 'search'")
            assert max(cursor.fetchone()[0], city) >= 1


@pytest.mark.parametrize("name", ["to_return", "offers", "opinions", "soon", "unit_overdue", "nonsense"])
def test_every_list_says_what_would_be_there(as_officer: Officer, cast: Cast, name: str) -> None:
    page = as_officer(cast.chair if name == "offers" else cast.clerk).get(f"/desk/?list={name}")
    assert page.status_code == 200 and 'class="empty"' in page.content.decode()


def test_officers_pages_are_vietnamese_whatever_the_browser_asks(as_officer: Officer, cast: Cast) -> None:
    page = as_officer(cast.clerk).get("/desk/", headers={"accept-language": "en"})
    assert "Việc của tôi" in page.content.decode() and '<html lang="vi"' in page.content.decode()


def plain(page: object) -> str:
    return page.content.decode().replace("<span>", "").replace("</span>", "")  # type: ignore[attr-defined]


def test_a_search_opens_no_person_of_another_unit(as_officer: Officer, cast: Cast) -> None:
    """Only the counter, where the paper lies, does; else any number that is tried would open somebody."""
    received(cast.clerk)
    for stranger in (cast.neighbour, cast.city):
        page = as_officer(stranger).post("/desk/search/", {"q": "079190000123"})
        assert page.status_code == 200
        with entered(stranger):
            assert Party.objects.filter(papers__number="079190000123").count() == 0


def test_signed_in_one_comes_to_where_ones_work_is(as_officer: Officer, cast: Cast) -> None:
    assert as_officer(cast.city).get("/desk/start/")["Location"] == "/cockpit/"
    for actor in (cast.clerk, cast.chair, cast.administrator):
        assert as_officer(actor).get("/desk/start/")["Location"] == "/desk/"
    assert 'class="mark" href="/desk/start/"' in as_officer(cast.city).get("/cockpit/").content.decode()
