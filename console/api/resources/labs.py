"""The labs that there are, without what students are to find out."""

from dataclasses import dataclass

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from console.api.http.operations import PAGE, operation
from console.api.http.paging import answer_page, page_of
from console.api.http.problems import NotThere
from console.api.http.views import ApiView, user_of
from console.labs.authoring.samples import sample_values
from console.labs.catalog import find_lab, is_open
from console.labs.files import LabFile, Task
from console.labs.published_labs import DRAFT
from console.labs.site_users import is_instructor
from console.labs.tracks import all_tracks, track_of


@dataclass(frozen=True)
class SeenLab:
    """A lab; what is for teachers alone is there where it is `taught`."""

    lab: LabFile
    track: str
    taught: bool = False

    @property
    def points(self) -> int:
        return sum(task.points for task in self.lab.tasks)

    @property
    def tasks(self) -> list["SeenLabTask"]:
        return [SeenLabTask(self, one) for one in self.lab.tasks]

    @property
    def notes(self) -> str | None:
        return self.lab.texts.get(self.lab.teacher, "") if self.taught else None

    @property
    def names(self) -> dict[str, str] | None:
        return sample_values(self.lab) if self.taught else None


@dataclass(frozen=True)
class SeenLabTask:
    """A task of a lab; its text is for teachers, students read it in their world."""

    seen: SeenLab
    task: Task

    @property
    def hints(self) -> int:
        return len(self.seen.lab.hints.get(self.task.id, ()))

    @property
    def text(self) -> str | None:
        return self.seen.lab.texts[self.task.text] if self.seen.taught else None


class LabShape(serializers.Serializer[SeenLab]):
    """A lab in the list."""

    slug = serializers.CharField(source="lab.slug")
    title = serializers.CharField(source="lab.title")
    track = serializers.CharField()
    level = serializers.IntegerField(source="lab.level")
    minutes = serializers.IntegerField(source="lab.minutes")
    skills = serializers.ListField(child=serializers.CharField(), source="lab.skills")
    after = serializers.ListField(child=serializers.CharField(), source="lab.after")
    points = serializers.IntegerField(help_text="Those of all tasks.")


class LabTaskShape(serializers.Serializer[SeenLabTask]):
    """A task of a lab. `text` is for teachers: students read it in their world."""

    id = serializers.CharField(source="task.id")
    title = serializers.CharField(source="task.title")
    points = serializers.IntegerField(source="task.points")
    hints = serializers.IntegerField(help_text="How many there are.")
    text = serializers.CharField(allow_null=True, help_text="Markdown, with names in braces.")


class LabInFull(LabShape):
    """A lab with its tasks. Notes and sample values are for teachers alone."""

    hash = serializers.CharField(source="lab.hash", help_text="Changes with the lab's files.")
    tasks = LabTaskShape(many=True)
    notes = serializers.CharField(allow_null=True, help_text="Markdown.")
    names = serializers.DictField(child=serializers.CharField(), allow_null=True)


class Labs(ApiView):
    """The labs that anybody may begin."""

    area = "labs"

    @operation("list_labs", page_of(LabShape), query=PAGE)
    def get(self, request: Request) -> Response:
        """List the labs in teaching order."""
        rows = [SeenLab(lab, track.title) for track in all_tracks() for lab in track.labs]
        return answer_page(request, rows, LabShape)


class OneLab(ApiView):
    """One lab."""

    area = "labs"

    @operation("get_lab", LabInFull, problems=[404])
    def get(self, request: Request, slug: str) -> Response:
        """Get a lab with its tasks; teachers also get the texts and the notes.

        No answer has a solution.
        """
        teaches = is_instructor(user_of(request))
        lab = None if slug.endswith(DRAFT) else find_lab(slug)
        if lab is None or not (teaches or is_open(slug)):
            raise NotThere
        return Response(LabInFull(SeenLab(lab, track_of(lab).title, teaches)).data)
