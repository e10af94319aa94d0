"""Stores: what a service keeps, and the transaction in which it does."""

from services.chassis.mongo import Database, Document
from services.chassis.store.aggregates import Aggregates, Shelf, Table
from services.chassis.store.connection import check, connect, prepare
from services.chassis.store.indexes import Index
from services.chassis.store.repository import Repository
from services.chassis.store.rows import Duplicate, Rows, Sort
from services.chassis.store.unit import StoreFailure, Unit, run_unit, transaction_open, unavailable, within

__all__ = [
    "Aggregates",
    "Database",
    "Document",
    "Duplicate",
    "Index",
    "Repository",
    "Rows",
    "Shelf",
    "Sort",
    "StoreFailure",
    "Table",
    "Unit",
    "check",
    "connect",
    "prepare",
    "run_unit",
    "transaction_open",
    "unavailable",
    "within",
]
