"""The pages of instructors, under `/teach/`."""
