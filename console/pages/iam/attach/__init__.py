"""The pages that give users, groups and roles permissions."""
