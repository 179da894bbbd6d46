"""Collects every text that a citizen may see and brings locale/en/LC_MESSAGES/django.po up to date.

Run it in the project's environment: `python deploy/make_messages.py` (no database, no gettext tools).
English that is there is kept; what is new stands with an empty msgstr until somebody writes it (a test waits
for that); what no source says any more goes.
"""

import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "lienthong"
ENGLISH = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
# What a public page is made of. Officers' pages are Vietnamese.
PARTS = (
    "fronts/public",
    *(
        f"core/shell/templates/shell/{name}.html"
        for name in (
            "citizen",
            "error",
            "page",
            "parts/answer_line",
            "parts/due",
            "parts/errors",
            "parts/field",
            "parts/notice",
            "parts/pager",
            "parts/state",
        )
    ),
    "core/shell/rules.py",
    "mandate/procedures/enums.py",
    "people/identity/middleware.py",
    "people/organisation/enums.py",
    "work/dossiers/enums.py",
)
HEADER = "# English of what citizens read. Written by deploy/make_messages.py; the texts are ours, keep them by hand."
# No day of writing: a file that changes without its texts is noise in the history.
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def files() -> Iterator[Path]:
    """The sources, in a stable order."""
    for part in PARTS:
        place = SOURCE / part
        found = [place] if place.is_file() else [*place.rglob("*.py"), *place.rglob("*.html")]
        yield from sorted(file for file in found if "migrations" not in file.parts)


def said_in(file: Path) -> Iterator[tuple[int, object, str | None]]:
    """Every text of a file: its line, the text (or singular and plural), its context."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".html":
        # Django turns what is not a text into X's; without the indentation that is Python enough to be read.
        text = re.sub(r"^[ \t]+", "", templatize(text, origin=str(file)), flags=re.MULTILINE)
    keywords = list(KEYWORDS)
    for line, name, said, _comments in extract_python(
        io.BytesIO(text.encode()), keywords, (), {"encoding": "utf-8"}
    ):
        parts = list(said) if isinstance(said, tuple) else [said]
        context = parts.pop(0) if name in {"pgettext", "npgettext"} else None
        if name in {"ngettext", "npgettext"}:
            yield line, (parts[0], parts[1]), context
        elif parts[0]:
            yield line, parts[0], context


def collected() -> Catalog:
    """All texts with their places (file only: a line number would change with every edit)."""
    catalogue = Catalog(project="Liên Thông", charset="utf-8")
    for file in files():
        for _line, text, context in said_in(file):
            catalogue.add(text, locations=[(file.relative_to(ROOT).as_posix(), None)], context=context)
    return catalogue


def kept() -> Catalog:
    """The English that is there."""
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def without_english(catalogue: Catalog) -> list[object]:
    """The texts that nobody has translated; a plural needs each of its forms."""
    return [message.id for message in catalogue if message.id and not _is_whole(message.string)]


def _is_whole(said: str | tuple[str, ...] | None) -> bool:
    return bool(said) and all([said] if isinstance(said, str) else said or ())


def main() -> None:
    """Write the catalogue anew, sorted by text."""
    english = kept() if ENGLISH.exists() else Catalog(locale="en", charset="utf-8")
    english.update(collected(), no_fuzzy_matching=True)
    english.obsolete.clear()
    english.header_comment = HEADER
    english.project, english.version = "lienthong", "public"
    english.creation_date = english.revision_date = EPOCH
    english.msgid_bugs_address = english.last_translator = english.language_team = ""
    english.fuzzy = False
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    with ENGLISH.open("wb") as file:
        write_po(file, english, sort_output=True, width=100, ignore_obsolete=True, omit_header=False)
    sys.stdout.write(f"{len(english)} texts, {len(without_english(english))} without English\n")


if __name__ == "__main__":
    main()
