"""Customers: who somebody is, from any of their addresses.

Owns       customers, identities
Offers     change_customer, create_customer, get_customer, list_customers, recognise
Publishes  customer.created, customer.updated, identity.added, identity.removed
Listens    -
"""
