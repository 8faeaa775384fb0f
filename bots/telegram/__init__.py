"""Clusterlotse on Telegram: the same answers as everywhere, asked of the service over HTTP."""
