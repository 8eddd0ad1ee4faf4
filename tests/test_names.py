"""Names: one word for each thing; see .github/GLOSSARY.md."""

import ast
import re
from collections import defaultdict

import pytest

from tests.test_project import ROOT, source_files

# Names that stand for several things, and why. At most eight.
HOMONYMS = {
    "Command": "Django finds a management command by this name",
}
KEPT_FOR_LABS = {"Attempt", "Task", "Hint", "Check", "Assignment"}
LABS = ("console/labs/", "console/classes/")


def public_classes() -> dict[str, set[str]]:
    """Return the modules of each public class at the top of a module, without tests."""
    found = defaultdict(set)
    for path in source_files(".py"):
        name = str(path.relative_to(ROOT))
        if not name.startswith("tests/"):
            for node in ast.parse(path.read_text()).body:
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    found[node.name].add(name)
    return found


def test_a_class_name_stands_for_one_thing():
    several = {name: modules for name, modules in public_classes().items() if len(modules) > 1}

    assert {name: several[name] for name in several.keys() - HOMONYMS.keys()} == {}


def test_the_exceptions_are_few_and_needed():
    assert len(HOMONYMS) <= 8
    assert all(len(public_classes()[name]) > 1 for name in HOMONYMS)


@pytest.mark.parametrize("name", sorted(KEPT_FOR_LABS))
def test_the_words_of_labs_are_used_by_labs_alone(name):
    assert all(module.startswith(LABS) for module in public_classes().get(name, ()))


def test_every_class_that_the_glossary_names_exists():
    glossary = (ROOT / ".github/GLOSSARY.md").read_text()
    named = set(re.findall(r"`([A-Z][a-z]+(?:[A-Z][a-z]+)*)`", glossary))

    assert named
    assert named - public_classes().keys() == set()


def test_no_module_is_named_by_a_participle_of_old():
    avoided = {"one", "own", "kept", "found", "shown", "using", "opening", "telling", "asked"}
    modules = {path.stem for path in source_files(".py")}

    assert modules & (avoided | {"utils", "helpers", "common", "manager"}) == set()
