"""What must hold of actions and their progress."""

from risk_register.domain.action import Action, Delivery, Update
from risk_register.domain.book import Book
from risk_register.domain.errors import Refused
from risk_register.domain.rules.tags import check_tags


def check_action(action: Action, _book: Book) -> None:
    """What is done has its day, and is done whole. Raises Refused."""
    check_tags(action)
    if action.delivery is Delivery.done:
        if action.actual is None:
            raise Refused(f"Give the day on which {action.reference} was done.", field="actual", value=None)
        if action.percent != 100:  # noqa: PLR2004
            raise Refused(
                f"{action.reference} is done, so it is at 100 %. Reopen it first.",
                field="percent",
                value=action.percent,
            )


def check_update(update: Update, _book: Book) -> None:
    """Progress is words, a percentage of 0 to 100, or both. Raises Refused."""
    if not update.text and update.percent is None:
        raise Refused("Write what has been done, or how far it is.", field="text", value="")
    if update.percent is not None and not 0 <= update.percent <= 100:  # noqa: PLR2004
        raise Refused(f"{update.percent} % can't be. Give 0 to 100.", field="percent", value=update.percent)
