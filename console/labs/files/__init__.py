"""Lab files: folders that describe a lab; see README.md."""

from console.labs.files.declarations import check_of
from console.labs.files.lab_file import (
    Answer,
    Bubble,
    Check,
    Hint,
    LabFile,
    Task,
    WrongAnswer,
)
from console.labs.files.reader import LabError, lab_of_files, read_known_lab, read_lab
from console.labs.files.student_rules import StudentRules, Tool, principal_name
from console.labs.files.variables import Variables, fresh_values

__all__ = [
    "Answer",
    "Bubble",
    "Check",
    "Hint",
    "LabError",
    "LabFile",
    "StudentRules",
    "Task",
    "Tool",
    "Variables",
    "WrongAnswer",
    "check_of",
    "fresh_values",
    "lab_of_files",
    "principal_name",
    "read_known_lab",
    "read_lab",
]
