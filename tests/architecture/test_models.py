"""Every table is in the glossary, says what it is in Vietnamese, and has its migration."""

import re
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.models import Model

from lienthong.core.journal.events import all_events
from tests.architecture.house import ROOT, none, room_of

GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
VIETNAMESE = re.compile(
    r"[àáảãạăắằẳẵặâấầẩẫậèéẻẽẹêếềểễệìíỉĩịòóỏõọôốồổỗộơớờởỡợùúủũụưứừửữựỳýỷỹỵđĐ]", re.IGNORECASE
)


def models() -> list[type[Model]]:
    return [model for model in apps.get_models() if room_of(model.__module__)]


def first_line(model: type[Model]) -> str:
    """The first line of the docstring; Django writes one of its own where there is none."""
    text = (model.__doc__ or "").strip().partition("\n")[0]
    return "" if text.startswith(f"{model.__name__}(") else text


def test_every_model_is_in_the_glossary() -> None:
    missing = [model._meta.label for model in models() if f"`{model.__name__}`" not in GLOSSARY]
    none(missing)


def test_the_glossary_names_the_room_of_every_model() -> None:
    wrong = []
    for model in models():
        row = next((line for line in GLOSSARY.splitlines() if f"`{model.__name__}`" in line), "")
        if str(room_of(model.__module__)) not in row:
            wrong.append(model._meta.label)
    none(wrong)


def test_every_event_is_in_the_glossary() -> None:
    """Missing? `python docs/make_glossary.py` writes the table anew."""
    events = [event.name for event in all_events() if not event.name.startswith("test.")]
    none([name for name in events if f"`{name}`" not in GLOSSARY])


def test_every_model_begins_with_its_vietnamese_term() -> None:
    wrong = [model._meta.label for model in models() if not VIETNAMESE.search(first_line(model))]
    none(wrong)


def test_moments_and_ranges_keep_the_names_of_the_house() -> None:
    """Dates `…_on`, times `…_at`, ranges `valid_during`."""
    kinds = {
        "DateTimeField": ("_at", "since", "clock_start", "answer_by"),
        "DateRangeField": ("valid_during",),
    }
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model in models()
        for field in model._meta.local_fields
        if field.get_internal_type() in kinds
        and not field.name.endswith(kinds[field.get_internal_type()])
        and (model.__name__, field.name) != ("Account", "last_login")
    ]
    none(wrong)


@pytest.mark.django_db
def test_no_model_is_without_its_migration() -> None:
    out = StringIO()
    call_command("makemigrations", "--check", "--dry-run", stdout=out, stderr=out)
    assert "No changes detected" in out.getvalue()


@pytest.mark.django_db
def test_every_table_with_a_case_has_the_second_wall() -> None:
    """A row that tells of a case or a person is closed by the database, not only by the code."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
            " WHERE c.relkind = 'r' AND a.attname IN ('case_id', 'party_id', 'dossier_id')"
            " AND NOT a.attisdropped AND NOT c.relrowsecurity AND c.relnamespace = 'public'::regnamespace"
            " ORDER BY 1"
        )
        open_tables = {name for (name,) in cursor.fetchall()}
    # Sight and custody are what the walls read; the journal and its stumbles hold no personal data.
    none(open_tables - {"scope_sight", "parties_custody", "journal_entry", "journal_stumble"})
