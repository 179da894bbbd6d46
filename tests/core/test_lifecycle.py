"""Lifecycles: what a button and a POST are told, and what the database is told."""

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from lienthong.core.lifecycle.actions import sync_transitions
from lienthong.core.lifecycle.models import Transition as Row
from lienthong.core.lifecycle.queries import lifecycle_of
from lienthong.core.lifecycle.rules import why_not
from lienthong.core.lifecycle.values import Lifecycle, Transition
from lienthong.core.registry.actions import register_kind, register_nav
from lienthong.core.registry.queries import kind_of, kinds, nav_for
from lienthong.core.registry.values import REGISTER, Kind, NavItem
from lienthong.core.scope.values import ANONYMOUS, SYSTEM, Actor
from tests.core.apart import owning

LIFE = Lifecycle(
    kind="test",
    states=(("received", "Đã tiếp nhận"), ("assigned", "Đã phân công"), ("closed", "Đã xong")),
    transitions=(
        Transition("receive", ("",), "received", "reception", label="tiếp nhận"),
        Transition("assign", ("received",), "assigned", "dispatch", "Quy chế làm việc", "phân công"),
        Transition("assign", ("assigned",), "assigned", "dispatch", label="phân công"),
        Transition("end", ("received", "assigned"), "closed", "", label="kết thúc"),
    ),
    duties=(("dispatch", "phân công hồ sơ"),),
)
CLERK = Actor(account_id=1, post_id=1, unit_id=1, duties=frozenset({"reception"}))
HEAD = Actor(account_id=2, post_id=2, unit_id=1, duties=frozenset({"dispatch"}))


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(REGISTER, "kinds", {"test": Kind("test", "Việc thử", LIFE, "test_page")})
    monkeypatch.setattr(REGISTER, "nav", {})


@pytest.fixture
def owner(registered: None) -> Iterator[None]:
    """The lifecycles are written by whoever migrates; the application may only read them."""
    with owning():
        yield


def test_who_has_the_duty_may_act_from_the_right_state() -> None:
    assert why_not(LIFE, "assign", "received", HEAD) is None
    assert why_not(LIFE, "receive", "", CLERK) is None
    assert why_not(LIFE, "end", "assigned", CLERK) is None


def test_another_post_is_told_whose_act_it_is() -> None:
    refusal = why_not(LIFE, "assign", "received", CLERK)
    assert refusal is not None
    assert refusal.code == "lifecycle.duty"
    assert refusal.sentence.startswith("“phân công” là việc của vị trí có nhiệm vụ “phân công hồ sơ”.")
    assert refusal.article == "Quy chế làm việc"


def test_a_wrong_state_is_named_with_what_is_possible_instead() -> None:
    refusal = why_not(LIFE, "receive", "received", CLERK)
    assert refusal is not None
    assert refusal.code == "lifecycle.state"
    assert "“Đã tiếp nhận”" in refusal.sentence
    assert refusal.sentence.endswith("Lúc này có thể: phân công, kết thúc.")


def test_what_has_ended_is_said_to_have_ended() -> None:
    refusal = why_not(LIFE, "assign", "closed", HEAD)
    assert refusal is not None
    assert "đã kết thúc ở trạng thái “Đã xong”" in refusal.sentence


def test_the_system_is_bound_by_states_and_not_by_duties() -> None:
    assert why_not(LIFE, "assign", "received", SYSTEM) is None
    assert why_not(LIFE, "assign", "closed", SYSTEM) is not None


def test_a_verb_that_does_not_exist_is_an_error_of_the_programmer() -> None:
    with pytest.raises(LookupError):
        why_not(LIFE, "fly", "received", HEAD)


def test_a_lifecycle_answers_from_its_table() -> None:
    assert LIFE.verbs_from("received") == ("assign", "end")
    assert LIFE.verbs_from("closed") == ()
    step = LIFE.transition("assign", "assigned")
    assert step is not None
    assert step.to_state == "assigned"


def test_a_kind_is_registered_once(registered: None) -> None:
    register_kind(Kind("test", "Việc thử", LIFE, "test_page"))
    with pytest.raises(ValueError, match="two kinds"):
        register_kind(Kind("test", "Việc khác", LIFE, "test_page"))
    assert [kind.name for kind in kinds()] == ["test"]
    assert lifecycle_of("test") is LIFE
    with pytest.raises(LookupError):
        kind_of("unheard_of")


def test_navigation_shows_what_the_post_may_use(registered: None) -> None:
    register_nav(NavItem("Phân công", "dispatch", ("dispatch",), 20))
    register_nav(NavItem("Việc của tôi", "my_work", (), 10))
    assert [item.url_name for item in nav_for(HEAD)] == ["my_work", "dispatch"]
    assert [item.url_name for item in nav_for(CLERK)] == ["my_work"]
    assert nav_for(ANONYMOUS) == ()
    with pytest.raises(ValueError, match="two entries"):
        register_nav(NavItem("Khác", "my_work"))


@pytest.mark.django_db
def test_rows_equal_what_is_registered_and_syncing_again_changes_nothing(owner: None) -> None:
    assert sync_transitions() == {"test": 5}
    before = list(Row.objects.filter(kind="test").order_by("id").values())
    assert len(before) == 5
    sync_transitions()
    assert list(Row.objects.filter(kind="test").order_by("id").values()) == before


@pytest.mark.django_db
def test_syncing_replaces_what_changed_and_leaves_other_kinds(owner: None) -> None:
    others = Row.objects.exclude(kind="test").count()
    sync_transitions()
    shorter = Lifecycle("test", LIFE.states, LIFE.transitions[:2])
    REGISTER.kinds["test"] = Kind("test", "Việc thử", shorter, "test_page")
    assert sync_transitions() == {"test": 2}
    assert set(Row.objects.filter(kind="test").values_list("verb", flat=True)) == {"receive", "assign"}
    assert Row.objects.exclude(kind="test").count() == others


@pytest.mark.django_db
def test_the_database_refuses_the_same_transition_twice(owner: None) -> None:
    sync_transitions()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO lifecycle_transition (kind, verb, from_state, to_state, duty, basis)"
            " SELECT kind, verb, from_state, to_state, duty, basis FROM lifecycle_transition WHERE kind = 'test'"
        )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE lifecycle_transition SET to_state = 'returned'",
        "DELETE FROM lifecycle_transition",
        "INSERT INTO lifecycle_transition (kind, verb, from_state, to_state, duty, basis)"
        " VALUES ('dossier', 'jump', 'received', 'returned', '', '')",
    ],
)
def test_the_application_cannot_write_itself_a_transition(statement: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)
