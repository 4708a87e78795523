import subprocess
import sys
from datetime import date, timedelta
from xml.etree import ElementTree as ET

from risk_register.charts.heatmap import alt_text, heat_map
from risk_register.domain import views
from risk_register.domain.programme import Programme
from risk_register.store.register import Register

SINCE = date.today() - timedelta(days=61)


def test_every_open_scored_risk_stands_on_the_picture_by_its_reference(sample: Register) -> None:
    programme = next(iter(sample.book.all(Programme))).id
    svg = heat_map(sample.book, sample.as_at(SINCE), programme, form="svg").decode()
    texts = {element.text for element in ET.fromstring(svg).iter() if element.tag.endswith("text")}  # noqa: S314  our own
    for risk in views.live_risks(sample.book, programme):
        assert risk.reference in texts
    assert {"Impact →", "Likelihood →"} <= texts


def test_the_same_register_gives_the_same_bytes(sample: Register) -> None:
    programme = next(iter(sample.book.all(Programme))).id
    assert heat_map(sample.book, None, programme) == heat_map(sample.book, None, programme)


def test_the_picture_in_words_tells_bands_highest_and_movement(sample: Register) -> None:
    programme = next(iter(sample.book.all(Programme))).id
    told = alt_text(sample.book, sample.as_at(SINCE), programme)
    assert "19 open risks" in told
    assert "5 extreme" in told
    assert "Moved since: " in told


def test_an_empty_register_has_a_picture_and_words_too(register: Register) -> None:
    from risk_register.domain.commands.programme import add_programme

    register.run(add_programme(name="Empty"))
    programme = next(iter(register.book.all(Programme))).id
    assert heat_map(register.book, None, programme).startswith(b"\x89PNG")
    assert alt_text(register.book, None, programme) == "Risk matrix without any scored risk."


def test_drawing_never_imports_pyplot_which_is_not_safe_on_a_thread() -> None:
    script = (
        "import sys; from matplotlib.figure import Figure; import risk_register.charts.heatmap;"
        "sys.exit('matplotlib.pyplot' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
