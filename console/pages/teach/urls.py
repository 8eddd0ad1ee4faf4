"""The addresses of instructors."""

from django.urls import include, path

from console.pages.teach import lab_notes
from console.pages.teach.assignments import editing as assignment_editing
from console.pages.teach.assignments import listing as assignment_listing
from console.pages.teach.bulk import page as bulk_page
from console.pages.teach.classes import audit, join_code, listing, settings
from console.pages.teach.gradebook import awards, book
from console.pages.teach.live import matrix, misconceptions, projector, signals, student, talk
from console.pages.teach.lti import platforms
from console.pages.teach.roster import actions, cards
from console.pages.teach.roster import imports as roster_imports
from console.pages.teach.roster import listing as roster_listing
from console.pages.teach.roster import teams as roster_teams
from console.pages.teach.seeding import actions as seeding_actions
from console.pages.teach.seeding import listing as seeding_listing
from console.pages.teach.seeding import page as seeding_page
from console.pages.teach.webhooks import page as webhooks

urlpatterns = [
    path("scenarios/", include("console.pages.teach.scenarios.urls")),
    path("", listing.classes, name="teach"),
    path("new", listing.class_create, name="teach_class_create"),
    path("author/", include("console.pages.teach.author.urls")),
    path("labs/<str:lab_slug>/", lab_notes.lab_notes, name="teach_lab"),
    path("<str:class_id>/", matrix.matrix, name="teach_class"),
    path("<str:class_id>/bulk", bulk_page.bulk, name="teach_bulk"),
    path("<str:class_id>/changes", matrix.changes, name="teach_changes"),
    path("<str:class_id>/projector", projector.projector, name="teach_projector"),
    path("<str:class_id>/message", talk.message, name="teach_message"),
    path("<str:class_id>/students/<str:student_id>/", student.student, name="teach_student"),
    path("<str:class_id>/students/<str:student_id>/helped", talk.help_done, name="teach_help_done"),
    path(
        "<str:class_id>/students/<str:student_id>/copy/<str:attempt_id>",
        student.student_copy,
        name="teach_student_copy",
    ),
    path("<str:class_id>/copies/<int:number>/", student.copy_page, name="teach_copy"),
    path("<str:class_id>/copies/<int:number>/enter", student.copy_enter, name="teach_copy_enter"),
    path("<str:class_id>/join-code", join_code.join_code, name="teach_join_code"),
    path(
        "<str:class_id>/join-code/rotate", join_code.join_code_rotate, name="teach_join_code_rotate"
    ),
    path("<str:class_id>/settings", settings.settings, name="teach_settings"),
    path("<str:class_id>/teachers", settings.teacher_add, name="teach_teacher_add"),
    path(
        "<str:class_id>/teachers/<int:number>/remove",
        settings.teacher_remove,
        name="teach_teacher_remove",
    ),
    path("<str:class_id>/roster", roster_listing.roster, name="teach_roster"),
    path("<str:class_id>/roster/import", roster_imports.roster_import, name="teach_roster_import"),
    path(
        "<str:class_id>/roster/template.csv",
        roster_imports.roster_template,
        name="teach_roster_template",
    ),
    path("<str:class_id>/roster/cards", cards.cards, name="teach_cards"),
    path("<str:class_id>/roster/cards/forget", cards.cards_forget, name="teach_cards_forget"),
    path(
        "<str:class_id>/roster/<str:student_id>",
        actions.student_edit,
        name="teach_student_edit",
    ),
    path("<str:class_id>/teams/", roster_teams.teams, name="teach_teams"),
    path("<str:class_id>/teams/<str:team_id>/", roster_teams.team, name="teach_team"),
    path(
        "<str:class_id>/teams/<str:team_id>/members",
        roster_teams.team_members,
        name="teach_team_members",
    ),
    path(
        "<str:class_id>/teams/<str:team_id>/dissolve",
        roster_teams.team_dissolve,
        name="teach_team_dissolve",
    ),
    path(
        "<str:class_id>/misconceptions",
        misconceptions.misconceptions,
        name="teach_misconceptions",
    ),
    path("<str:class_id>/signals", signals.signals, name="teach_signals"),
    path("<str:class_id>/signals/<int:number>", signals.signal_judge, name="teach_signal_judge"),
    path("<str:class_id>/audit", audit.audit, name="teach_audit"),
    path("<str:class_id>/gradebook", book.gradebook, name="teach_gradebook"),
    path("<str:class_id>/gradebook.csv", book.gradebook_csv, name="teach_gradebook_csv"),
    path(
        "<str:class_id>/gradebook.long.csv",
        book.gradebook_long_csv,
        name="teach_gradebook_long_csv",
    ),
    path(
        "<str:class_id>/students/<str:student_id>/points/<str:assignment_id>",
        awards.award,
        name="teach_award",
    ),
    path(
        "<str:class_id>/students/<str:student_id>/remark/<str:assignment_id>",
        awards.remark,
        name="teach_remark",
    ),
    path("<str:class_id>/webhooks", webhooks.webhooks, name="teach_webhooks"),
    path(
        "<str:class_id>/webhooks/<str:webhook_id>/try",
        webhooks.webhook_try,
        name="teach_webhook_try",
    ),
    path(
        "<str:class_id>/webhooks/<str:webhook_id>/remove",
        webhooks.webhook_remove,
        name="teach_webhook_remove",
    ),
    path("<str:class_id>/platforms", platforms.platforms, name="teach_platforms"),
    path(
        "<str:class_id>/platforms/<str:platform_id>/members",
        platforms.platform_members,
        name="teach_platform_members",
    ),
    path(
        "<str:class_id>/platforms/<str:platform_id>/remove",
        platforms.platform_remove,
        name="teach_platform_remove",
    ),
    path("<str:class_id>/seed/", seeding_listing.seed, name="teach_seed"),
    path("<str:class_id>/seed/<str:seeding_id>/", seeding_page.seeding, name="teach_seeding"),
    path(
        "<str:class_id>/seed/<str:seeding_id>/progress",
        seeding_page.seeding_progress,
        name="teach_seeding_progress",
    ),
    path(
        "<str:class_id>/seed/<str:seeding_id>/do",
        seeding_actions.seeding_action,
        name="teach_seeding_action",
    ),
    path(
        "<str:class_id>/seed/<str:seeding_id>/copy/<str:world_id>",
        seeding_actions.class_world_copy,
        name="teach_class_world_copy",
    ),
    path("<str:class_id>/export", settings.class_export, name="teach_class_export"),
    path("<str:class_id>/archive", settings.class_archive, name="teach_class_archive"),
    path("<str:class_id>/assignments", assignment_listing.assignments, name="teach_assignments"),
    path(
        "<str:class_id>/assignments/add",
        assignment_listing.assignments_add,
        name="teach_assignments_add",
    ),
    path(
        "<str:class_id>/assignments/<str:assignment_id>/",
        assignment_editing.assignment,
        name="teach_assignment",
    ),
    path(
        "<str:class_id>/assignments/<str:assignment_id>/move",
        assignment_listing.assignment_move,
        name="teach_assignment_move",
    ),
    path(
        "<str:class_id>/assignments/<str:assignment_id>/delete",
        assignment_editing.assignment_delete,
        name="teach_assignment_delete",
    ),
    path(
        "<str:class_id>/assignments/<str:assignment_id>/results",
        assignment_editing.assignment_results,
        name="teach_assignment_results",
    ),
    path(
        "<str:class_id>/assignments/<str:assignment_id>/extend",
        assignment_editing.assignment_extend,
        name="teach_assignment_extend",
    ),
    path(
        "<str:class_id>/assignments/<str:assignment_id>/extensions/<int:number>/end",
        assignment_editing.assignment_extension_end,
        name="teach_assignment_extension_end",
    ),
]
