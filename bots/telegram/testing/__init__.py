"""Telegram on the loopback: a Bot API that checks every request, and people who write, tap and read."""
