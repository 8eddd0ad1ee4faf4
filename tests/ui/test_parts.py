"""Flash bars, findings, JSON lines, tokens, components."""

import re
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.contrib import messages
from django.template import Context, Template, TemplateSyntaxError
from django.utils import timezone

from console.ui.findings import grouped
from console.ui.flash import flash_error, flash_success, flashes
from console.ui.json_lines import autoformatted, highlighted_lines
from console.ui.tabs import Tab, Tabs

ROOT = Path(__file__).parents[2]
CSS = ROOT / "static" / "rolecall" / "css"
SPRITE = (ROOT / "static" / "rolecall" / "icons.svg").read_text()


def render(text: str, **values: object) -> str:
    return Template("{% load ui %}" + text).render(Context(values))


def test_a_flash_bar_comes_back_with_its_button(request_for):
    request = request_for()
    flash_success(request, "Role <b> created.", ("View role", "/roles/b"))
    (flash,) = flashes(request)
    assert (flash.kind, flash.text, flash.url) == ("success", "Role <b> created.", "/roles/b")


NOON = datetime(2026, 11, 30, 12, 0, 5, tzinfo=UTC)
TIMES = [
    ("{% moment when %}", "November 30, 2026, 12:00 (UTC)", "minute"),
    ("{% moment when short=True %}", "November 30, 2026", "day"),
    ("{% moment when seconds=True %}", "November 30, 2026, 12:00:05 (UTC)", "second"),
]


@pytest.mark.parametrize(("tag", "shown", "precision"), TIMES)
def test_a_time_stands_before_a_full_stop(tag, shown, precision):
    html = render(f"On {tag}.", when=NOON.replace(microsecond=269056))
    attributes = f'datetime="2026-11-30T12:00:05+00:00" data-time="{precision}"'
    assert html == f"On <time {attributes}>{shown}</time>."
    assert render(f"On {tag}.", when=None) == "On -."


ARNS = [
    ("arn:aws:s3:::b/k", "arn:<wbr>aws:<wbr>s3:::<wbr>b/<wbr>k"),
    ("on arn:aws:s3:::a-b.", 'on <span class="parts">arn:<wbr>aws:<wbr>s3:::<wbr>a-b.</span>'),
    (f"arn:x:y/{'a-' * 17}", f"arn:<wbr>x:<wbr>y/<wbr>{'a-' * 17}"),
    ("a-barn: <b>", "a-barn: &lt;b&gt;"),
]


@pytest.mark.parametrize(("text", "html"), ARNS)
def test_an_arn_breaks_at_colons_and_slashes_alone_unless_a_part_is_long(text, html):
    assert render("{{ written|marked_up }}", written=text) == html


SINKS = [
    "{% flash_bars %}",
    "{% refused call %}",
    "{% error_summary form %}",
    "{% formfield form.one %}",
    '{% field "One" for="x" error=call.message %}{% endfield %}',
    "{% code_editor form.one label='One' error=call.message %}",
    "{% findings findings 'x' %}",
]


@pytest.mark.parametrize("sink", SINKS)
def test_wherever_a_sentence_shows_its_back_ticks_are_code(sink, request_for):
    sentence = "`role` is <b> no `arn:aws:s3:::a-b`."
    request = request_for()
    flash_error(request, sentence)
    form = forms.Form({})
    form.fields["one"] = forms.CharField(error_messages={"required": sentence})
    call = SimpleNamespace(message=sentence, code="", denied=False, why_url="")
    found = [{"severity": "error", "message": sentence, "line": 1, "column": 1, "code": ""}]
    html = render(sink, request=request, form=form, call=call, findings=found)
    assert "<code>role</code> is &lt;b&gt; no <code>" in html
    assert "`" not in re.sub("<script.*?</script>", "", html, flags=re.DOTALL)


@pytest.mark.parametrize("widget", [forms.CheckboxInput, forms.TextInput, forms.Textarea])
def test_a_fields_help_stands_beside_it_and_is_read_out(widget):
    form = forms.Form()
    form.fields["one"] = forms.CharField(help_text="For a shared computer.", widget=widget)
    html = render("{% formfield field %}", field=form["one"])
    assert html.count("For a shared computer.") == 1
    assert 'id="id_one-constraint"' in html
    assert 'aria-describedby="id_one-constraint"' in html


def test_a_message_of_djangos_own_is_a_plain_bar(request_for):
    request = request_for()
    messages.warning(request, '{"kind": "success"}')
    (flash,) = flashes(request)
    assert (flash.kind, flash.text) == ("warning", '{"kind": "success"}')


def test_findings_are_counted_by_severity_and_errors_open_first():
    groups = grouped([{"severity": "WARNING"}, {"severity": "error", "line": None}, {}])
    assert [len(group.found) for group in groups] == [0, 2, 1, 0]
    assert [group.slug for group in groups if group.open] == ["error"]


