"""The hues stay apart for eyes that see fewer of them, and dark enough to be read."""

from itertools import combinations

import numpy as np
import pytest
from colorspacious import cspace_convert, deltaE

from geo.codes import FAMILIES, SECTORS, STAGES

GROUND = {"light": "#fffefb", "dark": "#1d2229"}
SIGHTS = {
    "normal": None,
    "no red": {"name": "sRGB1+CVD", "cvd_type": "protanomaly", "severity": 100},
    "no green": {"name": "sRGB1+CVD", "cvd_type": "deuteranomaly", "severity": 100},
    "no blue": {"name": "sRGB1+CVD", "cvd_type": "tritanomaly", "severity": 100},
}
APART = 12
"""In CAM02-UCS, where 1 is about the least that can be told; two patches side by side need a few."""

CONTRAST = 3
"""WCAG 2.2, 1.4.11: graphics against what is next to them."""


def rgb(colour):
    return np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])


def seen(colour, sight):
    return (
        rgb(colour) if sight is None else np.clip(cspace_convert(rgb(colour), sight, "sRGB1"), 0, 1)
    )


def luminance(colour):
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb(colour)]
    return float(np.dot(linear, [0.2126, 0.7152, 0.0722]))


def contrast(one, two):
    low, high = sorted((luminance(one), luminance(two)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("sight", SIGHTS)
def test_any_two_families_can_be_told_apart(theme, sight):
    hues = {family.code: getattr(family, theme) for family in FAMILIES}
    for one, two in combinations(hues, 2):
        apart = deltaE(
            seen(hues[one], SIGHTS[sight]), seen(hues[two], SIGHTS[sight]), input_space="sRGB1"
        )
        assert apart >= APART, (one, two, round(float(apart), 1))


def test_two_hues_that_a_red_blind_eye_confuses_are_found_out():
    red, green = "#a05050", "#6f7a50"
    apart = [
        deltaE(seen(red, SIGHTS[sight]), seen(green, SIGHTS[sight]), input_space="sRGB1")
        for sight in ("normal", "no red")
    ]
    assert apart[0] > 2 * APART > apart[1]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_each_hue_stands_out_from_the_ground(theme):
    for family in FAMILIES:
        assert contrast(getattr(family, theme), GROUND[theme]) >= CONTRAST, family.code


def test_within_a_family_each_sector_has_its_own_icon():
    icons = [sector.icon for sector in SECTORS]
    assert len(set(icons)) == len(icons)
    assert len({stage.code for stage in STAGES}) == len(STAGES)
