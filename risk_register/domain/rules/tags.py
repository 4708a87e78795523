"""What must hold of tags."""

from risk_register.domain.action import Action
from risk_register.domain.errors import Refused
from risk_register.domain.risk import Risk
from risk_register.domain.tags import LONGEST, MOST


def check_tags(record: Risk | Action) -> None:
    """Tags are few and short. Raises Refused."""
    long = next((tag for tag in record.tags if len(tag) > LONGEST), "")
    if long:
        raise Refused(
            f"The tag “{long:.60}” is {len(long)} characters long; at most {LONGEST} fit. Part tags by commas.",
            field="tags",
            value=record.tags,
        )
    if len(record.tags) > MOST:
        raise Refused(
            f"{record.label} would bear {len(record.tags)} tags; at most {MOST} fit. Leave some out.",
            field="tags",
            value=record.tags,
        )
