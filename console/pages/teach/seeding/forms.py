"""What a teacher fills in to give a class worlds."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.formats import date_format

from console.classes.models import Assignment, Class
from console.labs.catalog import known_labs
from console.labs.scenarios.models import Scenario
from console.labs.scenarios.shelf import seen_scenarios

_SCENARIO, _LAB = "scenario:", "lab:"


class SeedForm(forms.Form):
    """What the worlds are made from, for whom, and when."""

    source = forms.ChoiceField(
        label="From", error_messages={"required": "Choose a scenario or a lab."}
    )
    per = forms.ChoiceField(
        label="One world for each",
        choices=[("student", "Student"), ("team", "Team; students without one get their own")],
        widget=forms.RadioSelect,
        initial="student",
    )
    opening = forms.ChoiceField(label="When", required=False)

    def __init__(self, *args: Any, course_class: Class, teacher: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labs = known_labs()
        self._assignments = list(course_class.assignments.select_related("course_class"))
        self._scenarios = {one.public_id: one for one in seen_scenarios(teacher)}
        titles = {
            one.public_id: labs[one.lab].title if one.lab in labs else one.lab
            for one in self._assignments
        }
        scenarios = [(f"{_SCENARIO}{key}", one.name) for key, one in self._scenarios.items()]
        assigned = [(f"{_LAB}{one.public_id}", titles[one.public_id]) for one in self._assignments]
        source: Any = self.fields["source"]
        source.choices = [("", "Choose"), ("Scenarios", scenarios), ("Assigned labs", assigned)]
        ahead = [one for one in self._assignments if one.opens and one.opens > timezone.now()]
        opening: Any = self.fields["opening"]
        opening.choices = [("", "Now"), *((one.public_id, _opening(one, titles)) for one in ahead)]

    @property
    def scenario(self) -> Scenario | None:
        """Return the scenario that was chosen, without its text."""
        source: str = self.cleaned_data["source"]
        return self._scenarios.get(source.removeprefix(_SCENARIO))

    @property
    def lab(self) -> Assignment | None:
        """Return the assignment whose worlds were chosen."""
        return self._assignment(self.cleaned_data.get("source", "").removeprefix(_LAB))

    @property
    def awaited(self) -> Assignment | None:
        return self._assignment(self.cleaned_data.get("opening", ""))

    def _assignment(self, public_id: str) -> Assignment | None:
        return next((one for one in self._assignments if one.public_id == public_id), None)

    def clean(self) -> dict[str, Any]:
        """Refuse a lab's worlds at the opening of another lab."""
        cleaned = super().clean() or {}
        if self.lab and self.awaited and self.lab != self.awaited:
            message = "A lab's worlds are made now, or when the lab itself opens."
            self.add_error("opening", message)
        return cleaned


def _opening(assignment: Assignment, titles: dict[str, str]) -> str:
    opens = timezone.localtime(assignment.opens)
    return f"When {titles[assignment.public_id]} opens: {date_format(opens, 'D j M Y, H:i')}"


def scenario_source(public_id: str) -> str:
    """Return how the form names a scenario."""
    return f"{_SCENARIO}{public_id}"


def lab_source(assignment_id: str) -> str:
    """Return how the form names the worlds of an assignment."""
    return f"{_LAB}{assignment_id}"
