"""The fee as a pure rule: two thousand a page, one thousand from the third, never above the ceiling of a copy."""

from hypothesis import given
from hypothesis import strategies as st

from lienthong.work.certification.rules import amount_of, charges_for, fee_of
from lienthong.work.certification.values import ItemDraft, Rate

COPY = Rate("2.000815", "Phí chứng thực bản sao", "page", 2000, 3, 1000, 200_000, "nguồn")
SIGNATURE = Rate("2.000884", "Phí chứng thực chữ ký", "document", 10_000)
counts = st.integers(1, 2000)


def test_five_pages_in_two_copies() -> None:
    assert fee_of(COPY, copies=2, pages=5) == 14_000


def test_the_first_pages_and_the_ceiling() -> None:
    assert [fee_of(COPY, copies=1, pages=pages) for pages in (1, 2, 3, 198, 199, 900)] == [
        2000,
        4000,
        5000,
        200_000,
        200_000,
        200_000,
    ]


@given(copies=counts, pages=counts)
def test_it_is_the_law_for_every_number_of_pages_and_copies(copies: int, pages: int) -> None:
    by_page = sum(2000 if page < 3 else 1000 for page in range(1, pages + 1))
    assert fee_of(COPY, copies=copies, pages=pages) == copies * min(by_page, 200_000)


@given(copies=counts, pages=counts)
def test_more_never_costs_less(copies: int, pages: int) -> None:
    fee = fee_of(COPY, copies=copies, pages=pages)
    assert (
        fee
        <= fee_of(COPY, copies=copies, pages=pages + 1)
        <= fee_of(COPY, copies=copies + 1, pages=pages + 1)
    )


@given(copies=counts, pages=counts)
def test_a_signature_costs_the_same_whatever_the_pages(copies: int, pages: int) -> None:
    assert fee_of(SIGNATURE, copies=copies, pages=pages) == 10_000


@given(st.lists(st.tuples(counts, counts), min_size=1, max_size=8))
def test_originals_are_added_up(sizes: list[tuple[int, int]]) -> None:
    items = [ItemDraft(f"Bản chính {place}", pages=p, copies=c) for place, (p, c) in enumerate(sizes)]
    assert amount_of(COPY, items) == sum(fee_of(COPY, copies=c, pages=p) for p, c in sizes)


@given(st.lists(st.sampled_from("ABC"), min_size=1, max_size=8))
def test_signers_of_one_document_are_one_fee(names: list[str]) -> None:
    items = [ItemDraft(name, signer=str(place)) for place, name in enumerate(names)]
    assert amount_of(SIGNATURE, items) == 10_000 * len(set(names))


def test_where_no_rate_is_stated_nothing_is_charged() -> None:
    assert charges_for(None, [ItemDraft("A")]) == []
