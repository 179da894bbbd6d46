"""The journal: what an entry is, what it refuses, and what a listener may rely on."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from lienthong.core.journal.actions import (
    begin_command,
    erase_particulars,
    finish_command,
    flush_readings,
    note_reading,
    note_reading_apart,
    record,
)
from lienthong.core.journal.events import Event, all_events, register_events
from lienthong.core.journal.models import Entry, Particular, Reading
from lienthong.core.journal.queries import (
    particulars_are_whole,
    particulars_of,
    pending_readings,
    timeline,
)
from lienthong.core.journal.values import KeyReused, Subject
from lienthong.core.registry.values import Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import ANONYMOUS, SYSTEM, Actor
from tests.core.apart import as_owner, elsewhere, swept

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
CLERK = Actor(account_id=7, post_id=70, unit_id=27475)
STRANGER = Actor(account_id=8, post_id=80, unit_id=27286)
CASE = -4001
OTHER_CASE = -4002
SWEEP = ("DELETE FROM journal_reading WHERE purpose LIKE 'test.%'",)

register_events(
    Event("test.done", "Đã làm việc {code}, hẹn {due_at}, ghi chú {missing}"),
    Event("test.other", "Việc khác"),
)


def note(verb: str = "test.done", case: int | None = CASE, **more: Any) -> int:
    return record(verb, subject=Subject("test", 1, case), actor=CLERK, at=NOW, **more)


# --- entries


@pytest.mark.django_db
def test_an_entry_keeps_who_what_and_both_moments() -> None:
    with entered(CLERK):
        entry = Entry.objects.get(pk=note(data={"code": "H29-1"}))
    assert (entry.account_id, entry.post_id, entry.unit_id) == (7, 70, 27475)
    assert (entry.subject_kind, entry.subject_id, entry.case_id) == ("test", 1, CASE)
    assert entry.acted_at == NOW
    assert abs(datetime.now(UTC) - entry.recorded_at) < timedelta(minutes=1)
    assert entry.xid > 0


@pytest.mark.django_db
def test_recording_is_one_statement(django_assert_num_queries: Any) -> None:
    with entered(CLERK), django_assert_num_queries(1):
        note(case=None, data={"code": "H29-1"}, particulars={"phone": "0900000123"})


@pytest.mark.django_db
def test_an_event_without_a_sentence_cannot_be_recorded() -> None:
    with entered(CLERK), pytest.raises(LookupError):
        note("test.unheard_of")


def test_one_event_has_one_sentence() -> None:
    with pytest.raises(ValueError, match="two sentences"):
        register_events(Event("test.other", "Câu khác"))
    assert "Việc khác" in {event.sentence for event in all_events()}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "data", [{"name": "x"}, {"a": {"phone": "1"}}, {"rows": [{"address": "x"}]}, {"identity": "0"}]
)
def test_personal_data_stays_out_of_the_entry(data: dict[str, Any]) -> None:
    with entered(CLERK), pytest.raises(ValueError, match="particulars"):
        note(data=data)


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["UPDATE journal_entry SET verb = 'x'", "DELETE FROM journal_entry"])
def test_the_application_may_not_change_an_entry(change: str) -> None:
    with entered(CLERK):
        note()
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(change)


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["UPDATE journal_entry SET verb = 'x'", "DELETE FROM journal_entry"])
def test_nor_may_the_owner(change: str) -> None:
    with as_owner() as owner:
        owner.execute(
            "INSERT INTO journal_entry (verb, subject_kind, subject_id, acted_at, data, particulars_digest)"
            " VALUES ('test.done', 'test', 1, now(), '{}', '')"
        )
        with pytest.raises(psycopg.Error, match="Cannot update or delete"):
            owner.execute(change)
        owner.rollback()


# --- particulars


@pytest.mark.django_db
def test_shredding_personal_data_leaves_the_entry_and_its_digest() -> None:
    with entered(SYSTEM):
        entry_id = note(particulars={"phone": "0900000123"})
        before = Entry.objects.values().get(pk=entry_id)
        assert particulars_of(entry_id) == {"phone": "0900000123"}
        assert particulars_are_whole(entry_id) is True
        erase_particulars(entry_id=entry_id, actor=SYSTEM, at=NOW, reason="hết thời hạn lưu")
        assert particulars_of(entry_id) is None
        assert particulars_are_whole(entry_id) is None
        assert Entry.objects.values().get(pk=entry_id) == before


@pytest.mark.django_db
def test_a_changed_particular_is_seen() -> None:
    with entered(SYSTEM):
        entry_id = note(particulars={"phone": "0900000123"})
        Particular.objects.filter(pk=entry_id).update(data={"phone": "0900000124"})
        assert particulars_are_whole(entry_id) is False


@pytest.mark.django_db
def test_the_same_particulars_twice_do_not_have_the_same_digest() -> None:
    with entered(SYSTEM):
        ids = [note(particulars={"phone": "0900000123"}) for _ in range(2)]
        digests = set(Entry.objects.filter(pk__in=ids).values_list("particulars_digest", flat=True))
    assert len(digests) == 2


@pytest.mark.django_db
def test_another_unit_does_not_see_the_particulars() -> None:
    with entered(CLERK):
        entry_id = note(case=None, particulars={"phone": "0900000123"})
        assert particulars_of(entry_id) == {"phone": "0900000123"}
    with entered(STRANGER):
        assert particulars_of(entry_id) is None


# --- commands


@pytest.mark.django_db
def test_a_command_sent_twice_gives_its_first_result() -> None:
    key = uuid4()
    with entered(CLERK):
        assert begin_command(key, "test.done", {"a": 1}, CLERK) is None
        finish_command(key, CLERK, {"id": 5})
        assert begin_command(key, "test.done", {"a": 1}, CLERK) == {"id": 5}


@pytest.mark.django_db
def test_the_entry_can_close_the_command_in_its_own_statement(django_assert_num_queries: Any) -> None:
    key = uuid4()
    with entered(CLERK):
        begin_command(key, "test.done", {"a": 1}, CLERK)
        with django_assert_num_queries(1):
            note(closes=(key, {"id": 6}))
        assert begin_command(key, "test.done", {"a": 1}, CLERK) == {"id": 6}


@pytest.mark.django_db
def test_a_key_with_another_body_is_refused() -> None:
    key = uuid4()
    with entered(CLERK):
        begin_command(key, "test.done", {"a": 1}, CLERK)
        with pytest.raises(KeyReused) as refused:
            begin_command(key, "test.done", {"a": 2}, CLERK)
    assert refused.value.refusal.code == "key.reused"


# --- readings


@pytest.mark.django_db
def test_a_stranger_can_be_written_down_but_reads_nothing() -> None:
    with entered(ANONYMOUS):
        note_reading(ANONYMOUS, Subject("party", 9), "test.lookup", allowed=False)
        assert not Reading.objects.exists()
    with entered(SYSTEM):
        assert Reading.objects.get(purpose="test.lookup").allowed is False


@pytest.mark.django_db
def test_a_refusal_outlives_the_rollback_of_its_request() -> None:
    def request() -> int:
        with pytest.raises(Refused), entered(STRANGER):
            note_reading_apart(STRANGER, Subject("case", CASE), "test.refused", allowed=False)
            raise Refused(code="not_found", sentence="Không tìm thấy.")
        assert len(pending_readings()) == 1
        return flush_readings()

    with swept(*SWEEP):
        assert elsewhere(request) == 1
        with as_owner() as owner:
            row = owner.execute(
                "SELECT account_id, unit_id, allowed FROM journal_reading WHERE purpose = 'test.refused'"
            ).fetchone()
    assert row == (8, 27286, False)


@pytest.mark.django_db
def test_flushing_empties_the_queue() -> None:
    note_reading_apart(CLERK, Subject("case", CASE), "test.once")
    assert (flush_readings(), flush_readings()) == (1, 0)


# --- timeline


@pytest.mark.django_db
def test_a_timeline_tells_sentences_in_order_and_bears_missing_words() -> None:
    with entered(CLERK):
        note(data={"code": "H29-1", "due_at": "2026-11-24T10:00:00+07:00"})
        note("test.other")
        note(case=OTHER_CASE)
        lines = timeline(CASE)
    assert [line.sentence for line in lines] == [
        "Đã làm việc H29-1, hẹn 10:00 24/11/2026, ghi chú …",
        "Việc khác",
    ]
    assert [line.post_id for line in lines] == [70, 70]


@pytest.mark.django_db
def test_an_event_whose_room_is_gone_is_told_by_its_name() -> None:
    with entered(CLERK):
        connection.cursor().execute(
            "INSERT INTO journal_entry (verb, subject_kind, subject_id, case_id, acted_at, data,"
            " particulars_digest) VALUES ('old.gone', 'test', 1, %s, now(), '{}', '')",
            [CASE],
        )
        assert [line.sentence for line in timeline(CASE)] == ["old.gone"]
