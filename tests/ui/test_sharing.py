"""A window whose register is shared through a hub on a real server, and colleagues who work on it too."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from risk_register import places
from risk_register.domain.action import Action
from risk_register.domain.commands.action import note_progress
from risk_register.domain.commands.risk import edit_risk
from risk_register.domain.errors import Offline
from risk_register.domain.ids import new_id
from risk_register.domain.risk import Risk
from risk_register.hub.background import Standing
from risk_register.store import sharing
from risk_register.store.register import Register
from risk_register.store.sharing import Shared
from tests.hub.hubs import LOGINS, World
from tests.hub.server import PASSWORD
from tests.hub.sharing import make_hub
from tests.making import RAISED
from tests.ui.conftest import Opened, activate, settle
from tests.ui.hands import answer_box, button, register_screen, replace_text
from ui.sharing.dialogs import JoinDialog, LoginDialog
from ui.sharing.panel import SharingDialog
from ui.sharing.standing import at_length, shortly
from ui.window import Window
from ui.words import Words

pytestmark = pytest.mark.xdist_group("window on a hub")
SOON = 15_000


def url(world: World, role: str = "editor", password: str = PASSWORD, database: str = "") -> str:
    return world.server.url(LOGINS[role], password=password, database=database or world.database)


def stands(qtbot: QtBot, window: Window, words: str) -> None:
    """Wait until the status bar says so."""
    qtbot.waitUntil(lambda: words in window._standing.text(), timeout=SOON)


def press(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def paste(dialog: LoginDialog, address: str) -> None:
    QApplication.clipboard().setText(address)
    dialog.form.server.selectAll()
    dialog.form.server.paste()
    dialog.form.remember.setChecked(False)


def sign_in(qtbot: QtBot, window: Window, address: str) -> None:
    """Open the register's own hub with a password, as it is kept in no keyring here."""
    stands(qtbot, window, "Sign in to the hub")
    assert "asks for a password" in window._notices.text
    press(qtbot, window._standing)
    dialog = window.findChild(LoginDialog)
    assert dialog
    paste(dialog, address)
    press(qtbot, dialog.button)
    stands(qtbot, window, "Synchronised")
    assert not window._notices.text
    activate(qtbot, window)


@pytest.fixture
def ann(new_window: Opened, shared: World, qtbot: QtBot) -> Iterator[Window]:
    """The editor's window on their copy, signed in."""
    path = shared.folder / "ann.riskreg"
    shared.join("editor", "ann").close()
    window = new_window(path, "Ann Lee")
    sign_in(qtbot, window, url(shared))
    settle(qtbot, window)
    yield window
    window.desk.sharing.end()


def shown(window: Window, world: World) -> Risk:
    return window.desk.book.get(Risk, world.risk.id)


# -- sharing and joining


def test_a_register_is_shared_by_pasting_an_address(
    new_window: Opened, sample_file: Path, shared: World, qtbot: QtBot
) -> None:
    server = shared.server
    make_hub(server, "window_hub")
    window = new_window(sample_file)
    assert not window._standing.isVisible()
    window.menus.share.trigger()
    dialog = window.findChild(LoginDialog)
    assert dialog
    paste(dialog, url(shared, database="window_hub"))
    assert (dialog.form.server.text(), dialog.form.database.text()) == (f"127.0.0.1:{server.port}", "window_hub")
    assert (dialog.form.user.text(), dialog.form.password.text()) == ("edi", PASSWORD)
    assert PASSWORD not in dialog.form.server.text()
    qtbot.keyClick(dialog.form.password, Qt.Key.Key_Return)
    stands(qtbot, window, "Synchronised")
    count = window.desk.book.count(Risk)
    assert server.psql("SELECT count(*) FROM riskreg.risk", database="window_hub") == [(count,)]
    settle(qtbot, window)
    window.desk.close()
    server.psql("DROP DATABASE window_hub WITH (FORCE)", database="postgres")
    with Register.open(sample_file, write=False) as register:
        assert sharing.hub(register)
        assert PASSWORD.encode() not in sample_file.read_bytes()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql://edi:wrong@127.0.0.1:{port}/{database}?sslmode=disable", "does not know edi with that password"),
        ("postgresql://edi:x@127.0.0.1:1/{database}?sslmode=disable", "Nothing takes connections at 127.0.0.1"),
        ("postgresql://edi:{password}@127.0.0.1:{port}/postgres?sslmode=disable", "is no hub of Risk Register"),
        ("postgresql://edi:{password}@127.0.0.1:{port}/nowhere?sslmode=disable", "has no database nowhere"),
        ("postgresql://edi:{password}@127.0.0.1:{port}/{database}?sslmode=disable", "holds a register already"),
        ("postgresql://edi:x@db.example.org/risks?sslmode=disable", "let an impostor pass for the hub"),
        ("db.example.org", "Name the hub's database"),
    ],
)
def test_what_is_wrong_with_an_address_is_said_and_the_form_stays(
    new_window: Opened, sample_file: Path, shared: World, qtbot: QtBot, address: str, said: str
) -> None:
    window = new_window(sample_file)
    window.menus.share.trigger()
    dialog = window.findChild(LoginDialog)
    assert dialog
    paste(dialog, address.format(port=shared.server.port, database=shared.database, password=PASSWORD))
    press(qtbot, dialog.button)
    qtbot.waitUntil(lambda: bool(dialog.problem), timeout=SOON)
    assert said in dialog.problem
    assert dialog.isVisible()
    assert dialog.button.isEnabled()
    settle(qtbot, window)
    assert not window._standing.isVisible(), "it is not shared"


