"""Which operations of AWS are a tool that a lab can withhold."""

from console.labs.files import Tool

TOOL_OF_OPERATION = {
    "iam:SimulateCustomPolicy": Tool.SIMULATOR,
    "iam:SimulatePrincipalPolicy": Tool.SIMULATOR,
    "sts:DecodeAuthorizationMessage": Tool.WHY,
}
