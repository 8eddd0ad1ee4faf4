"""From the data of lab.yaml to a lab's dataclasses."""

from collections.abc import Mapping, Sequence
from typing import Any

from console.labs.files.lab_file import (
    Accepted,
    Answer,
    Bubble,
    Check,
    Hint,
    LabFile,
    Task,
    WrongAnswer,
)
from console.labs.files.student_rules import student_rules

Data = Mapping[str, Any]

KINDS = (
    "can", "call", "assume", "event", "never", "unchanged_access", "keep", "no_other_way",
    "without", "excess", "predict", "choose", "state", "no_public_access",
)  # fmt: skip
"""The closed list of check kinds."""
_WITH_OUTCOME = {"assume", "call", "can"}


def check_of(data: Data, task: str) -> Check:
    kind = next(one for one in KINDS if one in data)
    return Check(
        name=data["name"],
        kind=kind,
        asks=data[kind],
        expect=data.get("expect", "allowed" if kind in _WITH_OUTCOME else ""),
        always=data.get("always", False),
        spared={key: tuple(values) for key, values in data.get("except", {}).items()},
        message=data.get("message", ""),
        reveal=data.get("reveal", "explain"),
        implied=data.get("implied", False),
        task=task,
    )


def _task(data: Data) -> Task:
    return Task(
        id=data["id"],
        title=data["title"],
        text=data["text"],
        points=data["points"],
        checks=tuple(check_of(one, data["id"]) for one in data["checks"]),
        let=data.get("let", {}),
        starts=data.get("starts", ""),
        partial=data.get("partial", False),
        once=data.get("once", False),
        final=data.get("final", False),
        after=data.get("after", ""),
        begin=data.get("begin", ""),
    )


def _bubble(data: Data) -> Bubble:
    ((control, label),) = data["at"].items()
    return Bubble(data["task"], data["page"], control, label, data["say"], data["until"])


def _wrong(rows: Sequence[Data]) -> tuple[WrongAnswer, ...]:
    return tuple(WrongAnswer(one["name"], tuple(one["steps"]), tuple(one["fails"])) for one in rows)


def lab_file_of(slug: str, data: Data, texts: Mapping[str, str], digest: str) -> LabFile:
    """Return the lab of checked data."""
    return LabFile(
        slug=slug,
        title=data["title"],
        track=data["track"],
        level=data["level"],
        minutes=data["minutes"],
        hash=digest,
        world=data["world"],
        student=student_rules(data),
        tasks=tuple(map(_task, data["tasks"])),
        texts=texts,
        skills=tuple(data.get("skills", ())),
        after=tuple(data.get("after", ())),
        language=data.get("language", "en"),
        variables=data.get("vars", {}),
        history=tuple(data.get("history", ())),
        hints={
            task: tuple(Hint(one["text"], one.get("cost", 0)) for one in hints)
            for task, hints in data.get("hints", {}).items()
        },
        messages=data.get("messages", {}),
        tutorial=tuple(map(_bubble, data.get("tutorial", ()))),
        solution=Answer("", tuple(data["solution"])),
        alternatives=tuple(
            Answer(one["name"], tuple(one["steps"]), tuple(one.get("solves", ())))
            for one in data.get("alternatives", ())
        ),
        wrong=_wrong(data.get("wrong", ())),
        accepted=tuple(Accepted(**one) for one in data.get("accepted", ())),
        debrief=data["debrief"],
        teacher="teacher.md" if "teacher.md" in texts else "",
        mitre=tuple(data.get("mitre", ())),
    )
