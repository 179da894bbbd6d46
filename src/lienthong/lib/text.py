"""Vietnamese text: one form, search without accents, order of the alphabet. Standard library only.

Every text is brought to NFC at the door (`nfc`); the other functions accept any form. None of them raises.
"""

import re
import unicodedata

TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
"""Combining mark -> place in the order of tones: ngang 0, huyền 1, hỏi 2, ngã 3, sắc 4, nặng 5."""

QUALITIES = {"\u0306": 1, "\u0302": 2, "\u031b": 3}
"""Combining mark -> place after the plain letter: a ă â, e ê, o ô ơ, u ư."""

D_WITH_STROKE = "đð"
"""The letter, and the Icelandic one that old fonts and keyboards put in its place (they look alike: Đ, Ð)."""

PLAIN_D = str.maketrans(dict.fromkeys(D_WITH_STROKE, "d"))
_WORD = re.compile(r"\w+")
_LONGEST_NUMBER = 99


def nfc(text: str) -> str:
    """The text in Unicode form C: the only form that is stored."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """For search: without tones and diacritics, đ as d, lower case, single spaces, trimmed. Idempotent.

    "  Đặng  Thị HOÀ " gives "dang thi hoa".
    """
    return " ".join(_plain(text).split())


def tone_key(text: str) -> str:
    """For equality: keeps every letter and tone but not on which vowel the tone is written.

    "Hoà" and "Hòa" have the same key; "Hoa" and "Hóa" have others. Lower case, single spaces.
    """
    spaced = " ".join(text.split())
    return _WORD.sub(lambda word: _letters(word[0]) + _tones(word[0]), nfc(spaced).lower())


def sort_key(text: str) -> str:
    """For order: an ASCII key to be stored and compared byte by byte (collation "C").

    Letters first, over the whole text (a ă â b c d đ e ê ... o ô ơ ... u ư ... y z), then tones word by word
    (ngang, huyền, hỏi, ngã, sắc, nặng). Case and punctuation do not count. Numbers stand before letters and
    by their value: "Tổ 2" before "Tổ 10".
    """
    words = _WORD.findall(nfc(text).lower().replace("_", " "))
    letters = "!".join(_word_key(word) for word in words)
    return f"{letters} {''.join(_tones(word)[-1:] or '0' for word in words)}"


def initials(name: str) -> str:
    """The first letter of each word, upper case, without tones: "Đỗ Thị Ánh" gives "ĐTA"."""
    return "".join(_letters(word[0]).upper() for word in _WORD.findall(nfc(name)))


def digits(text: str) -> str:
    """The decimal digits of a text as 0-9: "079 0.12" gives "079012"; full-width digits are understood."""
    return "".join(str(unicodedata.decimal(char)) for char in text if char.isdecimal())


def _plain(text: str) -> str:
    """Lower case without any combining mark, đ as d."""
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).lower())
    kept = "".join(char for char in decomposed if not unicodedata.combining(char))
    return nfc(kept.translate(PLAIN_D))


def _letters(word: str) -> str:
    """The word without its tones, every other mark kept: "ấp" gives "âp"."""
    return nfc("".join(char for char in unicodedata.normalize("NFD", word) if char not in TONES))


def _tones(word: str) -> str:
    """The tones of a word as digits, in the order written; a syllable has one or none."""
    return "".join(str(TONES[char]) for char in unicodedata.normalize("NFD", word) if char in TONES)


def _word_key(word: str) -> str:
    """Letters and numbers of one word, each in a form whose ASCII order is the wanted order."""
    parts = re.findall(r"[0-9]+|[^0-9]", _letters(word))
    return "".join(_number_key(part) if part[0] in "0123456789" else _letter_key(part) for part in parts)


def _number_key(number: str) -> str:
    """Length before value, so that 2 stands before 10."""
    value = number.lstrip("0")[:_LONGEST_NUMBER]
    return f"{len(value):02d}{value}"


def _letter_key(letter: str) -> str:
    """Two characters for a letter of the alphabet; "~" and the code point for anything else."""
    if letter in D_WITH_STROKE:
        return "d1"
    decomposed = unicodedata.normalize("NFD", letter)
    base, marks = decomposed[0], decomposed[1:]
    if not "a" <= base <= "z":
        return f"~{ord(base):06x}"
    return f"{base}{max((QUALITIES.get(mark, 0) for mark in marks), default=0)}"
