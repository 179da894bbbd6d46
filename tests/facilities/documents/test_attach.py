"""Putting papers in, taking them out, using them again."""

import io
import json
import stat
from uuid import uuid4

import pytest
from django.db import connection

from lienthong.core.journal.values import KeyReused
from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.actions import entered, open_case_to
from lienthong.core.scope.values import SYSTEM
from lienthong.facilities.documents import access, queries
from lienthong.facilities.documents.actions import attach_file, reuse_attachment, withdraw_attachment
from lienthong.facilities.documents.enums import ScanState
from lienthong.facilities.documents.models import Attachment, StoredFile
from lienthong.facilities.documents.rules import MOST_FILES_A_CASE
from tests.facilities.documents.conftest import (
    CASE,
    FOREIGN_CASE,
    OTHER_PERSON,
    OTHER_UNIT,
    PDF,
    PERSON,
    PNG,
    SECOND_CASE,
)


def journalled(verb: str) -> list[tuple]:
    with entered(SYSTEM), connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.case_id, e.subject_id, e.data, p.data FROM journal_entry e"
            " LEFT JOIN journal_particular p ON p.entry_id = e.id WHERE e.verb = %s ORDER BY e.id",
            [verb],
        )
        return [(case, subject, json.loads(data), particulars) for case, subject, data, particulars in cursor]


def test_the_bytes_lie_under_their_digest_and_are_private(attach, officers, tmp_path) -> None:
    paper_id = attach()
    with entered(officers.clerk):
        paper = access.find_attachment(officers.clerk, paper_id)
    path = queries.stored_path(paper.file.sha256)
    assert path.relative_to(tmp_path).parts[:2] == (paper.file.sha256[:2], paper.file.sha256[2:4])
    assert path.read_bytes() == PDF
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert paper.file.scan_state == ScanState.NOT_SCANNED
    assert not list((tmp_path / "incoming").iterdir())


def test_the_same_bytes_are_kept_once(attach, officers) -> None:
    first, second = attach(), attach(case_id=SECOND_CASE, name="ban-khac.pdf")
    with entered(officers.clerk):
        files = {row.file_id for row in Attachment.objects.filter(pk__in=[first, second])}
    assert len(files) == 1


def test_the_journal_tells_it_without_names(attach) -> None:
    paper_id = attach(name="Công dân 0123.pdf", paper="Giấy chứng sinh của Công dân 0123")
    ((case_id, subject_id, data, particulars),) = journalled("document.attached")
    assert (case_id, subject_id) == (CASE, paper_id)
    assert "0123" not in str(data)
    assert "Công dân 0123.pdf" in str(particulars)


def test_the_same_key_gives_the_first_result_and_another_body_is_refused(attach, officers) -> None:
    key = uuid4()
    first = attach(key=key)
    assert attach(key=key) == first
    with pytest.raises(KeyReused):
        attach(PNG, key=key, name="a.png")
    with entered(officers.clerk):
        assert len(queries.attachments_of(CASE)) == 1


def test_an_officer_without_the_duty_is_refused(attach, officers) -> None:
    with pytest.raises(Refused) as refused:
        attach(actor=officers.leader)
    assert (refused.value.refusal.code, refused.value.status) == ("document.no_duty", 403)


def test_another_unit_cannot_put_papers_into_a_case(attach, officers) -> None:
    with pytest.raises(NotFound):
        attach(actor=officers.stranger)
    with pytest.raises(NotFound):
        attach(case_id=FOREIGN_CASE)


def test_another_unit_cannot_see_a_paper(attach, officers) -> None:
    paper_id = attach()
    with entered(officers.stranger):
        with pytest.raises(NotFound):
            access.find_attachment(officers.stranger, paper_id)
        assert queries.attachments_of(CASE) == []
        assert Attachment.objects.filter(pk=paper_id).count() == 0


