"""What a teacher fills in about an assignment."""

from datetime import datetime
from typing import Any

from django import forms

from console.classes.assignments import has_begun
from console.classes.models import Assignment, Enrollment, Extension, Mode
from console.labs.site_users import display_name
from console.labs.tracks import all_tracks

_LAST_YEAR = 2199
_MOST_MINUTES = 10_000


def _time_input() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


def _too_far(form: forms.BaseForm, *names: str) -> None:
    """Refuse times that no calendar of a class has."""
    for name in names:
        time = form.cleaned_data.get(name)
        if time and not 2000 <= time.year <= _LAST_YEAR:
            form.add_error(name, f"Choose a year from 2000 to {_LAST_YEAR}.")


_MODES = (
    "Practice counts nothing. In graded work and in exams the first answers to questions count. "
    "In an exam students see no result anywhere until you show them."
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
        label="Minutes from the start", required=False, min_value=1, max_value=_MOST_MINUTES
    )
    extra_minutes = forms.IntegerField(
        label="Extra minutes for everybody", min_value=0, max_value=_MOST_MINUTES
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
            "grade": "Which attempt counts, where there are several",
            "late_percent": "Percent off for each day late",
        }
        widgets = {name: _time_input() for name in ("opens", "due", "closes")}

    def clean(self) -> dict[str, Any]:
        """Refuse times in the wrong order, each at its field."""
        cleaned = super().clean() or {}
        _too_far(self, "opens", "due", "closes")
        opens, due, closes = (self.cleaned_data.get(name) for name in ("opens", "due", "closes"))
        if opens and due and due <= opens:
            self.add_error("due", "This is not after it opens.")
        if opens and closes and closes <= opens:
            self.add_error("closes", "This is not after it opens.")
        if due and closes and closes < due:
            self.add_error("closes", "This is before it is due.")
        if cleaned.get("minutes") and not cleaned.get("start_by_button"):
            self.add_error("minutes", "Minutes count from the Start button. Turn it on above.")
        was_exam = self.initial.get("mode") == Mode.EXAM
        is_exam = cleaned.get("mode") == Mode.EXAM
        if was_exam != is_exam and self.instance.pk and has_begun(self.instance):
            self.add_error("mode", "Students have begun: what is an exam stays one.")
        return cleaned


class ExtensionForm(forms.ModelForm[Extension]):
    """Later times of one student, or more minutes; never less than everybody has."""

    extra_minutes = forms.IntegerField(
        label="Extra minutes", min_value=0, max_value=_MOST_MINUTES, initial=0
    )
    reopen = forms.BooleanField(label="Let the student go on after handing in", required=False)

    class Meta:
        model = Extension
        fields = ("enrollment", "due", "closes", "extra_minutes")
        labels = {"enrollment": "Student", "due": "Due", "closes": "Closes"}
        widgets = {name: _time_input() for name in ("due", "closes")}

    def __init__(self, *args: Any, assignment: Assignment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._assignment = assignment
        field: Any = self.fields["enrollment"]
        students = Enrollment.objects.filter(
            course_class=assignment.course_class_id, removed_at=None
        ).select_related("user__profile")
        field.queryset = students.order_by("user__username")
        field.empty_label = "Choose a student"
        field.label_from_instance = lambda one: display_name(one.user)

    def clean(self) -> dict[str, Any]:
        """Refuse what takes time away, at its field."""
        cleaned = super().clean() or {}
        _too_far(self, "due", "closes")
        for name in ("due", "closes"):
            usual: datetime | None = getattr(self._assignment, name)
            time = self.cleaned_data.get(name)
            if time and usual is None:
                self.add_error(name, "There is no such limit for anybody.")
            elif time and usual and time <= usual:
                self.add_error(name, "This is not later than for everybody.")
        return cleaned

    def validate_unique(self) -> None:
        """A second extension of a student replaces the first."""
