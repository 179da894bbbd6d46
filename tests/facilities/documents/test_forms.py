"""Issued forms: frozen as JSON, drawn again as they were."""

import io
from dataclasses import replace
from datetime import date
from typing import get_args

import pytest
from pypdf import PdfReader

from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.actions import entered
from lienthong.facilities.documents import queries
from lienthong.facilities.documents.actions import issue_form
from lienthong.facilities.documents.enums import FormKind
from lienthong.facilities.documents.values import Form, Illustrative, IntakeSlip, Lack, as_json, from_json
from tests.facilities.documents.conftest import CASE, UNIT
from tests.facilities.documents.test_certification_papers import CLOSING, SHEET
from tests.facilities.documents.test_office_papers import ACTS, REGULATION
from tests.facilities.documents.test_typesetting import (
    APOLOGY,
    CLOSE,
    CONTROL,
    FEE,
    HALT,
    RECEIPT,
    REFUSAL,
    REGISTER,
    SUPPLEMENT,
    WEEK,
    at,
)

EVERY_FORM = (
    RECEIPT,
    IntakeSlip(receipt=RECEIPT, width_mm=58),
    SUPPLEMENT,
    REFUSAL,
    APOLOGY,
    HALT,
    CONTROL,
    REGISTER,
    FEE,
    CLOSE,
    WEEK,
    SHEET,
    CLOSING,
    REGULATION,
    ACTS,
)


@pytest.mark.parametrize("form", EVERY_FORM, ids=lambda form: type(form).__name__)
def test_every_form_comes_back_equal_from_its_json(form: Form) -> None:
    import json

    assert from_json(json.loads(json.dumps(as_json(form)))) == form


def test_every_kind_of_form_is_tried_here() -> None:
    assert {type(form) for form in EVERY_FORM} == set(get_args(Form))


def test_what_a_demonstration_set_stays_marked() -> None:
    lack = Lack(what=Illustrative("Giấy A"), legal_basis=Illustrative("Điều 1"))
    back = from_json(as_json(replace(SUPPLEMENT, lacks=(lack,))))
    assert back.lacks == (lack,)


def test_what_a_later_version_no_longer_knows_does_not_stop_the_drawing() -> None:
    kept = as_json(HALT) | {"gone": 1}
    del kept["recipients"]
    assert from_json(kept) == HALT


def test_an_unknown_type_is_an_error() -> None:
    with pytest.raises(LookupError):
        from_json({"type": "Letterhead"})


def test_a_form_is_drawn_from_what_was_frozen(officers) -> None:
    with entered(officers.clerk):
        form_id = _issue(officers.clerk)
        text = PdfReader(io.BytesIO(queries.form_pdf(officers.clerk, form_id))).pages[0].extract_text()
    assert "Công dân 0123" in text


def test_forms_of_a_case_are_counted_by_kind_and_take_one_statement(officers, statements) -> None:
    with entered(officers.clerk):
        assert statements(lambda: _issue(officers.clerk)) == 1
        _issue(officers.clerk)
        _issue(officers.clerk, FormKind.SUPPLEMENT_REQUEST, SUPPLEMENT, "02")
        listed = queries.forms_of_case(CASE)
        assert statements(lambda: queries.forms_of_case(CASE)) == 1
        assert statements(lambda: queries.form_pdf(officers.clerk, listed[0].id)) == 1
        kept = queries.contents_by_number(UNIT, FormKind.SUPPLEMENT_REQUEST, ["02", "03"])
    assert [(line.form, line.sequence) for line in listed] == [
        ("intake_receipt", 1),
        ("intake_receipt", 2),
        ("supplement_request", 1),
    ]
    assert from_json(kept["02"]) == SUPPLEMENT


def test_a_register_belongs_to_no_case(officers) -> None:
    with entered(officers.clerk):
        for _ in range(2):
            made = issue_form(
                actor=officers.clerk,
                case_id=None,
                unit_id=UNIT,
                form=FormKind.DOSSIER_REGISTER,
                content=replace(REGISTER, last_on=date(2026, 10, 8)),
                at=at(8),
            )
        assert queries.form_pdf(officers.clerk, made).startswith(b"%PDF-")


def test_another_unit_neither_issues_nor_sees_a_form(officers) -> None:
    with entered(officers.clerk):
        form_id = _issue(officers.clerk)
    with entered(officers.stranger):
        with pytest.raises(Refused) as refused:
            _issue(officers.stranger)
        assert refused.value.refusal.code == "form.other_unit"
        with pytest.raises(NotFound):
            queries.form_pdf(officers.stranger, form_id)
        assert queries.forms_of_case(CASE) == []


def _issue(actor, form: FormKind = FormKind.INTAKE_RECEIPT, content: Form = RECEIPT, number: str = "") -> int:
    return issue_form(
        actor=actor, case_id=CASE, unit_id=UNIT, form=form, content=content, number=number, at=at(7)
    )
