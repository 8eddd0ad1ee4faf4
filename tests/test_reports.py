"""The list of public reports in README.md: each names a test that exists."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
ROWS = re.findall(
    r"^\| (.+) \| (.+) \| (tests/\S+): (.+) \|$",
    (TESTS / "README.md").read_text(encoding="utf-8"),
    re.MULTILINE,
)


@pytest.mark.parametrize(("report", "file", "name"), [(row[0], row[2], row[3]) for row in ROWS])
def test_the_test_of_a_report_exists(report: str, file: str, name: str) -> None:
    text = (TESTS.parent / file).read_text(encoding="utf-8")

    written = f"def {name}(" if file.endswith(".py") else f"name: {name},"

    assert written in text, f"{report}: {file} has no {name}"


def test_every_line_of_the_list_is_a_report_with_its_test() -> None:
    lines = (TESTS / "README.md").read_text(encoding="utf-8").splitlines()
    listed = [line for line in lines if line.startswith("| ") and not line.startswith("| report ")]

    assert len(ROWS) == len(listed)
    assert len({row[:2] for row in ROWS}) == len(ROWS)
