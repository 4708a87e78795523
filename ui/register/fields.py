"""What can be set in several risks at once."""

from risk_register.domain.audience import Audience
from risk_register.domain.risk import Proximity, Response, Risk
from ui.custom_fields import own_fields
from ui.desk import Desk
from ui.fields import ChoiceField, choices_of
from ui.named import board_field, category_field, person_field
from ui.tables.bulk import Fields
from ui.tags import tags_of_several


def several_risks(desk: Desk) -> Fields:
    """What risks may have in common; their words are each one's own."""
    return {
        "owner": ("Owner", person_field(desk)),
        "category": ("Category", category_field(desk)),
        "board": ("Overseen by", board_field(desk)),
        "workstream": ("Workstream", board_field(desk)),
        "response": ("Response", ChoiceField(choices_of(Response), "Not decided")),
        "proximity": ("Proximity", ChoiceField(choices_of(Proximity), "Not known")),
        "audience": ("Audience", ChoiceField(choices_of(Audience))),
        **tags_of_several(desk),
        **own_fields(desk, Risk),
    }
