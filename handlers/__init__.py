"""What people send: one router, groups first, so that nothing said in a group pays for private conversations."""

from aiogram import Router

from handlers import callbacks, group, membership, private


def routers() -> Router:
    """A new router with everything the bot answers to."""
    root = Router(name="yishiting")
    root.include_routers(group.router(), membership.router(), private.router())
    return root


__all__ = ["callbacks", "routers"]
