"""Mail: what a mail is, where it belongs, whether an answer may leave, and whether it left.

Owns       inbound mails, messages, threads, raw bytes and attachments, drafts, deliveries
Offers     change_draft, create_draft, delete_draft, events_of, get_attachment, get_draft, get_event_schema,
           get_inbound, get_message, get_raw, list_deliveries, list_drafts, list_events, list_inbound, parse_mail,
           preview_draft, replay_events, replay_inbound, resolve_delivery, send_draft, store_inbound
Publishes  draft.deleted, draft.saved, inbound.quarantined, inbound.stored, inbound.suppressed, mail.failed,
           mail.queued, mail.received, mail.sent, mail.unknown
Listens    mail/inbound.stored, tickets/activity.recorded, tickets/desk.created, tickets/desk.deleted,
           tickets/desk.updated
"""
