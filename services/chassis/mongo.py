"""The database as the chassis sees it: documents are plain dicts."""

from typing import Any

import pymongo.database

Document = dict[str, Any]
Database = pymongo.database.Database[Document]
