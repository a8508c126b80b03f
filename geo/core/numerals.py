"""Chinese numerals, as clauses are numbered with them, and the same numbers in Arabic numerals."""

import re
from typing import Final

NUMERAL: Final = "[一二三四五六七八九十百]+"
DIGITS: Final = {character: value for value, character in enumerate("一二三四五六七八九", start=1)}
UNITS: Final = {"十": 10, "百": 100}
CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def number_of(numeral: str) -> int:
    """Return the value of a single numeral up to 999: 12 for both "十二" and "12"."""
    if numeral.isdigit() and numeral.isascii():
        return int(numeral)
    total, digit = 0, 0
    for character in numeral:
        if character in UNITS:
            # 十 without a digit before it is ten, also in 一百十.
            total += (digit or 1) * UNITS[character]
            digit = 0
        else:
            digit = DIGITS[character]
    return total + digit


def chinese_numeral(number: int) -> str:
    """Return a number from 1 to 999 as a Chinese numeral: 十二 for 12."""
    digits = ["", *DIGITS]
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    head = f"{digits[hundreds]}百" if hundreds else ""
    # 十二, but 一百一十二.
    middle = f"{'' if tens == 1 and not hundreds else digits[tens]}十" if tens else ""
    return head + middle + digits[ones]


def with_arabic(path: str) -> str:
    """Return the path of a clause with Arabic numerals beside it: "十 (10)", "三(一)1 (3.1.1)".

    A path without Chinese numerals, such as "2.1(a)", is returned as it is.
    """
    if not re.search(NUMERAL, path):
        return path
    numerals = re.findall(rf"{NUMERAL}|[{CIRCLED}]|[0-9]+|[A-Za-z]+", path)
    return f"{path} ({'.'.join(map(_arabic, numerals))})"


def _arabic(numeral: str) -> str:
    if numeral in CIRCLED:
        return str(CIRCLED.index(numeral) + 1)
    return str(number_of(numeral)) if re.match(NUMERAL, numeral) else numeral
