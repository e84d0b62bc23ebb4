"""A meeting of simulated residents over the sandbox's chat side, and a ledger of what they did and were told.

Everything here knows the bot only as a resident does: by what stands in the chats. What the bot has on record is read
at the very end, to be compared.
"""
