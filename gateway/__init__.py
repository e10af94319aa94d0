"""The gateway: HTTP in, RPC out; it knows who is calling and how HTTP maps to the bus, and no rule of the business.

Owns       nothing; it can be started as often as one likes
Offers     the endpoints of every area, each a method of three lines
"""
