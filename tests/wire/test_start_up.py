"""Start-up stays quick: the service models' library is imported by the first call."""

import subprocess
import sys

MODULES = (
    "iam.wire.validation, iam.wire.command_line, iam.wire.shapes, iam.wire.errors, "
    "iam.wire.signatures, iam.catalogue.regions"
)


def test_importing_the_package_does_not_import_botocore():
    code = f"import sys, {MODULES}; print('botocore' in sys.modules, 'boto3' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "False"]
