"""How the open register and its hub stand, in the status bar and in whole sentences."""

from datetime import datetime, timedelta

from PySide6.QtWidgets import QPushButton, QWidget

from risk_register.domain.errors import Offline, WrongPassword
from risk_register.domain.text import listed, plural
from ui.desk import Desk
from ui.desk.sharing import Sharing
from ui.theme import colours, quiet, theme
from ui.words import as_item, as_tip


def shortly(sharing: Sharing, now: datetime) -> str:
    """How they stand in a few words; "" where the register is not shared."""
    standing = sharing.standing
    if not sharing.address:
        return ""
    if standing is None:
        return "Looking for the hub …"
    waiting = f" · {plural(sharing.waiting, 'edit')} waiting" if sharing.waiting else ""
    if isinstance(standing.error, WrongPassword):
        return f"Sign in to the hub{waiting}"
    if standing.error is not None and standing.since is not None:
        offline = isinstance(standing.error, Offline)
        return f"{'Working offline' if offline else 'Not synchronised'} since {_moment(standing.since, now)}{waiting}"
    if standing.stuck:
        return f"{plural(len(standing.stuck), 'edit')} not taken by the hub"
    if sharing.waiting:
        return f"Sending {plural(sharing.waiting, 'edit')} …"
    here = f" · {plural(len(standing.colleagues), 'colleague')} here" if standing.colleagues else ""
    restored = "Hub restored, synchronised" if sharing.was_restored else "Synchronised"
    return f"{restored}{here}"


def at_length(sharing: Sharing, now: datetime) -> str:
    """The same in sentences: why, and what becomes of what waits."""
    standing = sharing.standing
    if standing is None:
        return "The hub is being looked for."
    if standing.error is None:
        told = ["The register and its hub are together."]
        if sharing.was_restored:
            told.append("The hub had been put back to an older copy. What it had lost of yours was given to it again.")
    else:
        told = [f"Since {_moment(standing.since, now)} there is no connection."] if standing.since else []
        told.append(str(standing.error))
        told.append("It is not tried again until you ask for it." if standing.final else "It is tried again by itself.")
    if sharing.waiting:
        told.append(
            f"{plural(sharing.waiting, 'edit').capitalize()} of this copy {_are(sharing.waiting)} not there yet."
        )
    return " ".join(told)


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _moment(when: datetime, now: datetime) -> str:
    there, here = when.astimezone(), now.astimezone()
    if there.date() == here.date():
        return f"{there:%H:%M}"
    if here.date() - there.date() < timedelta(days=7):
        return f"{there:%A %H:%M}"
    return f"{there:%d/%m/%Y}"


class StandingButton(QPushButton):
    """Says how the register and its hub stand; not there where it is not shared. A click tells more."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sharing = desk.sharing
        quiet(self)
        self._sharing.changed.connect(self.tell)
        theme().changed.connect(self.tell)
        self.hide()

    def tell(self) -> None:
        """Say it anew: what was today may be yesterday."""
        now, standing = datetime.now().astimezone(), self._sharing.standing
        words = shortly(self._sharing, now)
        self.setVisible(bool(words))
        if not words:
            return
        wrong = standing is not None and (standing.error is not None or bool(standing.stuck))
        self.setText(as_item(f"{'○' if wrong or standing is None else '●'} {words}"))
        self.setAccessibleName(f"Sharing: {words}")
        here = listed([colleague.who for colleague in standing.colleagues]) if standing else ""
        self.setToolTip(as_tip(f"{at_length(self._sharing, now)}{f' Here too: {here}.' if here else ''}"))
        ink = colours().warn if wrong else colours().muted
        self.setStyleSheet(f"color: {ink}; padding: 2px 8px;")