def test_a_shared_register_is_joined_from_the_first_start(new_window: Opened, shared: World, qtbot: QtBot) -> None:
    window = new_window(None, "Ben Okafor")
    press(qtbot, button(window, "Join a register that colleagues share…"))
    dialog = window.findChild(JoinDialog)
    assert dialog
    taken = places.registers_folder() / "taken.riskreg"
    taken.parent.mkdir(parents=True, exist_ok=True)
    taken.touch()
    paste(dialog, url(shared, "reader"))
    assert dialog.path == places.registers_folder() / f"{shared.database}.riskreg"
    replace_text(qtbot, dialog.file, str(taken))
    press(qtbot, dialog.button)
    assert "There is a file taken.riskreg in that folder already" in dialog.problem
    replace_text(qtbot, dialog.file, "ours")
    press(qtbot, dialog.button)
    stands(qtbot, window, "Synchronised")
    assert window.desk.path == places.registers_folder() / "ours.riskreg"
    assert shown(window, shared).title == "ICB reorganisation"


def test_an_address_that_cant_be_read_is_said_and_can_be_mended(
    new_window: Opened, sample_file: Path, qtbot: QtBot
) -> None:
    with Register.open(sample_file) as register:
        sharing.share(register, Shared("hub.example", new_id()))
    window = new_window(sample_file)
    stands(qtbot, window, "Not synchronised since")
    assert "An address begins with postgresql://" in window._notices.text
    window.menus.share.trigger()
    panel = window.findChild(SharingDialog)
    assert panel
    press(qtbot, panel.sign_in)
    dialog = window.findChild(LoginDialog)
    assert dialog
    assert dialog.form.server.text() == "hub.example"


# -- working together


def test_a_colleagues_edit_appears_and_leaves_alone_what_is_being_typed(
    ann: Window, shared: World, qtbot: QtBot
) -> None:
    screen, id = register_screen(ann), shared.risk.id
    screen.show_record(shown(ann, shared))
    replace_text(qtbot, screen.editor.cause_field, "half a sent")
    shared.run(edit_risk(shared.risk, title="Retitled by a colleague"))
    shared.publish()
    began = datetime.now(UTC)
    qtbot.waitUntil(lambda: screen.editor.title.value() == "Retitled by a colleague", timeout=SOON)
    assert datetime.now(UTC) - began < timedelta(seconds=2)
    assert screen.editor.cause_field.hasFocus()
    qtbot.keyClicks(screen.editor.cause_field, "ence")
    screen.keep()
    on_hub = [("Retitled by a colleague", "half a sentence")]
    asked = "SELECT title, cause FROM riskreg.risk WHERE id = %s"
    qtbot.waitUntil(lambda: shared.psql(asked, id) == on_hub, timeout=SOON)


