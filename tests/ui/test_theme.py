"""The colours."""

import pytest


@pytest.mark.parametrize("scheme", ["LIGHT", "DARK"])
def test_text_can_be_read_on_every_ground(scheme: str) -> None:
    import ui.theme as looks
    from risk_register.domain.colour import contrast

    c = getattr(looks, scheme)
    for ground in (c.ground, c.surface, c.raised, c.chosen):
        for ink in (c.text, c.muted, c.bad):
            assert contrast(ink, ground) >= 4.5, (ink, ground)
    assert contrast(c.warn, c.warn_ground) >= 4.5
    assert contrast(c.on_accent, c.accent) >= 4.5
    assert contrast(c.side_text, c.side) >= 4.5
