"""What each lab must hold a student to is a check of it, clause by clause."""

from pathlib import Path

import pytest
import yaml

from console.labs.files import read_lab
from console.labs.library import LIBRARY, slugs

CLAUSES: dict[str, dict[str, list[str]]] = yaml.safe_load(
    Path(__file__).with_name("pass_clauses.yaml").read_text(encoding="utf-8")
)
IN_THE_LIBRARY = [slug for slug in CLAUSES if slug in slugs()]


@pytest.mark.parametrize("slug", IN_THE_LIBRARY)
def test_every_clause_names_checks_that_the_lab_has(slug):
    lab = read_lab(LIBRARY / slug)
    checks = {f"{task.id}.{check.name}" for task in lab.tasks for check in task.checks}

    missing = {
        clause: sorted(set(named) - checks) or "no check"
        for clause, named in CLAUSES[slug].items()
        if not named or not set(named) <= checks
    }

    assert missing == {}


def test_every_lab_of_the_tracks_has_its_clauses_but_the_course():
    tracks = yaml.safe_load((LIBRARY / "tracks.yaml").read_text(encoding="utf-8"))
    labs = {slug for track in tracks if track["slug"] != "the-course" for slug in track["labs"]}

    assert set(CLAUSES) == labs
