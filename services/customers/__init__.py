"""Customers: who somebody is, from any of their addresses.

Owns       customers, identities
Offers     change_customer, create_customer, events_of, get_customer, get_event_schema, list_customers, list_events,
           recognise, replay_events
Publishes  customer.created, customer.updated, identity.added, identity.removed
Listens    -
"""
