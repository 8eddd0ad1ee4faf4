"""What a lab lets its student do; see README.md."""

from console.labs.files import Tool
from console.labs.rules.lab_rules import TOOL_OF_OPERATION, UNRESTRICTED, LabRules, rules_of
from console.labs.rules.rulings import Ruling, person_in_words

__all__ = [
    "TOOL_OF_OPERATION",
    "UNRESTRICTED",
    "LabRules",
    "Ruling",
    "Tool",
    "person_in_words",
    "rules_of",
]
