"""The OpenAPI document of the gateway, made from its route table and the services' schemas by `make docs`.

Only this generator reads the services, and only while it runs; the gateway serves what it has written.
"""
