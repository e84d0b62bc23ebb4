"""aiogram-dialog set up for our private chats."""

from typing import Any

from aiogram import Router
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, setup_dialogs
from aiogram_dialog.api.entities import OldMessage
from aiogram_dialog.api.protocols import MediaIdStorageProtocol
from aiogram_dialog.context.media_storage import MediaIdStorage
from aiogram_dialog.manager.manager import ManagerImpl
from aiogram_dialog.manager.manager_factory import DefaultManagerFactory
from aiogram_dialog.manager.message_manager import MessageManager


class OwnMessagesManager(ManagerImpl):
    """Touches only the dialog's own message.

    The stock manager takes whatever message a tap came from for the dialog's last one: a form opened from a console
    would overwrite the console or strip its buttons.
    """

    def _get_message_from_callback(self, event: CallbackQuery) -> OldMessage | None:
        last = self.current_stack().last_message_id
        if last is None:
            return None
        if isinstance(event.message, Message) and event.message.message_id == last:
            return super()._get_message_from_callback(event)
        # An inaccessible message makes the stock manager fall back to what the stack remembers.
        remembered = event.model_copy(update={"message": None})
        return super()._get_message_from_callback(remembered)


class OwnMessages(DefaultManagerFactory):
    """Makes the manager above."""

    def __call__(self, event: Any, data: dict[str, Any], registry: Any, router: Router) -> DialogManager:
        return OwnMessagesManager(
            event=event,
            data=data,
            message_manager=self.message_manager,
            media_id_storage=self.media_id_storage,
            registry=registry,
            router=router,
            getter=self.getter,
        )


def attach(router: Router) -> None:
    """Give this router, whose dialogs are included already, aiogram-dialog's middlewares."""
    storage: MediaIdStorageProtocol = MediaIdStorage()  # type: ignore[no-untyped-call]  # untyped upstream
    factory = OwnMessages(message_manager=MessageManager(), media_id_storage=storage, getter=None)
    setup_dialogs(router, dialog_manager_factory=factory)
