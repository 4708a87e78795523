"""What must hold of the self-evaluation and its forward work programme."""

from risk_register.domain.action import Delivery
from risk_register.domain.book import Book
from risk_register.domain.errors import Refused
from risk_register.domain.evaluation import ForwardStep, Grade, Theme


def check_theme(theme: Theme, _book: Book) -> None:
    """What is judged has the day of that. Raises Refused."""
    if (theme.grade is Grade.unjudged) != (theme.judged_on is None):
        raise Refused(
            f"Give the day on which “{theme.name:.60}” was judged."
            if theme.judged_on is None
            else f"“{theme.name:.60}” is not judged yet, so there is no day of that. Choose a judgement first.",
            field="judged_on",
            value=theme.judged_on,
        )


def check_step(step: ForwardStep, _book: Book) -> None:
    """What is done has the day of that. Raises Refused."""
    if (step.delivery is Delivery.done) != (step.done_on is not None):
        raise Refused(
            f"Give the day on which “{step.title:.60}” was done."
            if step.done_on is None
            else f"“{step.title:.60}” is not done, so there is no day of that. Mark it as done first.",
            field="done_on",
            value=step.done_on,
        )
