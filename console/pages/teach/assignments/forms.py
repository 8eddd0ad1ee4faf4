"""What a teacher fills in about an assignment."""

from collections.abc import Mapping
from typing import Any

from django import forms

from console.classes.assignments import MOST_MINUTES, faults_of
from console.classes.extensions import faults_of_extension
from console.classes.models import Assignment, Enrollment, Extension
from console.classes.student_names import StudentNames
from console.labs.tracks import all_tracks
from console.pages.teach.classes.forms import MomentField, time_input


def _add_faults(form: forms.BaseForm, faults: Mapping[str, str]) -> None:
    for name, sentence in faults.items():
        form.add_error(name, sentence)


_MODES = (
    "Practice does not count. In graded work and exams, the first answers to questions count. "
    "In an exam, students see no results until you show them."
)


class AddForm(forms.Form):
    """Labs to assign, any number, by track."""

    labs = forms.MultipleChoiceField(
        label="Labs",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one lab."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["labs"]
        field.choices = [(lab.slug, lab.title) for track in all_tracks() for lab in track.labs]


class AssignmentForm(forms.ModelForm[Assignment]):
    """All that can be set about an assignment; times are in the class's zone."""

    about_modes = _MODES
    minutes = forms.IntegerField(
        label="Minutes from the start", required=False, min_value=1, max_value=MOST_MINUTES
    )
    extra_minutes = forms.IntegerField(
        label="Extra minutes for everybody", min_value=0, max_value=MOST_MINUTES
    )
    weight = forms.DecimalField(min_value=0, max_value=1000, decimal_places=2)

    class Meta:
        model = Assignment
        fields = (
            "mode",
            "opens",
            "due",
            "closes",
            "start_by_button",
            "minutes",
            "extra_minutes",
            "hints",
            "solution",
            "reveal",
            "grade",
            "weight",
            "late_percent",
        )
        labels = {
            "mode": "Type",
            "opens": "Opens",
            "due": "Due",
            "closes": "Closes",
            "start_by_button": "Each student's time begins with the Start button",
            "hints": "Students may use hints",
            "solution": "Official solution",
            "reveal": "What students see of each check",
            "grade": "Which attempt counts, if there are several",
            "late_percent": "Percent off for each day late",
        }
        widgets = {name: time_input() for name in ("opens", "due", "closes")}
        field_classes = dict.fromkeys(("opens", "due", "closes"), MomentField)

    def clean(self) -> dict[str, Any]:
        """Refuse what does not fit together, each at its field."""
        cleaned = super().clean() or {}
        _add_faults(self, faults_of(self.instance, cleaned))
        return cleaned


class ExtensionForm(forms.ModelForm[Extension]):
    """Later times of one student, or more minutes; never less than everybody has."""

    extra_minutes = forms.IntegerField(
        label="Extra minutes", min_value=0, max_value=MOST_MINUTES, initial=0
    )
    reopen = forms.BooleanField(label="Let the student continue after handing in", required=False)

    class Meta:
        model = Extension
        fields = ("enrollment", "due", "closes", "extra_minutes")
        labels = {"enrollment": "Student", "due": "Due", "closes": "Closes"}
        widgets = {name: time_input() for name in ("due", "closes")}
        field_classes = dict.fromkeys(("due", "closes"), MomentField)

    def __init__(
        self, *args: Any, assignment: Assignment, names: StudentNames, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        # The form of the assignment stands on the same page, with fields of the same names.
        self.auto_id = "id_extension_%s"
        self._assignment = assignment
        field: Any = self.fields["enrollment"]
        students = Enrollment.objects.filter(
            course_class=assignment.course_class_id, removed_at=None
        ).select_related("user__profile")
        field.queryset = students.order_by("user__username")
        field.empty_label = "Choose a student"
        field.label_from_instance = lambda one: names.of(one.user)

    def clean(self) -> dict[str, Any]:
        """Refuse what takes time away, at its field."""
        cleaned = super().clean() or {}
        _add_faults(self, faults_of_extension(self._assignment, cleaned))
        return cleaned

    def validate_unique(self) -> None:
        """A second extension of a student replaces the first."""
