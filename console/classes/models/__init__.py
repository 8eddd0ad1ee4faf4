"""What is stored of classes."""

from console.classes.models.assignments import (
    Assignment,
    Extension,
    Grade,
    Mode,
    Override,
    Remark,
    Reveal,
    SolutionPolicy,
)
from console.classes.models.audit import AuditEntry
from console.classes.models.cards import LoginCard
from console.classes.models.classes import Class, Teaching, TeachingRole
from console.classes.models.copies import WorldCopy
from console.classes.models.messages import HelpRequest, Message
from console.classes.models.people import Enrollment, EnrollmentSource, Team
from console.classes.models.signals import CopyScan, CopySignal, SignalType
from console.classes.models.worlds import ClassWorld, Seeding

__all__ = [
    "Assignment",
    "AuditEntry",
    "Class",
    "ClassWorld",
    "CopyScan",
    "CopySignal",
    "Enrollment",
    "EnrollmentSource",
    "Extension",
    "Grade",
    "HelpRequest",
    "LoginCard",
    "Message",
    "Mode",
    "Override",
    "Remark",
    "Reveal",
    "Seeding",
    "SignalType",
    "SolutionPolicy",
    "Teaching",
    "TeachingRole",
    "Team",
    "WorldCopy",
]