@pytest.mark.parametrize(
    ("content", "changed", "code"),
    [
        (b"", {}, "file.empty"),
        (b"MZ" + b"\0" * 99, {}, "file.damaged_or_other"),
        (PDF, {"name": "a.html"}, "file.type_forbidden"),
        (PDF, {"paper": "  "}, "document.paper_unnamed"),
        (PDF, {"paper": "x" * 301}, "document.paper_too_long"),
    ],
)
def test_a_refused_file_leaves_nothing_behind(attach, officers, tmp_path, content, changed, code) -> None:
    with pytest.raises(Refused) as refused:
        attach(content, **changed)
    assert refused.value.refusal.code == code
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert StoredFile.objects.count() == 0
    assert journalled("document.attached") == []


class Endless:
    """An upload that never ends; counts what was taken from it."""

    taken = 0

    def read(self, size: int = -1, /) -> bytes:
        self.taken += size
        return b"%PDF-" + b"0" * (size - 5)


def test_a_file_too_large_is_cut_off_as_it_comes(attach, tmp_path) -> None:
    upload = Endless()
    with pytest.raises(Refused) as refused:
        attach(upload=upload)
    assert (refused.value.refusal.code, refused.value.status) == ("file.too_large", 413)
    assert upload.taken < 21 * 1024 * 1024
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_disk_that_takes_nothing_is_said(attach, settings, tmp_path) -> None:
    settings.FILES_ROOT = tmp_path / "file"
    settings.FILES_ROOT.write_text("")
    with pytest.raises(Refused) as refused:
        attach()
    assert (refused.value.refusal.code, refused.value.status) == ("file.not_stored", 503)


def test_a_case_holds_fifty_files(attach, officers) -> None:
    file_id = _file_of(attach(), officers)
    with entered(officers.clerk):
        _fill(officers, file_id, MOST_FILES_A_CASE - 1)
    with pytest.raises(Refused) as refused:
        attach(PNG, name="a.png")
    assert refused.value.refusal.code == "document.too_many"


def test_a_withdrawn_paper_is_kept_but_no_longer_listed(attach, officers) -> None:
    paper_id, key = attach(), uuid4()
    with entered(officers.clerk):
        for _ in range(2):
            withdraw_attachment(
                actor=officers.clerk, key=key, attachment_id=paper_id, reason="Nhầm người 0123"
            )
        assert queries.attachments_of(CASE) == []
        assert access.find_attachment(officers.clerk, paper_id).withdrawn_at is not None
        assert queries.reusable_for(officers.clerk, PERSON, ["Giấy chứng sinh"]) == []
        with pytest.raises(Refused) as refused:
            withdraw_attachment(actor=officers.clerk, key=uuid4(), attachment_id=paper_id, reason="lại")
        assert refused.value.refusal.code == "document.already_withdrawn"
    ((case_id, _, data, particulars),) = journalled("document.withdrawn")
    assert (case_id, data) == (CASE, {})
    assert json.loads(particulars)["reason"] == "Nhầm người 0123"


def test_withdrawing_needs_duty_reason_and_sight(attach, officers) -> None:
    paper_id = attach()
    for actor, reason, code in (
        (officers.leader, "x", "document.no_duty"),
        (officers.clerk, " ", "document.reason_missing"),
        (officers.stranger, "x", "not_found"),
    ):
        with pytest.raises(Refused) as refused, entered(actor):
            withdraw_attachment(actor=actor, key=uuid4(), attachment_id=paper_id, reason=reason)
        assert refused.value.refusal.code == code


def test_a_paper_is_offered_again_by_its_name_without_tones(attach, officers) -> None:
    old = attach()
    new = attach(PNG, name="moi.png", paper="GIẤY CHỨNG SINH")
    attach(party_id=OTHER_PERSON)
    assert old < new
    with entered(officers.clerk):
        (found,) = queries.reusable_for(officers.clerk, PERSON, ["giay chung sinh", "Tờ khai"])
        assert found.attachment_id == new
        assert queries.reusable_for(officers.clerk, PERSON, ["giay chung sinh"], except_case=CASE) == []
        assert queries.reusable_for(officers.clerk, PERSON, []) == []
    with entered(officers.stranger):
        assert queries.reusable_for(officers.stranger, PERSON, ["giấy chứng sinh"]) == []


