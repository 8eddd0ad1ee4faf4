"""Parts that the pages of users, groups, roles and policies share."""