def test_a_colleagues_note_on_an_action_appears_beside_it(ann: Window, shared: World, qtbot: QtBot) -> None:
    ann.show_record(ann.desk.book.get(Action, shared.action.id))
    settle(qtbot, ann)
    shared.run(note_progress(shared.action, text="Noted by a colleague", on=RAISED))
    shared.publish()
    screen = ann.current_screen
    assert screen
    qtbot.waitUntil(
        lambda: any("Noted by a colleague" in label.text() for label in screen.findChildren(QLabel)), timeout=SOON
    )
    assert ann._saved._whole == "edi: Noted progress of A-001"


def test_what_one_shares_is_not_told_to_have_been_received(ann: Window, shared: World, qtbot: QtBot) -> None:
    id = shared.risk.id
    ann.desk.run(edit_risk(shown(ann, shared), title="Ann's words"))
    asked = "SELECT title FROM riskreg.risk WHERE id = %s"
    qtbot.waitUntil(lambda: shared.psql(asked, id) == [("Ann's words",)], timeout=SOON)
    settle(qtbot, ann)
    assert ann._saved._whole.startswith("Saved: Changed title of R-")


def test_the_same_field_said_by_two_waits_to_be_settled(ann: Window, shared: World, qtbot: QtBot) -> None:
    id = shared.risk.id
    shared.server.stop("immediate")
    stands(qtbot, ann, "Working offline since")
    ann.desk.run(edit_risk(shown(ann, shared), title="Ann's words"))
    settle(qtbot, ann)
    stands(qtbot, ann, "1 edit waiting")
    shared.run(edit_risk(shared.risk, title="Their words"))
    shared.server.start()
    shared.publish()
    qtbot.waitUntil(ann._conflicts.isVisible, timeout=SOON)
    (conflict,) = ann.desk.disputed[id]
    assert "Ann's words" in conflict.sentence
    assert "Their words" in conflict.sentence
    assert "1 conflict" in ann._conflicts.text()


def test_undo_of_what_a_colleague_has_changed_since_says_who(ann: Window, shared: World, qtbot: QtBot) -> None:
    id = shared.risk.id
    ann.desk.run(edit_risk(shown(ann, shared), title="Ann's words"))
    settle(qtbot, ann)
    stands(qtbot, ann, "Synchronised")
    shared.publish()
    shared.run(edit_risk(shared.register.book.get(Risk, id), title="Their words"))
    shared.publish()
    qtbot.waitUntil(lambda: ann.desk.book.get(Risk, id).title == "Their words", timeout=SOON)
    ann.menus.undo.trigger()
    settle(qtbot, ann)
    assert "changed since by edi" in ann._notices.text
    assert ann.desk.book.get(Risk, id).title == "Their words"


def test_who_else_is_at_a_record_is_said_and_leads_there(
    ann: Window, new_window: Opened, shared: World, qtbot: QtBot
) -> None:
    shared.join("editor", "ben").close()
    ben = new_window(shared.folder / "ben.riskreg", "Ben Okafor")
    sign_in(qtbot, ben, url(shared))
    screen, other = register_screen(ann), register_screen(ben)
    for one in (screen, other):
        one.show_record(shown(ann, shared))
    qtbot.waitUntil(screen.editor.company.isVisible, timeout=SOON)
    assert screen.editor.company.text() == "● Ben Okafor is at this record too."
    stands(qtbot, ann, "1 colleague here")
    assert ann.go_to("Overview")
    press(qtbot, ann._standing)
    panel = ann.findChild(SharingDialog)
    assert panel
    there = next(item for item in panel.findChildren(QWidget) if item.accessibleName().startswith("Ben Okafor:"))
    press(qtbot, there)
    assert ann.current_screen is register_screen(ann)
    ben.desk.sharing.end()
    qtbot.waitUntil(lambda: not screen.editor.company.isVisible(), timeout=SOON)


def test_an_edit_that_the_hub_does_not_take_is_told_of(new_window: Opened, shared: World, qtbot: QtBot) -> None:
    shared.join("reader", "rea").close()
    window = new_window(shared.folder / "rea.riskreg", "Rea")
    sign_in(qtbot, window, url(shared, "reader"))
    window.desk.run(edit_risk(shown(window, shared), title="Not for a reader to say"))
    stands(qtbot, window, "1 edit not taken by the hub")
    assert "You may only read" in window._notices.text
    press(qtbot, window._standing)
    panel = window.findChild(SharingDialog)
    assert panel
    assert any("You may only read" in label.text() for label in panel.findChildren(Words))
    panel.accept()
    window.menus.undo.trigger()
    stands(qtbot, window, "● Synchronised")
    window.desk.sharing.end()


