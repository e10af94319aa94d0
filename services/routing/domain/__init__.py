"""What routing decides: which trigger fires, and what waits for whom. Nothing in here touches anything."""
