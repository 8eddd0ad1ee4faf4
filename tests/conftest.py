"""What every test shares."""

import os

from hypothesis import settings

# A shared machine is slow at moments; CI tries the same examples each time.
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "local")
