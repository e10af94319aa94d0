"""What every service stands on: the only place that knows nameko's, kombu's and pymongo's machinery. No business."""
