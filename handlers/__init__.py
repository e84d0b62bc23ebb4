"""What people send: groups first, so that nothing said in a group pays for private conversations."""

from aiogram import Router

from handlers import callbacks, group, membership, private


def routers() -> tuple[Router, ...]:
    """New routers for everything the bot answers to; side by side, as every level costs each update a way down."""
    return group.router(), membership.router(), private.router()


__all__ = ["callbacks", "routers"]
