"""What can be set in several actions at once."""

from risk_register.domain import plan_views
from risk_register.domain.action import Action, Impact
from risk_register.domain.audience import Audience
from ui.custom_fields import own_fields
from ui.desk import Desk
from ui.fields import ChoiceField, DateField, RecordField, choices_of
from ui.named import person_field
from ui.tables.bulk import Fields
from ui.tags import tags_of_several


def several_actions(desk: Desk) -> Fields:
    """What actions may have in common."""
    outcomes = RecordField(desk, lambda book: plan_views.outcomes(book, desk.programme), empty="None of the plan")
    return {
        "owner": ("Owner", person_field(desk)),
        "expected": ("Expected", DateField(desk.today)),
        "impact": ("Impact so far", ChoiceField(choices_of(Impact))),
        "outcome": ("Outcome of the plan", outcomes),
        "audience": ("Audience", ChoiceField(choices_of(Audience))),
        **tags_of_several(desk),
        **own_fields(desk, Action),
    }
