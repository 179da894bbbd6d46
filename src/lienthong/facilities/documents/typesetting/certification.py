"""The papers of certification (chứng thực): the sheet of attestations and the month's closing of a register.

Source: NĐ 23/2015/NĐ-CP as amended by NĐ 280/2025/NĐ-CP. The full text of the annex was not at hand; the lines of
each attestation follow the field's long practice and must be checked against it: every sheet says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from lienthong.facilities.documents.typesetting.values import Letterhead, Signature, Words

AttestationKind = Literal["copy", "signature", "translator", "transaction"]


@dataclass(frozen=True, kw_only=True)
class Attested:
    """Lời chứng của một số chứng thực: the register's number and what it stands for."""

    number: str
    document: Words
    issuer: Words = None
    pages: int | None = None
    copies: int | None = None
    person_name: Words = None
    person_paper: Words = None


@dataclass(frozen=True, kw_only=True)
class AttestationSheet:
    """Tờ lời chứng: one attestation for each number, signed by the same person on the same day.

    `capacity_text` says by which paper a delegate signs. The place of the electronic signature stays empty.
    """

    letterhead: Letterhead
    kind: AttestationKind
    code: str
    book: str
    place: str
    attested_at: datetime
    items: tuple[Attested, ...]
    signature: Signature
    capacity_text: Words = None
    fee: int | None = None


@dataclass(frozen=True, kw_only=True)
class BookLine:
    """Một số trong sổ chứng thực; a voided one says why and stays in the order of numbers."""

    number: str
    entered_on: date | None
    person_name: Words = None
    document: Words = None
    copies: int | None = None
    pages: int | None = None
    signer_name: Words = None
    fee: int | None = None
    void_reason: Words = None


@dataclass(frozen=True, kw_only=True)
class RegisterClosing:
    """Sổ chứng thực đóng theo tháng: every number in order, used or voided with its reason, and the totals.

    `digest` is that of the lines at the moment of closing: a later change would show.
    """

    letterhead: Letterhead
    book: str
    title: str
    month: int
    year: int
    first_number: str | None
    last_number: str | None
    lines: tuple[BookLine, ...]
    closed_at: datetime | None = None
    digest: str | None = None
    closer_name: str | None = None
    note: Words = None


CertificationForm = AttestationSheet | RegisterClosing