def test_a_reused_paper_points_at_its_origin(attach, officers, statements) -> None:
    source, key = attach(), uuid4()
    given = {"attachment_id": source, "case_id": SECOND_CASE, "party_id": PERSON, "paper": "Giấy chứng sinh"}
    with entered(officers.clerk):
        made: list[int] = []
        assert statements(lambda: made.append(reuse_attachment(actor=officers.clerk, key=key, **given))) == 5
        assert reuse_attachment(actor=officers.clerk, key=key, **given) == made[0]
        (line,) = queries.attachments_of(SECOND_CASE)
        assert (line.id, line.reused) == (made[0], True)
        assert access.find_attachment(officers.clerk, made[0]).reused_from_id == source
    ((case_id, _, data, _particulars),) = journalled("document.reused")
    assert (case_id, data["source_case"]) == (SECOND_CASE, CASE)


def test_a_paper_of_somebody_else_is_never_reused(attach, officers) -> None:
    source = attach(party_id=OTHER_PERSON)
    with pytest.raises(Refused) as refused, entered(officers.clerk):
        _reuse(officers.clerk, source)
    assert refused.value.refusal.code == "document.other_person"


def test_reuse_needs_duty_and_sight_of_both_cases(attach, officers) -> None:
    source = attach()
    with pytest.raises(Refused) as refused, entered(officers.leader):
        _reuse(officers.leader, source)
    assert refused.value.refusal.code == "document.no_duty"
    with entered(SYSTEM):
        open_case_to(SECOND_CASE, [OTHER_UNIT], "hand_over")
    with pytest.raises(NotFound), entered(officers.stranger):
        _reuse(officers.stranger, source)
    with entered(officers.clerk):
        withdraw_attachment(actor=officers.clerk, key=uuid4(), attachment_id=source, reason="nhầm")
        with pytest.raises(NotFound):
            _reuse(officers.clerk, source)


def test_statements_of_the_acts(attach, officers, statements) -> None:
    paper_ids: list[int] = []
    assert statements(lambda: paper_ids.append(attach())) == 6
    with entered(officers.clerk):
        assert statements(lambda: queries.attachments_of(CASE)) == 1
        assert statements(lambda: queries.reusable_for(officers.clerk, PERSON, ["a", "b"])) == 1
        assert (
            statements(
                lambda: withdraw_attachment(
                    actor=officers.clerk, key=uuid4(), attachment_id=paper_ids[0], reason="nhầm"
                )
            )
            == 5
        )


def _reuse(actor, source: int) -> int:
    return reuse_attachment(
        actor=actor,
        key=uuid4(),
        attachment_id=source,
        case_id=SECOND_CASE,
        party_id=PERSON,
        paper="Giấy chứng sinh",
    )


def _file_of(paper_id: int, officers) -> int:
    with entered(officers.clerk):
        return access.find_attachment(officers.clerk, paper_id).file_id


def _fill(officers, file_id: int, count: int) -> None:
    from lienthong.core.workdays.queries import now

    Attachment.objects.bulk_create(
        Attachment(case_id=CASE, file_id=file_id, paper="x", paper_key="x", file_name="x.pdf", added_at=now())
        for _ in range(count)
    )


def test_an_upload_of_django_is_taken_as_well(attach, officers) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    with entered(officers.clerk):
        made = attach_file(
            actor=officers.clerk,
            key=uuid4(),
            case_id=CASE,
            party_id=None,
            paper="Tờ khai",
            upload=SimpleUploadedFile("../đơn.pdf", io.BytesIO(PDF).getvalue()),
            name="../đơn.pdf",
        )
        assert access.find_attachment(officers.clerk, made).file_name == "đơn.pdf"
