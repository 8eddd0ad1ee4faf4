"""What an instructor fills in about a scenario."""

from django import forms

from console.labs.scenarios.models import Scenario

_MADE_HERE = (Scenario.Source.WRITTEN, Scenario.Source.UPLOADED, Scenario.Source.CAPTURED)


class ScenarioForm(forms.Form):
    """A scenario with the version that is changed; `source` is how a new one came to be."""

    name = forms.CharField(label="Name", max_length=120, required=False)
    text = forms.CharField(label="Scenario", strip=False, widget=forms.Textarea)
    shared = forms.BooleanField(label="Other instructors may use it", required=False)
    version = forms.IntegerField(
        required=False, min_value=1, max_value=10**9, widget=forms.HiddenInput
    )
    source = forms.ChoiceField(
        required=False,
        choices=[(one.value, one.label) for one in _MADE_HERE],
        widget=forms.HiddenInput,
    )


class ScenarioFileForm(forms.Form):
    """A scenario's file."""

    file = forms.FileField(
        label="File",
        allow_empty_file=True,
        error_messages={"required": "Choose a file."},
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml,.json"}),
    )


class CaptureForm(forms.Form):
    """What a captured world is called."""

    name = forms.CharField(label="Name of the scenario", max_length=120)
