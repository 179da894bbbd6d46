"""The paper of a signature is what was signed: it changes with nobody's name, post or number afterwards."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.actions import acting_at
from lienthong.core.workdays.queries import today
from lienthong.facilities.documents.access import find_form
from lienthong.facilities.documents.enums import FormKind
from lienthong.facilities.documents.queries import forms_of_case
from lienthong.facilities.documents.values import AttestationSheet, from_json
from lienthong.lib.calendar.days import VIETNAM
from lienthong.mandate.competence.values import Warrant
from lienthong.people.organisation.actions import record_absence
from lienthong.people.organisation.models import Person, Post
from lienthong.people.organisation.values import PostCard
from lienthong.work.certification.actions import attest_at_once, void_number
from lienthong.work.certification.queries import attestation_of, month_book
from lienthong.work.certification.rules import as_signed, signed_as
from lienthong.work.certification.values import ItemDraft
from tests.cast import Cast
from tests.work.certification.stage import delegated, received, request, signed

pytestmark = pytest.mark.django_db
CHAIR = PostCard(1, 9, 1, "chair", "Chủ tịch Ủy ban nhân dân phường", "UBND", 11, "Cán bộ 0001")
DEPUTY = PostCard(2, 9, 1, "vice_chair", "Phó Chủ tịch Ủy ban nhân dân phường", "UBND", 12, "Cán bộ 0002")
CLERK = PostCard(3, 9, 2, "officer", "Công chức Tư pháp", "VP", 13, "Cán bộ 0003")
POSTS = [CLERK, DEPUTY, CHAIR]


def paper(actor: Actor, certification_id: int, which: int = -1) -> AttestationSheet:
    with entered(actor):
        lines = [one for one in forms_of_case(certification_id) if one.form == FormKind.ATTESTATION]
        kept = from_json(find_form(actor, lines[which].id).content)
    assert isinstance(kept, AttestationSheet)
    return kept


def test_the_paper_says_who_signed_for_whom_and_by_which_paper(cast: Cast) -> None:
    delegated(cast.chair, cast.clerk)
    got = received(cast.second_clerk)
    signed(cast.clerk, got.certification_id)
    told = paper(cast.clerk, got.certification_id)
    assert told.signature.on_behalf is not None and told.signature.on_behalf.startswith("TUQ. Chủ tịch")
    assert told.capacity_text == "theo văn bản ủy quyền số 12/QĐ-UBND"
    assert (told.items[0].number, told.items[0].person_paper) == ("01", "căn cước (12 số): 079190000123")
    assert (told.fee, told.book) == (14_000, f"SCT/BS năm {today().year}")


def test_an_at_once_act_freezes_the_same_paper(cast: Cast) -> None:
    delegated(cast.chair, cast.clerk)
    with entered(cast.clerk):
        done = attest_at_once(actor=cast.clerk, key=uuid4(), request=request())
    later = received(cast.second_clerk)
    signed(cast.clerk, later.certification_id)
    here, there = paper(cast.clerk, done.certification_id), paper(cast.clerk, later.certification_id)
    assert (here.signature, here.capacity_text, here.fee) == (there.signature, there.capacity_text, there.fee)
    assert here.items[0].person_paper == there.items[0].person_paper


def test_a_later_name_or_title_does_not_change_it(cast: Cast) -> None:
    got = received(cast.clerk)
    signed(cast.chair, got.certification_id)
    before = paper(cast.chair, got.certification_id)
    with entered(cast.chair):
        Person.objects.filter(pk=cast.chair.person_id).update(name="Cán bộ đổi tên")
        Post.objects.filter(pk=cast.chair.post_id).update(title="Vị trí đổi tên")
        kept = attestation_of(got.certification_id)
        (line,) = month_book(cast.clerk, "SCT/BS", today().year, today().month).lines
    assert paper(cast.chair, got.certification_id) == before
    assert kept is not None and kept.signed_as.name == before.signature.name == line.signer_name
    assert before.signature.name != "Cán bộ đổi tên"


def test_a_new_number_gives_a_new_paper_and_the_first_stays(cast: Cast) -> None:
    got = received(cast.clerk, request(ItemDraft("Bằng A"), ItemDraft("Bằng B")))
    item = signed(cast.chair, got.certification_id).numbers[0].item_id
    with entered(cast.clerk):
        void_number(
            actor=cast.clerk,
            key=uuid4(),
            certification_id=got.certification_id,
            item_id=item,
            reason="Trang hỏng",
        )
    assert [one.number for one in paper(cast.clerk, got.certification_id).items] == ["03", "02"]
    assert [one.number for one in paper(cast.clerk, got.certification_id, 0).items] == ["01", "02"]


def test_a_number_of_the_next_years_book_says_so(cast: Cast) -> None:
    with acting_at(datetime(2026, 12, 31, 10, tzinfo=VIETNAM)):
        got = received(cast.clerk)
        item = signed(cast.chair, got.certification_id).numbers[0].item_id
    with acting_at(datetime(2027, 1, 4, 9, tzinfo=VIETNAM)), entered(cast.clerk):
        void_number(
            actor=cast.clerk,
            key=uuid4(),
            certification_id=got.certification_id,
            item_id=item,
            reason="Trang hỏng",
        )
    assert paper(cast.clerk, got.certification_id).items[0].number == "01 (sổ năm 2027)"


def warrant(post: PostCard, person: int, capacity: str, whose: int | None = None) -> Warrant:
    return Warrant(post.id, person, capacity, whose, None, ())


def test_who_stands_in_for_the_chair_signs_for_the_chair() -> None:
    right = as_signed(warrant(CHAIR, 12, "own"), POSTS)
    told = signed_as(right, POSTS)
    assert (right.capacity, right.for_post_id) == ("deputy", CHAIR.id)
    assert told.on_behalf == f"KT. {CHAIR.title}" and told.title == DEPUTY.title
    assert told.name == "Cán bộ 0002"


@pytest.mark.parametrize(
    ("right", "above"),
    [
        (warrant(CHAIR, 11, "own"), ""),
        (warrant(DEPUTY, 12, "deputy", 1), f"KT. {CHAIR.title}"),
        (warrant(CLERK, 13, "by_order", 1), f"TL. {CHAIR.title}"),
        (warrant(CLERK, 13, "delegated", 1), f"TUQ. {CHAIR.title}"),
    ],
)
def test_each_capacity_has_its_form(right: Warrant, above: str) -> None:
    told = signed_as(as_signed(right, POSTS), POSTS)
    post = next(one for one in POSTS if one.id == right.post_id)
    assert (told.on_behalf, told.title, told.name) == (above, post.title, post.person_name)


def test_a_substitute_of_the_chair_signs_as_deputy(cast: Cast) -> None:
    got = received(cast.clerk)
    with entered(cast.administrator):
        record_absence(
            actor=cast.administrator,
            post_id=cast.chair.acting_post,
            starts_on=today(),
            ends_on=today() + timedelta(days=2),
            substitute_id=cast.vice_chair.person_id,
        )
    standing_in = replace(cast.chair, person_id=cast.vice_chair.person_id)
    assert signed(standing_in, got.certification_id).capacity == "deputy"
    told = paper(cast.chair, got.certification_id).signature
    assert told.on_behalf is not None and told.on_behalf.startswith("KT. Chủ tịch")
    assert told.title.startswith("Phó Chủ tịch")
