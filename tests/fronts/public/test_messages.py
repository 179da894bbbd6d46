"""Every text that a citizen may see has its English, and the compiled English is what pages show."""

import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.mofile import write_mo
from django.test import Client, override_settings
from django.utils import translation

ROOT = Path(__file__).resolve().parents[3]
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w*\}")


@pytest.fixture(scope="module")
def maker() -> Iterator[ModuleType]:
    """deploy/make_messages.py: what collects the texts."""
    sys.path.insert(0, str(ROOT / "deploy"))
    yield import_module("make_messages")
    sys.path.remove(str(ROOT / "deploy"))


@pytest.fixture
def english(maker: ModuleType, tmp_path: Path) -> Iterator[None]:
    """The English as the console compiles it."""
    place = tmp_path / "en" / "LC_MESSAGES"
    place.mkdir(parents=True)
    with (place / "django.mo").open("wb") as file:
        write_mo(file, maker.kept())
    with override_settings(LOCALE_PATHS=[tmp_path]):
        yield


def test_every_text_is_in_the_catalogue(maker: ModuleType) -> None:
    """Missing? `python deploy/make_messages.py`, then write the English."""
    english = {message.id for message in maker.kept()}
    assert [message.id for message in maker.collected() if message.id not in english] == []


def test_every_text_has_its_english(maker: ModuleType) -> None:
    assert maker.without_english(maker.kept()) == []
    assert [message.id for message in maker.kept() if message.id and message.fuzzy] == []


def test_placeholders_are_the_same(maker: ModuleType) -> None:
    wrong = []
    for message in maker.kept():
        said = message.id if isinstance(message.id, str) else message.id[0]
        strings = [message.string] if isinstance(message.string, str) else message.string
        wrong += [
            said
            for one in strings
            if said and set(PLACEHOLDER.findall(one)) != set(PLACEHOLDER.findall(said))
        ]
    assert wrong == []


def test_texts_of_templates_and_of_sources_are_both_found(maker: ModuleType) -> None:
    said = {message.id for message in maker.collected()}
    assert "Tra cứu hồ sơ đã nộp" in said  # a template's translate
    assert "Về trang đầu" in said  # a filter's argument
    assert "Bạn chưa phải làm gì thêm." in said  # a source's gettext
    assert ("%(count)s ngày làm việc", "%(count)s ngày làm việc") in said  # a plural
    assert len(said) > 200


VIETNAMESE = re.compile(r"[ăắằẳẵặâấầẩẫậđêếềểễệôốồổỗộơớờởỡợưứừửữự]", re.IGNORECASE)


@pytest.mark.django_db
@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/tra-cuu/",
        "/thu-tuc/",
        "/thu-tuc/1.001193/?unit=27475",
        "/don-vi/",
        "/don-vi/27475/",
        "/ai-giai-quyet/?task=1.001193&unit=27475",
        "/ai-giai-quyet/?task=1.001193&unit=27475&at=2020-01-01",
        "/ai-giai-quyet/?q=zzzz",
        "/khong-co/",
    ],
)
def test_an_english_page_is_english(client: Client, address: str) -> None:
    """What remains in Vietnamese is data, and says so by its language; the province's and the product's names."""
    client.cookies["django_language"] = "en"
    text = client.get(address).content.decode()
    assert '<html lang="en"' in text
    body = re.sub(r"<(\w+)[^>]*\blang=\"vi\"[^>]*>.*?</\1>", "", text.partition("<main")[2], flags=re.DOTALL)
    words = re.sub(r"<[^>]*>", "\n", body)
    left = [line for line in words.splitlines() if VIETNAMESE.search(line)]
    names = ("Thành phố Hồ Chí Minh", "Liên Thông", "Phường Tân Hưng", "Tiếng Việt", "Bình Hưng", "VNĐ", " đ")
    assert [line for line in left if not any(name in line for name in names)] == []


@pytest.mark.usefixtures("english")
def test_plurals_are_english() -> None:
    with translation.override("en"):
        one, many = (
            translation.ngettext("%(count)s ngày làm việc", "%(count)s ngày làm việc", count)
            for count in (1, 3)
        )
    assert (one, many) == ("%(count)s working day", "%(count)s working days")