def test_a_hub_that_was_put_back_is_told_of_until_somebody_has_looked(ann: Window, shared: World, qtbot: QtBot) -> None:
    server, name = shared.server, shared.database
    said = [("Said before the hub was put back",)]
    with no_connection(shared):
        server.psql(f"CREATE DATABASE hub_kept TEMPLATE {name}", database="postgres")
    id = shared.risk.id
    ann.desk.run(edit_risk(ann.desk.book.get(Risk, id), title="Said before the hub was put back"))
    settle(qtbot, ann)
    qtbot.waitUntil(lambda: shared.psql("SELECT title FROM riskreg.risk WHERE id = %s", id) == said, timeout=SOON)
    with no_connection(shared):
        server.psql(f"DROP DATABASE {name}", database="postgres")
        server.psql(f"ALTER DATABASE hub_kept RENAME TO {name}", database="postgres")
    stands(qtbot, ann, "Hub restored, synchronised")
    assert "put back to an older copy" in ann._notices.text
    assert shared.psql("SELECT title FROM riskreg.risk WHERE id = %s", id) == said
    press(qtbot, ann._standing)
    panel = ann.findChild(SharingDialog)
    assert panel
    panel.accept()
    stands(qtbot, ann, "● Synchronised")


def test_sharing_stops_when_it_is_asked_to_and_goes_on_when_it_is_shared_again(
    ann: Window, shared: World, qtbot: QtBot
) -> None:
    press(qtbot, ann._standing)
    panel = ann.findChild(SharingDialog)
    assert panel
    press(qtbot, panel.stop)
    answer_box(qtbot, panel, "Stop sharing")
    settle(qtbot, ann)
    assert not ann._standing.isVisible()
    assert shown(ann, shared).title == "ICB reorganisation"
    id = shared.risk.id
    ann.desk.run(edit_risk(shown(ann, shared), title="Said while it was not shared"))
    shared.run(edit_risk(shared.risk, cause="said on the hub meanwhile"))
    shared.publish()
    settle(qtbot, ann)
    ann.menus.share.trigger()
    dialog = ann.findChild(LoginDialog)
    assert dialog
    paste(dialog, url(shared))
    press(qtbot, dialog.button)
    stands(qtbot, ann, "Synchronised")
    together = [("Said while it was not shared", "said on the hub meanwhile")]
    qtbot.waitUntil(lambda: shared.psql("SELECT title, cause FROM riskreg.risk WHERE id = %s", id) == together)
    assert ann.desk.book.get(Risk, id).cause == "said on the hub meanwhile"


def test_closing_the_window_brings_the_hub_what_was_typed_last(ann: Window, shared: World, qtbot: QtBot) -> None:
    screen = register_screen(ann)
    screen.show_record(shown(ann, shared))
    replace_text(qtbot, screen.editor.title, "Typed and left")
    ann.close()
    settle(qtbot, ann)
    ann.desk.close()
    assert shared.psql("SELECT count(*) FROM riskreg.risk WHERE title = 'Typed and left'") == [(1,)]


# -- words


NOW = datetime(2026, 11, 25, 14, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (NOW - timedelta(minutes=25), "14:05"),
        (NOW - timedelta(days=2), "Monday 14:30"),
        (NOW - timedelta(days=20), "05/11/2026"),
    ],
)
def test_since_when_one_works_offline_is_said_as_people_say_it(
    window: Window, since: datetime, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "UTC")
    sharing = window.desk.sharing
    sharing.address, sharing.waiting = "postgresql://ann@db.example.org/risks", 2
    sharing.standing = Standing(since, Offline("Nothing takes connections at db.example.org."))
    assert shortly(sharing, NOW) == f"Working offline since {words} · 2 edits waiting"
    assert at_length(sharing, NOW) == (
        f"Since {words} there is no connection. Nothing takes connections at db.example.org. It is tried again by "
        "itself. 2 edits of this copy are not there yet."
    )


@contextmanager
def no_connection(world: World) -> Iterator[None]:
    """Nobody is connected to the hub for a while, so that its database can be copied."""
    psql, name = world.server.psql, world.database
    psql(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false", database="postgres")
    psql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", name, database="postgres")
    yield
    psql(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true", database="postgres")
