"""Where things lie: the checkout, what it writes (var/), and the province it serves."""

import hashlib
import os
import re
from pathlib import Path

from lienthong.console.errors import ConsoleError

ROOT = Path(__file__).resolve().parents[3]
DEFAULT_PROVINCE = "79"


def var() -> Path:
    """The one folder that is written to; made on first use."""
    path = Path(os.environ.get("LIENTHONG_VAR") or ROOT / "var").resolve()
    path.mkdir(parents=True, exist_ok=True)
    return path


def province() -> str:
    """The two-digit code of the province served; refuses anything that could not be one."""
    code = os.environ.get("LIENTHONG_PROVINCE") or DEFAULT_PROVINCE
    if not re.fullmatch(r"\d{2}", code):
        raise ConsoleError(
            "province-malformed",
            f"Mã tỉnh, thành phố phải gồm đúng hai chữ số (ví dụ 79 hoặc 01), không phải “{code}”.",
        )
    return code


def fingerprint(path: Path) -> str:
    """Eight characters that stand for a path, for names outside the checkout."""
    return hashlib.sha256(str(path).encode()).hexdigest()[:8]
