"""What is typed, what is offered, what is refused."""

import gettext
import re
from pathlib import Path

import pytest

from lienthong.console import commands, environment, line, main, messages, places, stamps, steps
from lienthong.console.addresses import Addresses
from lienthong.console.cluster import APP, OWNER, Cluster
from lienthong.console.errors import ConsoleError


def test_help_names_the_commands_in_vietnamese(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as end:
        main(["--help"])
    assert end.value.code == 0
    shown = capsys.readouterr().out
    for word in ("up", "db", "migrate", "manage", "test", "hai cấp"):
        assert word in shown


def test_a_refusal_is_one_sentence_with_its_code(
    var: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("DATABASE_URL", "sqlite:///x")
    assert main(["migrate"]) == 1
    shown = capsys.readouterr()
    assert shown.err.startswith("lienthong: DATABASE_URL phải có dạng")
    assert "[database-url]" in shown.err
    assert shown.out == ""


@pytest.mark.parametrize("code", ["7", "079", "../x", "HN"])
def test_a_malformed_province_is_refused(monkeypatch: pytest.MonkeyPatch, code: str):
    monkeypatch.setenv("LIENTHONG_PROVINCE", code)
    with pytest.raises(ConsoleError) as refusal:
        places.province()
    assert refusal.value.code == "province-malformed"


def test_only_commands_that_exist_are_offered(tmp_path: Path):
    folder = tmp_path / "room" / "management" / "commands"
    folder.mkdir(parents=True)
    (folder / "__init__.py").touch()
    (folder / "import_procedures.py").write_text('"""Load the national export.\n\nMore."""\n')
    (folder / "seed.py").write_text('class Command:\n    help = "Nạp dữ liệu gốc"\n')
    offered = commands.found(tmp_path)
    assert [(each.words, each.about) for each in offered] == [
        (["import", "procedures"], "Load the national export."),
        (["seed"], "Nạp dữ liệu gốc"),
    ]


@pytest.mark.parametrize("typed", ["agency-code", "agency_code"])
def test_a_name_is_taken_in_either_spelling(typed: str, monkeypatch: pytest.MonkeyPatch):
    asked: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(line, "_delegate", lambda command, rest: asked.append((command.name, rest)) or 0)
    assert main([typed, "27475", "H29_1"]) == 0
    assert asked == [("agency_code", ["27475", "H29_1"])]


def test_what_the_documents_name_is_offered():
    """Each `lienthong word` of the README and the manual is a command."""
    files = [places.ROOT / "README.md", *(places.ROOT / "docs" / "manual").glob("*.md")]
    named = {word for file in files for word in re.findall(r"lienthong ([a-z][a-z_-]+)", file.read_text())}
    assert "agency-code" in named
    assert named - {"up", "db", "migrate", "manage", "test", "gate", "env"} <= {
        each.words[0] for each in commands.found()
    }


def test_the_environment_tells_owner_and_application_apart(var: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("LIENTHONG_SECRET_KEY", raising=False)
    where = Addresses("postgresql://app@/x", "postgresql://owner@/x", True)
    assert "LIENTHONG_ROLE" not in environment.of(where)
    assert environment.of(where, as_owner=True)["LIENTHONG_ROLE"] == "owner"
    key = var / "secret-key"
    assert key.stat().st_mode & 0o777 == 0o600
    kept = key.read_text()
    environment.of(where)
    assert key.read_text() == kept and len(kept) > 50


def test_translations_are_compiled_once(tmp_path: Path):
    folder = tmp_path / "locale" / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Hồ sơ"\nmsgstr "Dossier"\n'
    )
    assert messages.compile_all(tmp_path) == 1
    assert messages.compile_all(tmp_path) == 0
    with (folder / "django.mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("Hồ sơ") == "Dossier"


def test_stamps_lie_in_the_database_they_speak_of(running: Cluster):
    url = running.url(OWNER, "lienthong_79")
    stamps.read(url)
    stamps.write(url, "seeds", "one")
    stamps.write(url, "seeds", "two")
    assert stamps.read(url)["seeds"] == "two"


def test_the_demonstration_never_enters_a_database_in_earnest(running: Cluster):
    where = Addresses(running.url(APP, "lienthong_79"), running.url(OWNER, "lienthong_79"), True)
    steps.fill_demo(where, {}, demo=False)
    done = stamps.read(where.owner)
    assert done["kind"] == "real"
    for refused in (lambda: steps.fill_demo(where, done, demo=True), lambda: steps.demo_by_hand(where, [])):
        with pytest.raises(ConsoleError) as refusal:
            refused()
        assert refusal.value.code == "demo-refused"
    with pytest.raises(ConsoleError) as refusal:
        steps.refuse_real(running)
    assert refusal.value.code == "destroy-refused"
