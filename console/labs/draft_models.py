"""What is stored of labs that are written on this site: drafts, their files, and gate runs."""

from django.conf import settings
from django.db import models

_LONGEST_SLUG = 40


class LabDraft(models.Model):
    """A lab that is written on this site; its owner alone sees it unless it is `shared`."""

    slug = models.CharField(max_length=_LONGEST_SLUG, unique=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="lab_drafts"
    )
    shared = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.slug


class LabDraftFile(models.Model):
    """A file of a draft; each save raises its `revision`, and names the one that it was made to."""

    draft = models.ForeignKey(LabDraft, on_delete=models.CASCADE, related_name="rows")
    path = models.CharField(max_length=100)
    text = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField(auto_now=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["path"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "path"], name="a_draft_has_each_file_once")
        ]

    def __str__(self) -> str:
        return f"{self.draft}/{self.path}"


class GateRun(models.Model):
    """The gates run on a draft's files as they were, which `hash` names.

    `done` of `steps` are behind it; `error` is a sentence where it came to no end.
    """

    class State(models.TextChoices):
        """How far a run is."""

        WAITING = "waiting"
        RUNNING = "running"
        FINISHED = "finished"
        CANCELED = "canceled"
        STOPPED = "stopped"

    draft = models.ForeignKey(LabDraft, on_delete=models.CASCADE, related_name="gate_runs")
    hash = models.CharField(max_length=64)
    files = models.JSONField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    step = models.CharField(max_length=80, blank=True)
    done = models.PositiveSmallIntegerField(default=0)
    steps = models.PositiveSmallIntegerField(default=0)
    faults = models.JSONField(default=list)
    error = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    seen_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["draft"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="one_gate_run_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.draft} {self.hash[:12]}: {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state in {self.State.WAITING, self.State.RUNNING}

    @property
    def passes(self) -> bool:
        return self.state == self.State.FINISHED and not self.faults
