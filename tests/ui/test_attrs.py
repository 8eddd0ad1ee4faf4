"""The tag that writes the attributes of an element."""

import pytest
from django.template import Context, Template, TemplateSyntaxError


def written(attributes: str, **values: object) -> str:
    text = f"{{% load ui %}}<a {{% attrs {attributes} %}}>"
    return Template(text).render(Context(values))


def test_an_attribute_without_a_value_is_left_out():
    values = {"none": None, "no": False, "empty": ""}
    assert written("a=none b=no c=empty d=missing e=0", **values) == '<a e="0">'


def test_true_gives_an_attribute_no_value():
    assert written("data_open=yes id=name", yes=True, name="x") == '<a data-open id="x">'


@pytest.mark.parametrize(
    ("value", "expected"), [("why not", "disabled"), ([], ""), (1, "disabled")]
)
def test_a_boolean_attribute_never_has_a_value(value: object, expected: str):
    assert written("disabled=value", value=value) == f"<a {expected}>"


def test_values_are_escaped_and_filtered():
    assert written('title=text|default:"-"', text='"<') == '<a title="&quot;&lt;">'


@pytest.mark.parametrize("attributes", ["", "name", "id=1 name"])
def test_an_attribute_without_its_name_is_refused(attributes: str):
    with pytest.raises(TemplateSyntaxError, match="name=value"):
        written(attributes)
