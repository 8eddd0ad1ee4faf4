"""A lab as its folder describes it: read, checked, and not yet filled in for a student."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from console.labs.files.student_rules import StudentRules

Data = Mapping[str, Any]
Steps = tuple[Data, ...]


@dataclass(frozen=True)
class Check:
    """One question about the student's world; `kind` names what `asks` is about.

    `expect` is `allowed`, `denied`, `implicit_deny` or `explicit_deny` where the kind has an
    outcome. With `always` it must hold in whatever circumstances the policies ask about, but for
    the values of keys that are `spared`.
    `implied` marks a check that stays for its message alone.
    """

    name: str
    kind: str
    asks: Any
    expect: str = ""
    always: bool = False
    spared: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    message: str = ""
    reveal: str = "explain"
    implied: bool = False
    task: str = ""


@dataclass(frozen=True)
class Task:
    """A task: its checks must all hold for one candidate of what `let` binds.

    `once` keeps it solved, `final` counts the state at the close, `after` names the task that
    opens it, `begin` is `start` where it may begin from the original world.
    """

    id: str
    title: str
    text: str
    points: int
    checks: tuple[Check, ...]
    let: Data = field(default_factory=dict)
    starts: str = ""
    partial: bool = False
    once: bool = False
    final: bool = False
    after: str = ""
    begin: str = ""


@dataclass(frozen=True)
class Hint:
    """A hint in Markdown, and what it takes off the task's points."""

    text: str
    cost: int = 0


@dataclass(frozen=True)
class Bubble:
    """A bubble of the tutorial: the page and control it points at, and what ends it.

    `control` is button, link, field, tab, checkbox, radio or text; `until` is one of
    {page: PATH}, {check: NAME} and {clicked: true}. A `*` in a path stands for one part of it.
    """

    task: str
    page: str
    control: str
    label: str
    say: str
    until: Data


@dataclass(frozen=True)
class Answer:
    """A way to solve the lab, as steps; `name` is empty for the official solution.

    `solves` are the tasks that it must solve: without them, the last one.
    """

    name: str
    steps: Steps
    solves: tuple[str, ...] = ()


@dataclass(frozen=True)
class WrongAnswer:
    """Steps that must fail at the named checks (`task.check`)."""

    name: str
    steps: Steps
    fails: tuple[str, ...]


@dataclass(frozen=True)
class Accepted:
    """A generated wrong answer that may pass, and why."""

    name: str
    because: str


@dataclass(frozen=True)
class LabFile:
    """A whole lab; `texts` are its Markdown files by path.

    `files` are all its files as they were read; `hash` changes with any of them.
    """

    slug: str
    title: str
    track: str
    level: int
    minutes: int
    hash: str
    world: Data
    student: StudentRules
    tasks: tuple[Task, ...]
    texts: Mapping[str, str]
    skills: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    language: str = "en"
    variables: Data = field(default_factory=dict)
    history: Steps = ()
    hints: Mapping[str, tuple[Hint, ...]] = field(default_factory=dict)
    messages: Mapping[str, str] = field(default_factory=dict)
    tutorial: tuple[Bubble, ...] = ()
    solution: Answer = Answer("", ())
    alternatives: tuple[Answer, ...] = ()
    wrong: tuple[WrongAnswer, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    debrief: str = ""
    teacher: str = ""
    mitre: tuple[str, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict, repr=False)

    def task(self, task_id: str) -> Task:
        """Return a task; raises KeyError for one that is not in the lab."""
        for task in self.tasks:
            if task.id == task_id:
                return task
        raise KeyError(task_id)

    def solved_by(self, answer: Answer) -> tuple[str, ...]:
        """Return the tasks that an alternative solves."""
        return answer.solves or (self.tasks[-1].id,)
