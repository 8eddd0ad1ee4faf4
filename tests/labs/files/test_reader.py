"""A lab's folder is read whole, or refused with every fault at its place."""

import pytest

from console.labs.files import LabError, Tool, read_lab
from tests.labs.files.folders import FILES, LAB, write_lab


def faults_of(folder, **changed):
    with pytest.raises(LabError) as refused:
        read_lab(write_lab(folder, **changed))
    return [str(fault) for fault in refused.value.faults]


def test_a_lab_is_read_with_its_texts_and_documents(tmp_path):
    lab = read_lab(write_lab(tmp_path))

    assert (lab.slug, lab.title, lab.minutes) == ("first-role", "First role", 15)
    assert lab.student.starts == "you/admin"
    assert lab.student.may_act_as == {"you/dev": "yes", "you/admin": "after build"}
    assert lab.student.tools[Tool.SIMULATOR] == "after build"
    assert lab.student.tools[Tool.MAP] == "no"
    assert lab.student.tools[Tool.WHY] == "yes"
    (check,) = lab.task("build").checks
    assert (check.kind, check.expect, check.reveal) == ("assume", "allowed", "explain")
    assert [hint.cost for hint in lab.hints["build"]] == [0, 2]
    assert [(one.control, one.label) for one in lab.tutorial] == [
        ("link", "Create role"),
        ("tab", "Trust relationships"),
    ]
    document = lab.solution.steps[0]["call"]["iam:CreateRole"]["AssumeRolePolicyDocument"]
    assert document == FILES["policies/trust.json"]
    assert lab.texts["text/debrief.md"] == FILES["text/debrief.md"]


def test_every_fault_of_the_schema_is_shown_with_line_and_column(tmp_path):
    broken = LAB.replace("level: 1", "level: 9").replace("points: 10", "points: many")

    assert faults_of(tmp_path, lab_yaml=broken) == [
        "line 4, column 1, level: 9 is greater than the maximum of 6",
        "line 22, column 5, tasks[0].points: This should be a whole number.",
    ]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("fails: [build.dev-gets-in]", "fails: [build.nobody]", "There is no check `build.nobody`"),
        ("message: not_in", "message: other", "There is no message `other`"),
        ("{check: dev-gets-in}", "{check: nobody}", "There is no check `nobody` in the task"),
        ("- task: build\n    page: /iam/roles/*", "- task: x\n    page: /", "There is no task `x`"),
        ("at: {tab: Trust", "at: {shape: Trust", "'shape' does not match"),
        ("text: text/build.md", "text: text/none.md", "There is no file text/none.md."),
        ("hints:\n  build:", "hints:\n  other:", "There is no task `other`."),
        ("policies/trust.json", "policies/none.json", "There is no file policies/none.json."),
        ('alias: "{alias}"', 'alias: "{other}"', "'{other}' does not match"),
        ('role: "{reader}"', 'role: "{writer}"', "`{writer}` stands for nothing here."),
        ("account: you, name: dev", "account: me, name: dev", "There is no account `me`"),
        ("title: First role\n", "title: [\n", "Not YAML"),
    ],
)
def test_what_is_named_must_exist(tmp_path, old, new, fault):
    assert old in LAB
    assert any(fault in one for one in faults_of(tmp_path, lab_yaml=LAB.replace(old, new)))


def test_a_name_in_a_text_must_stand_for_something(tmp_path):
    (fault,) = faults_of(tmp_path, text__build_md="Hello\n{nobody} and ${aws:username}\n")

    assert fault == "line 2, text/build.md: `{nobody}` stands for nothing here."


def test_a_folder_without_a_lab_is_refused(tmp_path):
    with pytest.raises(LabError, match=r"There is no lab\.yaml"):
        read_lab(tmp_path)


def test_the_hash_changes_with_any_file(tmp_path):
    first = read_lab(write_lab(tmp_path / "a")).hash

    assert read_lab(write_lab(tmp_path / "b")).hash == first
    assert read_lab(write_lab(tmp_path / "c", text__debrief_md="Else.")).hash != first
