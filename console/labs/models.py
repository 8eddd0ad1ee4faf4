"""What is stored of a student's work: attempts, solved tasks, hints used, questions answered."""

from django.conf import settings
from django.db import models
from django.utils.crypto import get_random_string

from console.labs.draft_models import GateRun, LabDraft, LabDraftFile
from console.labs.guest_models import Guest
from console.labs.lab_models import Lab, LabTemplate, LabVersion
from console.labs.member_models import MemberCall, MemberKey
from console.labs.rows.models import KeptBody, UndoStep
from console.labs.scenarios.models import Scenario, TriedWorld
from iam.models import Sandbox

__all__ = [
    "Activity",
    "Attempt",
    "GateRun",
    "Guest",
    "HintUse",
    "KeptBody",
    "Lab",
    "LabDraft",
    "LabDraftFile",
    "LabTemplate",
    "LabVersion",
    "MemberCall",
    "MemberKey",
    "OtherBrowser",
    "Response",
    "Scenario",
    "SiteUser",
    "Solve",
    "TriedWorld",
    "UndoStep",
    "new_public_id",
]

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without look-alikes."""


def new_public_id() -> str:
    """Return an ID that nobody guesses."""
    return get_random_string(16, _LETTERS)


def new_browser_key() -> str:
    """Return a key that opens an attempt's world."""
    return get_random_string(32, _LETTERS)


class SiteUser(models.Model):
    """What a site user is called on pages; a pseudonym is fine. Without one, it is the login.

    Sessions that were begun before `logged_out_at` have ended.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profile"
    )
    display_name = models.CharField(max_length=80, blank=True)
    logged_out_at = models.DateTimeField(null=True, editable=False)

    def __str__(self) -> str:
        return self.display_name or self.user.get_username()


class Attempt(models.Model):
    """One student's work on one lab, in a sandbox of its own.

    `results` are those of the moment that `judged_at` names: `console.labs.attempts` brings them
    up to date when somebody looks. `seq` rises with all that an open drawer has to show, `latched`
    are the checks of events that passed once. Of two attempts of one lab, which a guest and the
    login that it became may have, one is `set_aside`.
    It stays with the `version` of the lab that it began with. `states` has a letter for each task
    (Locked, Open, Solved, Broken since), `missing` what open tasks need of the start and is gone.
    `parts` has the points of each `partial` task, by when each level of them was reached.
    In a class it counts in one `assignment`; `terms` are what that allows (`attempts.terms`), and
    a `team` shares the world. `withdrawn` ends the owner's access: they left the class. One that
    `waits` was made beforehand, and nobody has begun it. Since `world_gone_at` the sandbox is
    empty, and the results are those of its last moment.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="attempts"
    )
    sandbox = models.OneToOneField(Sandbox, on_delete=models.CASCADE, related_name="attempt")
    lab = models.CharField(max_length=48)
    lab_hash = models.CharField(max_length=64)
    set_aside = models.BooleanField(default=False, editable=False)
    version = models.ForeignKey(LabVersion, null=True, on_delete=models.PROTECT, editable=False)
    template = models.ForeignKey(LabTemplate, null=True, on_delete=models.PROTECT, editable=False)
    assignment = models.ForeignKey(
        "classes.Assignment",
        null=True,
        on_delete=models.SET_NULL,
        related_name="attempts",
        editable=False,
    )
    team = models.ForeignKey(
        "classes.Team",
        null=True,
        on_delete=models.SET_NULL,
        related_name="attempts",
        editable=False,
    )
    terms = models.JSONField(default=dict, editable=False)
    withdrawn = models.BooleanField(default=False, editable=False)
    waits = models.BooleanField(default=False, editable=False)
    world_gone_at = models.DateTimeField(null=True, editable=False)
    start = models.JSONField(default=dict, editable=False)
    results = models.JSONField(default=dict, editable=False)
    judged_at = models.CharField(max_length=200, blank=True, editable=False)
    latched = models.JSONField(default=list, editable=False)
    seq = models.PositiveIntegerField(default=0, editable=False)
    states = models.CharField(max_length=30, blank=True, editable=False)
    points = models.PositiveIntegerField(default=0, editable=False)
    parts = models.JSONField(default=dict, editable=False)
    missing = models.JSONField(default=dict, editable=False)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "lab"],
                condition=models.Q(set_aside=False, assignment=None),
                name="one_attempt_of_each_lab_by_oneself",
            ),
            models.UniqueConstraint(
                fields=["owner", "assignment"],
                condition=models.Q(set_aside=False, team=None),
                name="one_attempt_of_each_assignment",
            ),
            models.UniqueConstraint(
                fields=["team", "assignment"],
                condition=models.Q(set_aside=False),
                name="one_attempt_of_each_team",
            ),
        ]
        indexes = [  # what a class shows of hundreds of attempts, without reading their rows
            models.Index(
                fields=[
                    "assignment",
                    "set_aside",
                    "waits",
                    "finished_at",
                    "started_at",
                    "owner",
                    "team",
                    "states",
                ],
                name="who_works_on_an_assignment",
            )
        ]

    def __str__(self) -> str:
        return f"{self.lab} ({self.public_id})"


