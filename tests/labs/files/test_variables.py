"""Variables are fresh for each attempt and the same each time for one."""

import re

from console.labs.files import fresh_values

DECLARED = {
    "ext": {"token": 12, "prefix": "ours-"},
    "alias": {"word": 1},
    "number": {"digits": 6},
}


def test_each_kind_has_its_form():
    values = fresh_values(DECLARED, "7")

    assert re.fullmatch(r"ours-[a-z2-9]{12}", values["ext"])
    assert re.fullmatch(r"[a-z]+-[a-z2-9]{4}", values["alias"])
    assert re.fullmatch(r"[1-9][0-9]{5}", values["number"])


def test_an_attempt_has_the_same_values_each_time():
    assert fresh_values(DECLARED, "7") == fresh_values(DECLARED, "7")


def test_two_attempts_differ_in_every_variable():
    seven, eight = fresh_values(DECLARED, "7"), fresh_values(DECLARED, "8")

    assert all(seven[name] != eight[name] for name in DECLARED)


def test_another_key_of_the_site_gives_other_values(settings):
    before = fresh_values(DECLARED, "7")
    settings.SECRET_KEY = "another key of the site, long enough"

    assert fresh_values(DECLARED, "7") != before
