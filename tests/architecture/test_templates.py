"""Templates: none missing, none unused, none that lets markup through unescaped."""

import re
from functools import cache
from pathlib import Path

from tests.architecture.house import ROOT, SOURCE, named, none, sources

NAME = re.compile(r"""["']([a-z_]+/[\w/.-]+\.(?:html|txt|typ))(?:#[\w-]+)?["']""")
# Asked for by name from outside: by Django or by allauth.
ASKED_FROM_OUTSIDE = re.compile(r"^(account|mfa|allauth|usersessions)/|^(404|403|400|500|403_csrf)\.html$")


@cache
def templates() -> dict[str, Path]:
    return {
        file.relative_to(folder).as_posix(): file
        for folder in sorted(SOURCE.glob("*/*/templates"))
        for file in sorted(folder.rglob("*.html"))
    }


@cache
def used() -> dict[str, str]:
    """Every template that a source or another template names, with one place that does."""
    files = [*sources(), *templates().values(), ROOT / "config" / "settings.py"]
    return {name: named(file) for file in files for name in NAME.findall(file.read_text("utf-8"))}


def test_no_template_is_missing() -> None:
    html = {name: place for name, place in used().items() if name.endswith(".html")}
    missing = [
        f"{name} ({place})"
        for name, place in html.items()
        if name not in templates()
        and not name.startswith(("admin/", "account/", "mfa/", "allauth/", "django/"))
    ]
    none(missing)


def test_no_template_is_unused() -> None:
    unused = [name for name in templates() if name not in used() and not ASKED_FROM_OUTSIDE.match(name)]
    none(unused)


def test_nothing_is_let_through_unescaped() -> None:
    found = [
        name
        for name, file in templates().items()
        if re.search(r"\|\s*safe\b|autoescape\s+off|\|\s*safeseq\b", file.read_text("utf-8"))
    ]
    marked = [named(file) for file in sources() if "mark_safe" in file.read_text("utf-8")]
    none(found + marked)


def test_no_style_or_script_stands_in_a_page() -> None:
    """The content security policy would refuse it."""
    found = [
        name
        for name, file in templates().items()
        if re.search(r"\sstyle=|\son[a-z]+=[\"']|<style", file.read_text("utf-8"))
        or re.search(r"<script(?![^>]*(?:src=|nonce=|application/json))", file.read_text("utf-8"))
    ]
    none(found)


def test_a_form_that_posts_carries_its_token() -> None:
    wrong = [
        name
        for name, file in templates().items()
        for form in re.findall(r"<form[^>]*method=[\"']post.*?</form>", file.read_text("utf-8"), re.S | re.I)
        if "csrf_token" not in form and "{% include" not in form
    ]
    none(wrong)
