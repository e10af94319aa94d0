"""Routing: which trigger fires, and who is given what waits.

Owns       groups, triggers, decisions, tasks
Offers     accept_task, change_group, change_trigger, complete_task, create_group, create_trigger, delete_group,
           delete_trigger, events_of, get_event_schema, get_group, get_task, get_trigger, list_decisions,
           list_events, list_groups, list_queue, list_tasks, list_triggers, replay_events
Publishes  decision.made, group.created, group.deleted, group.updated, task.accepted, task.completed, task.queued,
           task.withdrawn, trigger.created, trigger.deleted, trigger.updated
Listens    tickets/activity.recorded, tickets/desk.created, tickets/desk.deleted, tickets/desk.updated,
           tickets/ticket.assigned, tickets/ticket.closed, tickets/ticket.created, tickets/ticket.decided,
           tickets/ticket.held, tickets/ticket.reopened, tickets/ticket.resolved_internally, tickets/ticket.resumed,
           tickets/ticket.solved, tickets/ticket.transferred, tickets/ticket.updated
"""
