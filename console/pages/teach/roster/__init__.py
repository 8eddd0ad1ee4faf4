"""The roster of a class: its students, their logins and teams."""
