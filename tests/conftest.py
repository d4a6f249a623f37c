"""What all tests share."""

from hypothesis import settings

# Time is shown by benchmarks, not by tests: the machines are noisy.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
