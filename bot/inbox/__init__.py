"""The way in: stored before confirmed, handled in order per person and chat, marked when done."""
