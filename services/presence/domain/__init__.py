"""Who is there: what agents choose, whether they are connected, what they look at. Nothing in here touches anything."""
