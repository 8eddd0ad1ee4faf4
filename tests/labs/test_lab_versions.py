"""An attempt stays with the lab that it began with; a corrected lab is another version."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from console.labs import lab_versions, published_labs
from console.labs.attempts import begin_attempt
from console.labs.catalog import find_lab
from console.labs.files import lab_of_files
from console.labs.lab_versions import lab_of, publish, version_of_lab
from console.labs.models import LabVersion
from console.labs.rules import lab_rules, rules_of
from console.management.commands import lab as command

SLUG = "same-account-role"


def corrected(lab):
    """Return a lab with another title."""
    text = lab.files["lab.yaml"].replace(f"title: {lab.title}\n", "title: Corrected\n")
    return lab_of_files(lab.slug, {**lab.files, "lab.yaml": text})


@pytest.fixture
def lab():
    found = find_lab(SLUG)
    assert found
    return found


def put_into_the_library(monkeypatch, lab):
    for module in (lab_versions, lab_rules):
        monkeypatch.setattr(module, "find_lab", lambda _: lab)


def test_an_attempt_stays_with_the_version_that_it_began_with(alice, bob, lab, monkeypatch):
    attempt = begin_attempt(alice, lab)
    put_into_the_library(monkeypatch, corrected(lab))
    later = begin_attempt(bob, corrected(lab))

    assert lab_of(attempt) == lab
    assert lab_of(later) == corrected(lab)
    assert [one.number for one in LabVersion.objects.all()] == [1, 2]

    alices = Client()
    alices.force_login(alice)
    page = alices.get(f"/labs/a/{attempt.public_id}/").content.decode()
    assert lab.title in page
    assert "Corrected" not in page


def test_an_attempt_goes_on_when_its_lab_has_left_the_library(alice, lab, monkeypatch):
    attempt = begin_attempt(alice, lab)
    put_into_the_library(monkeypatch, None)

    assert lab_of(attempt) == lab
    assert rules_of(attempt.sandbox).lab == lab


def test_a_version_that_is_read_no_more_gives_way_to_the_library(alice, lab, monkeypatch):
    attempt = begin_attempt(alice, lab)
    LabVersion.objects.update(files={"lab.yaml": "schema: 0"})
    published_labs.open_version.cache_clear()
    put_into_the_library(monkeypatch, corrected(lab))

    assert lab_of(attempt) == corrected(lab)


def test_the_same_files_are_one_version(db, lab):
    first = version_of_lab(lab)

    assert version_of_lab(lab) == first
    assert version_of_lab(corrected(lab)).number == 2
    assert lab_of_files(SLUG, first.files) == lab


def test_a_published_version_keeps_its_first_report(db, lab):
    assert version_of_lab(lab).report == {}
    assert publish(lab, {"seeds": 20}).report == {"seeds": 20}
    assert publish(lab, {"seeds": 1}).report == {"seeds": 20}


def test_a_lab_is_published_with_its_report(db, lab, monkeypatch):
    monkeypatch.setattr(command, "is_vouched_for", lambda *_: True)
    out = StringIO()
    call_command("lab", "publish", SLUG, stdout=out)

    version = LabVersion.objects.get()
    assert out.getvalue() == f"{SLUG}: version 1, {lab.hash[:12]}\n"
    assert (version.report["hash"], version.report["faults"]) == (lab.hash, [])


def test_the_gates_keep_a_lab_from_being_published(db, monkeypatch):
    monkeypatch.setattr(command, "is_vouched_for", lambda *_: False)
    monkeypatch.setattr(command, "long_faults", lambda _: ["The solution fails."])
    out = StringIO()
    with pytest.raises(SystemExit, match="1"):
        call_command("lab", "publish", SLUG, stdout=out)

    assert out.getvalue() == f"{SLUG}: 1 faults\nThe solution fails.\n"
    assert not LabVersion.objects.exists()
