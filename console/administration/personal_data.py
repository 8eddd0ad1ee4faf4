"""What is stored of one person, wherever it is: to take along."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model, Q

from console.administration.models import AdministratorAction, ClassImport
from console.classes.models import (
    AuditEntry,
    ClassWorld,
    Enrollment,
    Extension,
    LoginCard,
    Message,
    Mode,
    Override,
    Remark,
    Seeding,
    Teaching,
    WorldCopy,
)
from console.labs.attempts import data_of
from console.labs.models import (
    Activity,
    Guest,
    HintUse,
    LabDraft,
    LabVersion,
    MemberCall,
    MemberKey,
    OtherBrowser,
    Response,
    Scenario,
    UndoStep,
)
from console.lti.models import PlatformUser, SentGrade
from console.tokens.issuing import tokens_of
from iam.models import Event, Sandbox


@dataclass(frozen=True)
class PersonalRows:
    """Rows about a person: those whose `path` leads to the site user, with some columns."""

    model: type[Model]
    path: str
    columns: tuple[str, ...]


_OF_CLASS = ("course_class__name", "action", "detail", "at")
FURTHER: Mapping[str, PersonalRows] = {
    "site_roles": PersonalRows(User.groups.through, "user", ("group__name",)),
    "imports_of_classes": PersonalRows(
        ClassImport, "owner", ("course_class__name", "asked_at", "finished_at")
    ),
    "extensions": PersonalRows(
        Extension, "enrollment__user", ("assignment__lab", "due", "closes", "extra_minutes")
    ),
    "actions_about_you": PersonalRows(AuditEntry, "enrollment__user", _OF_CLASS),
    "login_cards": PersonalRows(LoginCard, "enrollment__user", ("made_at", "hashed_at")),
    "worlds_of_classes": PersonalRows(ClassWorld, "enrollment__user", ("seeding__name", "made_at")),
    "sandboxes": PersonalRows(Sandbox, "owner", ("name", "created_at")),
    "steps": PersonalRows(UndoStep, "sandbox__owner", ("sandbox__name", "operation", "at")),
    "seen": PersonalRows(Activity, "attempt__owner", ("attempt__lab", "seen_at")),
    "other_browsers": PersonalRows(
        OtherBrowser, "attempt__owner", ("attempt__lab", "made_at", "opened_at")
    ),
    "calls_in_teams": PersonalRows(MemberCall, "member", ("attempt__lab", "event_id", "by_key")),
    "keys_in_teams": PersonalRows(MemberKey, "member", ("attempt__lab",)),
    "hints_in_teams": PersonalRows(HintUse, "by", ("attempt__lab", "task", "number", "at")),
    "answers_in_teams": PersonalRows(
        Response, "by", ("attempt__lab", "task", "check_name", "value", "at")
    ),
    "guest": PersonalRows(Guest, "user", ("active_at",)),
    "learning_management_systems": PersonalRows(
        PlatformUser, "user", ("platform__name", "subject")
    ),
    "grades_sent": PersonalRows(
        SentGrade, "person__user", ("line_item__assignment__lab", "points", "sent_at")
    ),
    "teaching_actions": PersonalRows(AuditEntry, "by", _OF_CLASS),
    "teaching_awards": PersonalRows(
        Override, "by", ("assignment__lab", "task", "points", "reason", "at")
    ),
    "teaching_remarks": PersonalRows(Remark, "by", ("assignment__lab", "text", "at")),
    "teaching_messages": PersonalRows(Message, "by", ("course_class__name", "text", "lab", "at")),
    "teaching_worlds": PersonalRows(Seeding, "by", ("course_class__name", "name", "made_at")),
    "teaching_copies": PersonalRows(WorldCopy, "by", ("attempt__lab", "made_at")),
    "scenarios": PersonalRows(Scenario, "owner", ("name", "text")),
    "lab_drafts": PersonalRows(LabDraft, "owner", ("slug", "made_at", "edited_at")),
    "published_labs": PersonalRows(
        LabVersion, "published_by", ("lab__slug", "number", "note", "published_at")
    ),
    "administration": PersonalRows(AdministratorAction, "by", ("action", "about", "detail", "at")),
}
"""What is sent beside the work in labs, the classes and the tokens, as rows."""

_SHOWN = ~Q(assignment__mode=Mode.EXAM) | Q(assignment__results_shown_at__isnull=False)
"""Of an exam whose results nobody knows yet nothing is shown."""


def personal_data_of(user: User) -> dict[str, Any]:
    """Return everything that is stored of a person as JSON: work, classes, what teachers wrote."""
    enrollments = Enrollment.objects.filter(user=user).select_related("course_class", "team")
    teachings = Teaching.objects.filter(user=user).select_related("course_class")
    return {
        **data_of(user),
        "last_login": user.last_login.isoformat() if user.last_login else None,
        "classes": [_class_data(one) for one in enrollments.order_by("pk")],
        "teaches": [
            {"class": one.course_class.name, "role": one.role} for one in teachings.order_by("pk")
        ],
        "tokens": [
            {
                "name": one.name,
                "scopes": one.scopes,
                "made": one.made_at.isoformat(),
                "last_used": one.last_used_at.isoformat() if one.last_used_at else None,
                "expires": one.expires_at.isoformat(),
                "revoked": one.revoked_at.isoformat() if one.revoked_at else None,
            }
            for one in tokens_of(user)
        ],
        **{name: rows for name, part in FURTHER.items() if (rows := _rows(part, user))},
        "calls_in_other_sandboxes": {
            one.name: list(Event.in_sandbox(one).values_list("record", flat=True))
            for one in Sandbox.objects.filter(owner=user, attempt=None, class_world=None)
        },
    }


def _rows(part: PersonalRows, user: User) -> list[dict[str, Any]]:
    rows = part.model._base_manager.filter(**{part.path: user}).order_by("pk")
    return [
        {name.replace("__", "_"): value for name, value in row.items()}
        for row in rows.values(*part.columns)
    ]


def _class_data(enrollment: Enrollment) -> dict[str, Any]:
    removed = enrollment.removed_at
    return {
        "class": enrollment.course_class.name,
        "reference": enrollment.reference,
        "team": enrollment.team.name if enrollment.team else None,
        "joined": enrollment.joined_at.isoformat(),
        "left": removed.isoformat() if removed else None,
        "extra_time_percent": enrollment.extra_time,
        "awarded": [
            {"lab": one.assignment.lab, "task": one.task, "points": str(one.points)}
            for one in enrollment.overrides.filter(_SHOWN).select_related("assignment")
        ],
        "remarks": [
            {"lab": one.assignment.lab, "text": one.text, "at": one.at.isoformat()}
            for one in enrollment.remarks.filter(_SHOWN).select_related("assignment")
        ],
        "asked_for_help": [
            {"text": one.text, "at": one.asked_at.isoformat()}
            for one in enrollment.help_requests.order_by("pk")
        ],
        "messages": [
            {"text": one.text, "at": one.at.isoformat()} for one in enrollment.sent_messages.all()
        ],
    }