class Activity(models.Model):
    """What teachers see an attempt of a class by while it is worked on.

    `seen_at` is when a page with its drawer was last open and visible, `progressed_at` when a task
    was last solved; `denied` counts the denials since then by operation. `changed_at` moves with
    all that a list of attempts shows.
    """

    attempt = models.OneToOneField(
        Attempt, primary_key=True, on_delete=models.CASCADE, related_name="activity"
    )
    changed_at = models.DateTimeField(db_index=True)
    seen_at = models.DateTimeField(null=True)
    progressed_at = models.DateTimeField(null=True)
    denied = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.attempt}: activity"


class CheckFailure(models.Model):
    """A check of a class's attempt that failed once after the student had worked on it.

    `decisive` names the statement that decided, with names in place of IDs and of what the student
    named, so that the failures of a class can be counted together.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="failures")
    task = models.CharField(max_length=48)
    check_name = models.CharField(max_length=48)
    decisive = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "task", "check_name", "decisive"],
                name="a_failure_is_noted_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.attempt}: {self.task}.{self.check_name}"


class OtherBrowser(models.Model):
    """A browser in which an attempt's world is open without a login, or a link that opens it once.

    The browser's session has the key.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="other_browsers")
    key = models.CharField(max_length=32, unique=True, default=new_browser_key, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    opened_at = models.DateTimeField(null=True, editable=False)

    def __str__(self) -> str:
        return f"{self.attempt}: another browser"


class Solve(models.Model):
    """A task that was solved; it stays so, with the points it brought at that moment."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="solves")
    task = models.CharField(max_length=48)
    points = models.PositiveIntegerField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["attempt", "task"], name="a_task_is_solved_once")
        ]

    def __str__(self) -> str:
        return f"{self.attempt}: {self.task}"


class HintUse(models.Model):
    """A hint that the student had shown; `by` is the member of a team, where it is known."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="hint_uses")
    task = models.CharField(max_length=48)
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "task", "number"], name="a_hint_is_used_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.attempt}: hint {self.number} of {self.task}"


class Response(models.Model):
    """A student's answer to a question, as the world was when it was given; it stays.

    `number` counts the answers to one check from 1. `question` holds the question in words and
    what is right, `value` what the student answered; `by` is the member of a team, where known.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="responses")
    task = models.CharField(max_length=48)
    check_name = models.CharField(max_length=48)
    number = models.PositiveIntegerField()
    question = models.JSONField(default=dict)
    value = models.JSONField(default=dict)
    right = models.BooleanField()
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "task", "check_name", "number"],
                name="a_question_is_answered_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.attempt}: answer {self.number} to {self.task}.{self.check_name}"
