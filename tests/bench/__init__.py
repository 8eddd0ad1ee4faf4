"""`make bench`: decisions a second, ours beside others', in one run; never collected as tests."""
