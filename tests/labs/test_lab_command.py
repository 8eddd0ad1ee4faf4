"""`manage.py lab`: a contract for teachers and scripts."""

import json
import subprocess
import sys

import pytest

from tests.test_project import ROOT


def run(*words):
    return subprocess.run(
        [sys.executable, "manage.py", "lab", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


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

    done = run("try", "same-account-role", str(file), "--json")

    assert done.returncode == 0, done.stderr
    shown = json.loads(done.stdout)
    assert [one["name"] for one in shown] == ["b", "a"]
    assert shown[0]["solved"] == []
    assert shown[0]["refused"] == ["iam:DeleteRole: NoSuchEntity"]
    by_name = {check["name"]: check for check in shown[0]["checks"]}
    assert by_name["dev-gets-in"]["status"] == "passed"
    assert by_name["session-reads-reports"].keys() == {"task", "name", "status", "got", "decisive"}


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

    done = run("try", "same-account-role", str(file), "--json")

    assert done.returncode == 2
    assert said in done.stderr
    assert done.stdout == ""


def test_list_names_every_lab():
    done = run("list")

    assert done.returncode == 0
    assert "same-account-role: First role, same account" in done.stdout
