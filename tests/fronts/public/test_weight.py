"""The first load of a public page stays under 100 KB: page, styles and the fonts that it uses."""

import gzip
import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

pytestmark = pytest.mark.django_db
LIMIT = 100_000
FACE = re.compile(r"font-weight: (\d+).*?url\(\"\.\./([^\"]+)\"\)")
# A citizen's page uses two weights (tokens.css: .citizen sets --medium to 600).
WEIGHTS = {"400", "600"}


def found(name: str) -> bytes:
    path = finders.find(name)
    assert isinstance(path, str), f"{name} is missing: npm ci brings the fonts"
    with open(path, "rb") as file:  # noqa: PTH123
        return file.read()


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/tra-cuu/",
        "/thu-tuc/",
        "/thu-tuc/?q=khai+sinh",
        "/thu-tuc/1.001612/",
        "/don-vi/",
        "/don-vi/27475/",
        "/ai-giai-quyet/?task=1.001193&unit=27475",
    ],
)
def test_first_load(client: Client, address: str) -> None:
    text = client.get(address).content
    styles = re.findall(r'rel="stylesheet" href="/static/([^"]+)"', text.decode())
    pictures = re.findall(r'rel="icon" href="/static/([^"]+)"', text.decode())
    assert len(styles) >= 5
    fonts = {file for weight, file in FACE.findall(found("shell/tokens.css").decode()) if weight in WEIGHTS}
    assert len(fonts) == 4
    packed = sum(len(gzip.compress(found(name))) for name in [*styles, *pictures]) + len(gzip.compress(text))
    total = packed + sum(len(found(name)) for name in fonts)
    assert total <= LIMIT, f"{address}: {total} bytes"
