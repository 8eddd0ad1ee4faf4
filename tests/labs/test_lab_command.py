"""`manage.py lab`: a contract for teachers and scripts."""

import json
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from console.labs.files import read_lab
from console.labs.library import LIBRARY, slugs
from console.management.commands import lab
from tests.test_project import ROOT


def answer(**changed):
    document = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"AWS": "arn:aws:iam::{you}:user/dev"},
                "Action": "sts:AssumeRole",
            }
        ],
    }
    calls = [
        {"iam:CreateRole": {"RoleName": "R", "AssumeRolePolicyDocument": document}},
        {"iam:DeleteRole": {"RoleName": "none"}},
    ]
    return {"lab": "same-account-role", "name": "one", "as": "you/admin", "calls": calls} | changed


def test_try_prints_a_list_in_the_order_of_the_file_and_nothing_else(tmp_path):
    file = tmp_path / "answers.json"
    other = answer(lab="another-lab", name="skipped")
    file.write_text(json.dumps([answer(name="b", unknown="key"), other, answer(name="a")]))

    words = ["manage.py", "lab", "try", "same-account-role", str(file), "--json"]
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    shown = json.loads(done.stdout)
    assert [one["name"] for one in shown] == ["b", "a"]
    assert shown[0]["solved"] == []
    assert shown[0]["refused"] == ["iam:DeleteRole: NoSuchEntity"]
    by_name = {check["name"]: check for check in shown[0]["checks"]}
    assert by_name["dev-gets-in"]["status"] == "passed"
    assert by_name["session-reads-reports"].keys() == {"task", "name", "status", "got", "decisive"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{}", "must hold a list"),
        ("[1]", "must hold a list"),
        ("nonsense", "Expecting value"),
        ('[{"lab": "same-account-role", "calls": 1}]', "`calls` must be a list"),
    ],
)
def test_a_bad_file_ends_with_status_two(tmp_path, text, said):
    file = tmp_path / "answers.json"
    file.write_text(text)

    out, err = StringIO(), StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("lab", "try", "same-account-role", str(file), stdout=out, stderr=err)

    assert ended.value.code == 2
    assert said in err.getvalue()
    assert out.getvalue() == ""


def test_a_lab_is_taken_to_another_library(tmp_path, monkeypatch):
    file = tmp_path / "lab.zip"
    call_command("lab", "export", "same-account-role", str(file))
    monkeypatch.setattr(lab, "LIBRARY", tmp_path)
    out = StringIO()
    call_command("lab", "import", str(file), stdout=out)

    there = tmp_path / "same-account-role"
    assert read_lab(there) == read_lab(LIBRARY / "same-account-role")
    assert "lab lint --long same-account-role" in out.getvalue()
    with pytest.raises(CommandError, match="already"):
        call_command("lab", "import", str(file))


def test_a_new_lab_is_written_into_the_library(tmp_path, monkeypatch):
    monkeypatch.setattr(lab, "LIBRARY", tmp_path)
    call_command("lab", "new", "my-lab", stdout=StringIO())

    assert (tmp_path / "my-lab" / "lab.yaml").exists()
    with pytest.raises(CommandError, match="already"):
        call_command("lab", "new", "my-lab")
    with pytest.raises(CommandError, match="lower-case letters"):
        call_command("lab", "new", "../my-lab")


@pytest.mark.parametrize("words", [("export", "no-such-lab", "x.zip"), ("import", "none.zip")])
def test_what_is_not_there_is_an_error_in_one_line(words):
    with pytest.raises(CommandError):
        call_command("lab", *words)


def test_list_names_every_lab():
    out = StringIO()
    call_command("lab", "list", stdout=out)

    assert "same-account-role: First role, same account" in out.getvalue()
    assert len(out.getvalue().splitlines()) == len(slugs())
