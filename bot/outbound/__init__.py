"""Sends what acts have decided: the only importer of python-telegram-bot."""
