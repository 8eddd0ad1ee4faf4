"""Small labs with the checks of a test, and what they find in a world."""

import json
from pathlib import Path
from typing import Any

from console.labs.checks import CheckResult, judge
from console.labs.files import LabFile, read_lab
from console.labs.trials import Trial, begin
from console.labs.trials.steps import perform_step

ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"


def policy(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def allow(action: Any, resource: Any = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def deny(action: Any, resource: Any = "*", **more: Any) -> dict[str, Any]:
    return {**allow(action, resource, **more), "Effect": "Deny"}


def trust(principal: Any, *actions: str, effect: str = "Allow", **more: Any) -> dict[str, Any]:
    action = list(actions) or "sts:AssumeRole"
    return policy({"Effect": effect, "Principal": principal, "Action": action, **more})


def lab_of(folder: Path, world: dict[str, Any], *checks: dict[str, Any], **more: Any) -> LabFile:
    """Return a lab with one task, `fix`; `more` are further keys of the lab or of its task."""
    task = {"id": "fix", "title": "Fix", "text": "text/fix.md", "points": 10}
    task |= {"checks": list(checks)} | more.pop("task", {})
    data = {
        "schema": 1,
        "title": "A test",
        "track": "roles",
        "level": 1,
        "minutes": 5,
        "world": {"accounts": {"you": {}}, **world},
        "student": {"starts": "you/admin"},
        "tasks": [task],
        "solution": [],
        "debrief": "text/fix.md",
        **more,
    }
    (folder / "text").mkdir(parents=True, exist_ok=True)
    (folder / "text" / "fix.md").write_text("Fix it.\n")
    (folder / "lab.yaml").write_text(json.dumps(data, indent=1))
    return read_lab(folder)


def trial_of(lab: LabFile, *steps: dict[str, Any]) -> Trial:
    """Return the lab's world after some steps, none of which is refused."""
    trial = begin(lab, "test")
    for step in steps:
        perform_step(trial, step, lab.student.starts)
    assert trial.refused == []
    return trial


def results_of(lab: LabFile, *steps: dict[str, Any]) -> dict[str, CheckResult]:
    """Return the results of the lab's checks after some steps, by name."""
    (result,) = judge(trial_of(lab, *steps).case())
    return {check.name: check for check in result.checks}


def result_of(folder: Path, world: dict[str, Any], check: dict[str, Any], *steps: Any) -> Any:
    """Return the result of one check in a world after some steps."""
    lab = lab_of(folder, world, {"name": "checked", **check})
    return results_of(lab, *steps)["checked"]
