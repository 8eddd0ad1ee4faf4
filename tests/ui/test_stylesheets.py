"""Every class, token and icon that the static files define is used."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SPRITE = (ROOT / "static" / "rolecall" / "icons.svg").read_text()

# A value may hold template tags, which hold quotes of their own.
CLASS_ATTRIBUTE = re.compile(r'\b(?:class|css)="((?:\{[{%].*?[%}]\}|[^"])*)"')
CLASS_BLOCK = re.compile(r"\{% block \w*class %\}(.*?)\{% endblock")
STRING = re.compile(r'"[^"\n]*"|\'[^\'\n]*\'|`[^`]*`')
# In `badge--{{ color }}` the variable holds the rest of the name.
BUILT = re.compile(r"([\w-]+-)\{\{ ((?:\w+\.)*)(\w+)")
ARGUMENT = re.compile(r'\b(\w+)="?([\w-]+)')
STATUS = re.compile(r'\{% status "([\w-]+)"')
ICON = re.compile(r"""\{% icon ["']([\w-]+)["']""")
# htmx and the Ace editor set these.
OF_LIBRARIES = {"ace_editor", "ace_gutter", "htmx-request", "swagger-ui", "wrapper"}


def read(folder: str, suffix: str) -> str:
    return "\n".join(path.read_text() for path in sorted((ROOT / folder).rglob(f"*{suffix}")))


TEMPLATES = read("templates", ".html")
PYTHON = read("console", ".py")
SCRIPTS = read("static", ".js")
CSS = re.sub(r"/\*.*?\*/", "", read("static", ".css"), flags=re.DOTALL)


def words(parts: list[str]) -> set[str]:
    return set(re.findall(r"[\w-]+", " ".join(parts)))


def strings(source: str) -> set[str]:
    return set(re.findall(r'(?<!=)"([\w-]+)"', source))


def values(variable: str) -> set[str]:
    """Return what the templates pass under this name to a component."""
    given = {value for name, value in ARGUMENT.findall(TEMPLATES) if name == variable}
    return given | set(STATUS.findall(TEMPLATES)) if variable == "kind" else given


def used_classes() -> set[str]:
    """Return the classes that are written out, and those that are put together."""
    attributes = CLASS_ATTRIBUTE.findall(TEMPLATES)
    used = words([*attributes, *CLASS_BLOCK.findall(TEMPLATES), *STRING.findall(PYTHON + SCRIPTS)])
    for prefix, of_object, variable in BUILT.findall("\n".join(attributes)):
        given = strings(PYTHON) if of_object else values(variable)
        used |= {prefix + each for each in given}
    for prefix in re.findall(r"([\w-]+-)\{\w", PYTHON):
        used |= {prefix + each for each in strings(PYTHON)}
    return used


def test_every_class_of_the_stylesheets_is_used():
    selectors = re.findall(r"([^{};]+)\{", CSS)
    defined = {name for each in selectors for name in re.findall(r"\.([a-zA-Z][\w-]*)", each)}
    assert defined
    assert sorted(defined - used_classes() - OF_LIBRARIES) == []


def test_every_token_of_the_stylesheets_is_defined_and_used():
    defined = set(re.findall(r"(?<![\w-])(--[\w-]+):", CSS))
    used = set(re.findall(r"var\((--[\w-]+)", CSS))
    assert defined
    assert sorted(defined ^ used) == []


def test_every_icon_of_the_sprite_is_used():
    defined = set(re.findall(r'<symbol id="([\w-]+)"', SPRITE))
    named = {*ICON.findall(TEMPLATES), *re.findall(r"#([\w-]+)", SCRIPTS)}
    passed = {value for name in ("icon", "icon_end", "kind") for value in values(name)}
    assert defined
    assert sorted(defined - named - passed - strings(read("console/ui", ".py"))) == []
