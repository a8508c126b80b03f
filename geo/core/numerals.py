"""Chinese numerals, as clauses are numbered with them, and the same numbers in Arabic numerals."""

import re
from typing import Final

NUMERAL: Final = "[一二三四五六七八九十百]+"
DIGITS: Final = {character: value for value, character in enumerate("一二三四五六七八九", start=1)}
UNITS: Final = {"十": 10, "百": 100}


def number_of(numeral: str) -> int:
    """Return the value of a numeral up to 999: 12 for both "十二" and "12"."""
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


def with_arabic(path: str) -> str:
    """Return the number of a clause with Arabic numerals beside it: "十 (10)", "三(一) (3.1)".

    A number without Chinese numerals is returned as it is.
    """
    numbers = [str(number_of(numeral)) for numeral in re.findall(NUMERAL, path)]
    return f"{path} ({'.'.join(numbers)})" if numbers else path
