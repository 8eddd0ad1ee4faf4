"""The MITRE ATT&CK techniques that labs name were looked up, and each is used."""

from pathlib import Path

import pytest
import yaml

from console.labs.catalog import all_labs

TECHNIQUES: dict[str, dict[str, str]] = yaml.safe_load(
    Path(__file__).with_name("techniques.yaml").read_text(encoding="utf-8")
)


def test_the_techniques_of_the_labs_are_those_that_were_looked_up():
    assert {one for lab in all_labs().values() for one in lab.mitre} == set(TECHNIQUES)


@pytest.mark.parametrize("technique", TECHNIQUES)
def test_each_says_its_name_what_the_lab_shows_and_the_source(technique):
    assert TECHNIQUES[technique].keys() == {"name", "shows", "source"}
    assert TECHNIQUES[technique]["source"].startswith("https://")
