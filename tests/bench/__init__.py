"""Votes through the whole way against a bare aiogram handler, in one run."""
