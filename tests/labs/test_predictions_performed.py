"""Every question of every lab answered by performing what it asks about, in the lab's own world."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from console.labs.catalog import all_labs
from console.labs.checks import Case, likely_binding
from console.labs.checks.links import request_of
from console.labs.checks.predictions import VERDICTS, questions_of, right_answer
from console.labs.documents import with_texts
from console.labs.files import LabFile, Task
from console.labs.steps import caller_for
from console.labs.trials import StartWorld, Trial
from console.labs.trials.start_world import Performance
from iam.analysis import plain_origin
from iam.perform import perform
from iam.trail import end_visit
from iam.wire.errors import AwsError

LABS = sorted(
    slug
    for slug, lab in all_labs().items()
    if any(check.kind == "predict" for task in lab.tasks for check in task.checks)
)
WITHOUT_AN_OPERATION = {"dynamodb:GetItem"}
"""Actions of services that are not simulated: only the engine can be asked about them."""
AFTER_PERMISSION = {"TrailNotFoundException"}
"""Errors that only a caller gets who may make the call: what it names is not in the world."""
Asked = Mapping[str, Any]
Call = tuple[str, dict[str, Any]]


def on_an_object(action: str, resource: str) -> Call:
    bucket, _, key = resource.removeprefix("arn:aws:s3:::").partition("/")
    if action == "s3:ListBucket":
        return "s3:ListObjectsV2", {"Bucket": bucket}
    body = {"Body": b"x"} if action == "s3:PutObject" else {}
    return action, {"Bucket": bucket, "Key": key, **body}


def call_of(action: str, resource: str) -> Call:
    """Return the call by which a permission shows."""
    name = resource.rpartition("/")[2]
    if action.startswith("s3:"):
        return on_an_object(action, resource)
    params: dict[str, dict[str, Any]] = {
        "iam:CreateUser": {"UserName": name},
        "iam:GetUser": {"UserName": name},
        "iam:TagUser": {"UserName": name, "Tags": [{"Key": "a", "Value": "b"}]},
        "cloudtrail:StopLogging": {"Name": name},
        "cloudtrail:DeleteTrail": {"Name": name},
        "ec2:RunInstances": {"ImageId": "ami-0a20230a20230a202", "MinCount": 1, "MaxCount": 1},
    }
    return action, params.get(action, {})


def performed(trial: Trial, subject: Any, call: Call, under: Asked) -> str:
    """Make a call, its sessions opened by calls, and return what AWS answers in a word."""
    origin = plain_origin(datetime.now(UTC))
    visit = None
    try:
        caller = caller_for(trial, {**subject, **under} if under else subject, origin)
        visit = caller.visit
        perform(caller, call[0], with_texts(*call))
    except AwsError as error:
        if error.code in {"AccessDenied", "UnauthorizedOperation", "AccessDeniedException"}:
            return "explicit_deny" if "explicit deny" in str(error) else "implicit_deny"
        return "allowed" if error.code in AFTER_PERMISSION else "refused"
    finally:
        if visit is not None:
            end_visit(visit)
    return "allowed"


def asked_in(case: Case, task: Task) -> Iterator[tuple[str, Asked, Any]]:
    """Yield the questions of a task with the names filled in, and the engine's answers."""
    binding = likely_binding(case, task)
    for check in task.checks:
        if check.kind == "predict":
            for asks in questions_of(check):
                yield check.name, case.fill(asks, binding), right_answer(case, asks, binding)


def by_performing(trial: Trial, case: Case, asks: Asked) -> str | None:
    """Return the verdict that performing a question's call gives; None if there is no such call."""
    subject: Any = asks["as"]
    under = {"region": asks["region"]} if "region" in asks else {}
    if under and isinstance(subject, str):
        subject = {"user": subject}
    if "call" in asks:
        (call,) = asks["call"].items()
    elif "action" in asks:
        if asks["action"] in WITHOUT_AN_OPERATION:
            return None
        call = call_of(asks["action"], asks["resource"])
    elif isinstance(subject, dict) and "person" in subject and "role" not in subject:
        subject, call = {**subject, "role": asks["assume"]}, ("sts:GetCallerIdentity", {})
    else:
        arn = case.arn(asks["assume"], "role")
        call = ("sts:AssumeRole", request_of(asks).params(arn))
    return performed(trial, subject, call, under)


def differences(lab: LabFile, performance: Performance) -> list[str]:
    trial, found = performance.trial, []
    case = trial.case()
    for task in lab.tasks:
        for name, asks, right in list(asked_in(case, task)):
            if right.missing:
                continue
            with performance.savepoint():
                real = by_performing(trial, case, asks)
            if real is not None and real not in right.verdicts:
                words = VERDICTS[right.verdicts[0]]
                found.append(f"{task.id}.{name}: {right.question}: {words}, but {real}")
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("slug", LABS)
def test_every_question_is_answered_as_the_call_itself_is(slug: str) -> None:
    lab = all_labs()[slug]
    start = StartWorld(lab)
    with start.trial() as performance:
        found = differences(lab, performance)
    with start.trial() as performance:
        performance.perform(lab.solution.steps)
        found += differences(lab, performance)
    assert found == []
