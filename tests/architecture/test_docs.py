"""What the documents name is there."""

import re

from tests.architecture.house import ROOT, none, rooms


def test_the_law_table_names_tests_and_rules_that_exist() -> None:
    text = (ROOT / "docs" / "law" / "README.md").read_text(encoding="utf-8")
    places = re.findall(r"`((?:tests|docs)/[\w/.-]+)`", text)
    assert len(places) > 10
    none({place for place in places if not (ROOT / place).exists()})
    source = ROOT / "src" / "lienthong"
    rules = re.findall(r"`((?:core|people|mandate|facilities|work|lib)/[\w/.]+)`", text)
    none({rule for rule in rules if not (source / rule).exists()})


def test_every_row_of_the_law_table_says_how_sure_it_is() -> None:
    lines = (ROOT / "docs" / "law" / "README.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    none(row[0] for row in rows if len(row) != 5 or not row[2])


def test_decisions_are_dated_and_numbered_without_a_gap() -> None:
    files = sorted((ROOT / "docs" / "adr").glob("*.md"))
    assert [int(file.name[:4]) for file in files] == list(range(1, len(files) + 1))
    none(
        file.name
        for file in files
        if not re.search(r"^20\d\d-\d\d-\d\d · ", file.read_text(encoding="utf-8"), re.MULTILINE)
    )


def test_the_picture_of_the_house_names_every_room() -> None:
    picture = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").partition("```")[2].partition("```")[0]
    none(str(room) for room in rooms() if not re.search(rf"\b{room.name}\b", picture))
