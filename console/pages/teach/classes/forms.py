"""What a teacher fills in about a class."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils import timezone

from console.classes.models import Class, TeachingRole
from console.classes.time_zones import known_zones, offered_zones
from console.labs.site_users import is_instructor


class ZoneField(forms.ChoiceField):
    """A time zone: today's names are offered, older ones are taken and stay."""

    def valid_value(self, value: object) -> bool:
        """Return whether there is such a zone."""
        return value in known_zones()

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        """Offer the zone, too, that the class is in."""
        bound = super().get_bound_field(form, field_name)
        zones, chosen = offered_zones(), bound.value()
        own = () if chosen in zones or not self.valid_value(chosen) else (chosen,)
        self.choices = [(zone, zone.replace("_", " ")) for zone in (*zones, *own)]
        return bound


def time_input() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class MomentField(forms.DateTimeField):
    """A time in the class's zone; one that the change of clocks skips or repeats is refused."""

    def to_python(self, value: Any) -> datetime | None:
        """Return the time; raises ValidationError."""
        try:
            return super().to_python(value)
        except forms.ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
        zone = timezone.get_current_timezone_name()
        message = (
            f"Clocks change in {zone} then: this time is skipped, or comes twice. Choose another."
        )
        raise forms.ValidationError(message)


class ClassForm(forms.ModelForm[Class]):
    """A class's name and time zone."""

    time_zone = ZoneField(label="Time zone", help_text="Due dates are in this time zone.")

    class Meta:
        model = Class
        fields = ("name", "time_zone")
        labels = {"name": "Name of the class"}

    def offer_zone(self, zone: str) -> None:
        """Offer the zone of an earlier class; without one a script chooses the browser's."""
        self.initial["time_zone"] = zone or "UTC"
        if not zone and not self.is_bound:
            self.fields["time_zone"].widget.attrs["data-own-zone"] = ""


class SettingsForm(forms.ModelForm[Class]):
    """All that can be set about a class, but its people and its code."""

    time_zone = ZoneField(label="Time zone")

    class Meta:
        model = Class
        fields = ("name", "time_zone", "keep_until")
        labels = {"name": "Name of the class", "keep_until": "Keep until"}
        widgets = {"keep_until": forms.DateInput(attrs={"type": "date"})}
        help_texts = {
            "keep_until": "After this day, the students' worlds are deleted, with their steps and"
            " calls. Results, points and remarks stay. Pages warn a month ahead, and for at least a"
            " week. Leave it empty to keep the worlds."
        }


class JoinForm(forms.ModelForm[Class]):
    """Whether the class's code opens it, and how long."""

    class Meta:
        model = Class
        fields = ("join_open", "join_until")
        labels = {"join_open": "The code is on", "join_until": "The code ends"}
        widgets = {"join_until": time_input()}
        field_classes = {"join_until": MomentField}


class TeacherForm(forms.Form):
    """Another teacher of the class, by login."""

    username = forms.CharField(label="Login of the teacher", max_length=150)
    role = forms.ChoiceField(label="Role", choices=TeachingRole, initial=TeachingRole.TEACHER)

    def clean_username(self) -> User:
        """Return the site user; raises ValidationError for one who is no instructor."""
        user = User.objects.filter(username=self.cleaned_data["username"], is_active=True).first()
        if user is None or not is_instructor(user):
            message = "No instructor has this login. An administrator makes somebody an instructor."
            raise forms.ValidationError(message)
        return user


def in_zone_of(course_class: Class) -> "timezone.override":
    """Return a context in which forms read and write times in the class's zone."""
    return timezone.override(course_class.time_zone)