@pytest.mark.parametrize(
    "text", ['{"a": "<script>"}', '["unclosed <b>', '"unclosed <b>', "<", "'\\\"<i>\"'"]
)
def test_json_is_escaped_line_by_line(text: str):
    (line,) = highlighted_lines(text)
    assert "<script>" not in line
    assert re.sub(r"</?span[^>]*>", "", line).count("<") == 0


def test_json_alone_is_highlighted():
    assert "json-literal" in highlighted_lines('  {"a": 1}')[0]
    shell = "printf 'eyJ0eXAi' --port=\"1\""
    assert [re.sub("&#x27;", "'", line) for line in highlighted_lines(shell)] == [
        shell.replace('"', "&quot;")
    ]


def test_json_of_one_line_is_indented():
    assert autoformatted(' {"Statement": [], "Id": "é"}\n') == (
        '{\n    "Statement": [],\n    "Id": "é"\n}'
    )


@pytest.mark.parametrize(
    "text",
    [
        *('{\n"Statement": []}', '{"a": ', '["a"]', "plain", "", '{"a": 1e5}', '{"a": NaN}'),
        *('{"a": "\\u202e"}', '{"a": "\ud800"}', '{"a": ' * 2000, '{"a":' + "[" * 100_000),
    ],
)
def test_another_text_stays_as_it_is_written(text: str):
    assert autoformatted(text) == text


def test_an_unknown_tab_shows_the_first():
    tabs = Tabs((Tab("permissions", "Permissions"), Tab("trust", "Trust")), "/r", "nope")
    assert tabs.current == "permissions"


def test_a_slot_that_shows_nothing_is_left_out():
    slot = "{% slot footer %}\n  {% if wanted %}Footer{% endif %}\n{% endslot %}"
    text = '{% container "Outer" %}' + slot + "{% endcontainer %}"
    assert "container__footer" in render(text, wanted=True)
    assert "container__footer" not in render(text)


def test_slots_belong_to_the_block_directly_around_them():
    page = render(
        '{% container "Outer" %}{% slot actions %}OUT{% endslot %}'
        '{% container "Inner" %}in{% endcontainer %}{% endcontainer %}'
    )
    inner = page[page.index("Inner") :]
    assert page.count("OUT") == 1
    assert "OUT" not in inner


def test_a_component_escapes_what_it_is_given():
    page = render("{% container title %}{{ title }}{% endcontainer %}", title="<b>")
    assert "<b>" not in page


def test_a_component_with_too_many_arguments_raises():
    with pytest.raises(TemplateSyntaxError, match="no further positional argument"):
        render('{% container "a" "b" %}{% endcontainer %}')


def test_the_frame_renders_where_nothing_is_signed_in(rf):
    page = Template('{% extends "frame.html" %}').render(Context({"request": rf.get("/")}))
    assert "Rolecall" in page
    assert "account-menu" not in page


def test_every_component_template_opens_with_its_inputs():
    for template in (ROOT / "templates" / "ui").glob("*.html"):
        assert template.read_text().startswith("{# Inputs:"), template.name


def test_every_token_used_is_defined_and_every_one_defined_is_used():
    tokens = (CSS / "tokens.css").read_text()
    everything = "".join(path.read_text() for path in CSS.glob("*.css"))
    used = set(re.findall(r"var\(--([a-z0-9-]+)", everything))
    assert used <= set(re.findall(r"--([a-z0-9-]+)\s*:", everything))
    spare = set(re.findall(r"--([a-z0-9-]+)\s*:", tokens)) - used
    assert not {name for name in spare if not name.startswith("space-scaled")}


def test_every_icon_named_in_a_template_is_in_the_sprite():
    templates = "".join(path.read_text() for path in (ROOT / "templates").rglob("*.html"))
    named = set(re.findall(r"""\{% icon ["']([a-z-]+)["']""", templates))
    assert named <= set(re.findall(r'<symbol id="([a-z-]+)"', SPRITE))


def luminance(color: str) -> float:
    parts = [int(color[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("color", ["f2b0a9", "fbc8aa", "efda95", "b7ca9d", "83d4e8"])
def test_a_roles_name_is_readable_on_its_colour(color: str):
    assert f"#{color}" in (CSS / "tokens.css").read_text()
    assert (luminance(color) + 0.05) / (luminance("0f141a") + 0.05) >= 7


def test_a_time_called_utc_is_utc_where_another_zone_is_active():
    moment = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
    with timezone.override("Asia/Kathmandu"):
        minute = render("{% moment value %}", value=moment)
        day = render("{% moment value short=True %}", value=moment)
    assert ">November 30, 2026, 23:30 (UTC)<" in minute
    assert ">November 30, 2026<" in day
