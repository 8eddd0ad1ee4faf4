"""Sandboxes, and the site-wide directory: which one an account ID or access key reaches."""

from datetime import datetime, timedelta
from string import ascii_lowercase, digits
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, models
from django.utils.crypto import get_random_string

from iam.models.inserts import insert
from iam.models.quick_rows import QuickRows

FROM_START = "A world's start brought it; nobody made it inside."
_LETTERS = f"{ascii_lowercase}234567"


def new_salt() -> str:
    """Return 32 random characters, from which a sandbox's handed-out passwords are derived."""
    return get_random_string(32)


def new_slug() -> str:
    """Return a slug such as 482913-k3jdw7qa, which nobody guesses."""
    return f"{get_random_string(6, digits)}-{get_random_string(8, _LETTERS)}"


MOST_STORED = 64 * 1024 * 1024
"""Bytes: at that, what would make a sandbox grow is refused."""


class Sandbox(QuickRows):
    """A closed world of AWS accounts with a clock of its own."""

    name = models.CharField(max_length=120)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sandboxes"
    )
    public = models.BooleanField(default=False, help_text="Anybody may sign in, as in the demo.")
    suspended = models.BooleanField(
        default=False, editable=False, help_text="Nobody signs in, and no key or session works."
    )
    scenario = models.TextField(blank=True, help_text="The scenario file it was seeded from.")
    clock_offset = models.DurationField(default=timedelta)
    secure_transport = models.BooleanField(default=True)
    outside_accounts = models.JSONField(
        default=dict, blank=True, help_text="Accounts that exist outside of it: a name by each ID."
    )
    generation = models.PositiveIntegerField(default=1, help_text="A reset raises it.")
    stamp = models.PositiveBigIntegerField(default=0, help_text="Every write raises it.")
    logs_due_at = models.DateTimeField(
        null=True, editable=False, help_text="When trails deliver next; none if no trail logs."
    )
    keeps_steps = models.BooleanField(
        default=False, editable=False, help_text="What each write changed is kept, to undo it."
    )
    lab = models.CharField(
        max_length=48,
        blank=True,
        editable=False,
        help_text="Whose rules hold here: the lab's slug. None in any other sandbox.",
    )
    exam = models.BooleanField(
        default=False,
        editable=False,
        help_text="Worked in as an exam: the lab's rules do not depend on what is solved.",
    )
    frozen_at = models.DateTimeField(
        null=True, editable=False, help_text="From then on nobody changes it."
    )
    stored = models.PositiveBigIntegerField(
        default=0, editable=False, help_text="Bytes that all in it takes, as measured last."
    )
    organization_id = models.CharField(
        max_length=34, blank=True, editable=False, help_text="None unless its accounts are one."
    )
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    slug = models.CharField(
        max_length=32,
        default=new_slug,
        db_index=True,
        editable=False,
        help_text="Names its identity provider; a copy that keeps all IDs has the same.",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "sandboxes"
        ordering = ["name"]
        indexes = [
            models.Index(fields=["name"], condition=models.Q(public=True), name="sandbox_public"),
        ]

    def __str__(self) -> str:
        return self.name

    def time_at(self, moment: datetime) -> datetime:
        return moment + self.clock_offset

    @property
    def is_full(self) -> bool:
        """Return whether nothing is added any more."""
        return self.stored >= MOST_STORED

    def is_frozen(self, moment: datetime) -> bool:
        """Return whether nobody changes it any more; `moment` is of no sandbox's clock."""
        return self.frozen_at is not None and self.frozen_at <= moment


class Directory(models.Model):
    """The directory: the sandbox of an account ID or a long-term access key."""

    key = models.CharField(max_length=128, primary_key=True)
    sandbox = models.ForeignKey(Sandbox, on_delete=models.CASCADE, related_name="directory")

    class Meta:
        verbose_name = "directory entry"
        verbose_name_plural = "directory"

    def __str__(self) -> str:
        return self.key


class Simulated(QuickRows):
    """A row of simulated state: reached only through the sandbox it lives in."""

    sandbox = models.ForeignKey(Sandbox, on_delete=models.CASCADE, related_name="+")

    unbound: models.Manager[Any] = models.Manager()

    class Meta:
        abstract = True

    @classmethod
    def in_sandbox(cls, sandbox: Sandbox) -> models.QuerySet[Any]:
        return cls.unbound.filter(sandbox=sandbox)

    @classmethod
    def add(cls, sandbox: Sandbox, **fields: Any) -> Any:
        """Store a new row. No signals are sent, as nobody waits for any."""
        row = cls(sandbox=sandbox, **fields)
        (row.pk,) = insert([row])
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
        return row
