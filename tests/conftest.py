"""Nothing is timed in tests: a property may take as long as a busy machine needs. Where a change is accepted (CI) the
examples are the same each time; elsewhere they are new ones, and what they find becomes a test of its own."""

import os

from hypothesis import settings

settings.register_profile("new", deadline=None)
settings.register_profile("same", deadline=None, derandomize=True)
settings.load_profile("same" if os.environ.get("CI") else "new")
