"""What the pages of users, groups, roles and policies share: kinds, forms, refusals, dialogs."""
