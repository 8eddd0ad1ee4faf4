"""The forms of the review step and of the JSON editor."""

from collections.abc import Mapping
from typing import Any

from django import forms


class PolicyReviewForm(forms.Form):
    """Name and description; AWS's call judges them."""

    name = forms.CharField(label="Policy name", required=False, strip=False)
    description = forms.CharField(
        label="Description", required=False, strip=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    @classmethod
    def with_errors(cls, data: Mapping[str, Any], errors: Mapping[str, str]) -> "PolicyReviewForm":
        """Return the form with the typed values and the errors at their fields."""
        form = cls(data)
        form.full_clean()
        for name, sentence in errors.items():
            form.add_error(name if name in form.fields else None, sentence)
        return form


class DocumentForm(forms.Form):
    """The text of a policy, as the JSON editor takes it."""

    document = forms.CharField(
        label="Policy document", required=False, strip=False, widget=forms.Textarea
    )
