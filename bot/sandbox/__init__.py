"""An embedded Telegram Bot API server with a JSON chat side: the world the bot lives in when there is no Telegram.

It shares no code with the bot and imports neither bot library, so the two cannot share a mistake.
"""
