"""What is stored of labs themselves: their versions, and their worlds at the start."""

from django.conf import settings
from django.db import models


class Lab(models.Model):
    """A lab that was published or begun on this site, with its versions.

    `current` is the version that a lab of this site is now; those of the library have none. One
    that is not `enabled` is in no list, and nobody begins it; attempts go on. `place` is where it
    stands in its track, once an administrator has put the track in another order.
    """

    slug = models.CharField(max_length=48, unique=True)
    enabled = models.BooleanField(default=True)
    place = models.PositiveSmallIntegerField(null=True)
    current = models.OneToOneField(
        "LabVersion", null=True, on_delete=models.PROTECT, related_name="current_of"
    )

    def __str__(self) -> str:
        return self.slug


class LabVersion(models.Model):
    """A lab's files as they were once; nothing changes them, a correction is another version.

    `report` is what the gates found of these files; it is empty where nobody has run them all.
    `note`, `published_at` and `published_by` are of who published it on this site.
    """

    lab = models.ForeignKey(Lab, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)
    files = models.JSONField()
    report = models.JSONField(default=dict)
    made_at = models.DateTimeField(auto_now_add=True)
    note = models.CharField(max_length=500, blank=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["lab", "number"], name="a_version_has_its_number"),
            models.UniqueConstraint(fields=["lab", "hash"], name="a_version_is_kept_once"),
        ]

    def __str__(self) -> str:
        return f"{self.lab} {self.number}"


class LabTemplate(models.Model):
    """A lab's world at its start, as rows: made once for each edition of the lab's files.

    `samples` are the values of `variables` in these rows; each copy has others.
    """

    lab = models.CharField(max_length=48)
    lab_hash = models.CharField(max_length=64, unique=True)
    rows = models.BinaryField()
    variables = models.JSONField(default=dict)
    samples = models.JSONField(default=dict)
    start = models.JSONField(default=dict)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.lab} ({self.lab_hash[:12]})"
