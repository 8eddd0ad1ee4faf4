"""What a teacher fills in about students."""

from typing import Any

from django import forms
from django.http import QueryDict

from console.classes.models import Class, Enrollment, Team
from console.classes.roster.changes import change_student, faults_of_student
from console.classes.roster.reader import UnreadableRoster, as_text
from console.labs.site_users import display_name


class RosterForm(forms.Form):
    """A roster as a file, or pasted."""

    file = forms.FileField(
        label="File",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
    )
    text = forms.CharField(
        label="Or paste the cells of a spreadsheet",
        required=False,
        strip=False,
        max_length=1024 * 1024,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )

    def roster_text(self) -> str:
        """Return the text of the file, else what was pasted; raises UnreadableRoster."""
        file = self.cleaned_data["file"]
        text: str = as_text(file.read()) if file else self.cleaned_data["text"]
        if not text.strip():
            message = "Choose a file, or paste the cells."
            raise UnreadableRoster(message)
        return text


class StudentForm(forms.ModelForm[Enrollment]):
    """What a teacher may change about a student."""

    name = forms.CharField(label="Name", max_length=80, required=False)
    extra_time = forms.IntegerField(label="Extra time for exams (%)")

    class Meta:
        model = Enrollment
        fields = ("reference",)
        help_texts = {"reference": "Student number or e-mail address. Only teachers see it."}

    def __init__(self, data: QueryDict | None, instance: Enrollment) -> None:
        name = display_name(instance.user)
        given = "" if name == instance.user.get_username() else name
        known = {"name": given, "team": instance.team_id, "extra_time": instance.extra_time}
        super().__init__(data, instance=instance, initial=known)
        teams = Team.objects.filter(course_class_id=instance.course_class_id).order_by("name")
        self.fields["team"] = forms.ModelChoiceField(teams, required=False, empty_label="None")

    def clean_reference(self) -> str:
        """Return the reference without spaces around it."""
        return str(self.cleaned_data["reference"]).strip()

    def clean(self) -> dict[str, Any]:
        """Refuse what another student has, and what is too much, each at its field."""
        cleaned = super().clean() or {}
        for name, sentence in faults_of_student(self.instance, cleaned).items():
            self.add_error(name, sentence)
        return cleaned

    def stored(self) -> Enrollment:
        """Store the student; work follows a team and extra time."""
        change_student(self.instance, self.cleaned_data)
        return self.instance


class TeamForm(forms.Form):
    """A team by name, for the selected students; without a name they leave theirs."""

    team = forms.CharField(label="Team", max_length=80, required=False)


def other_classes(course_class: Class, classes: "list[Class]") -> list[tuple[str, str]]:
    """Return the classes that a student can be moved to, for a select."""
    return [(one.public_id, one.name) for one in classes if one.pk != course_class.pk]
