"""Tickets: what a customer asked, who answers it, and where it stands.

Owns       desks, tickets, activities
Offers     accept_ticket, add_comment, assign_ticket, change_activity, change_desk, change_ticket, check_reply,
           close_ticket, count_views, create_desk, create_ticket, delete_desk, desk_of_address, events_of,
           get_activity, get_desk, get_event_schema, get_ticket, hold_ticket, keep_ticket, list_activities,
           list_desks, list_events, list_history, list_inquiries, list_tickets, replay_events,
           resolve_ticket_internally, resume_ticket, solve_ticket, transfer_ticket
Publishes  activity.recorded, activity.updated, desk.created, desk.deleted, desk.updated, ticket.assigned,
           ticket.closed, ticket.created, ticket.decided, ticket.held, ticket.reopened, ticket.resolved_internally,
           ticket.resumed, ticket.solved, ticket.transferred, ticket.updated
Listens    customers/customer.created, customers/customer.updated, mail/mail.queued, mail/mail.received,
           routing/decision.made, routing/group.created, routing/group.deleted, routing/group.updated
"""
