"""The command line: everything that needs no window."""

import argparse
import csv
import getpass
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from risk_register import __version__, places
from risk_register.domain import views
from risk_register.domain.audience import Audience
from risk_register.domain.book import Book
from risk_register.domain.commands.programme import add_programme
from risk_register.domain.conflict import OpenConflict
from risk_register.domain.errors import Refused, StoreError
from risk_register.domain.governance import Board
from risk_register.domain.programme import Programme
from risk_register.domain.reference import in_order
from risk_register.domain.risk import AssessmentKind, Risk
from risk_register.domain.rules.check import EARLIEST, LATEST
from risk_register.domain.text import fold, listed, plural, read_day
from risk_register.store.register import Register

DONE, FOUND, FAILED = 0, 1, 3
"""Exit codes: done; done, and the answer is bad; could not be done. (2 is wrong usage.)"""
MONTH = timedelta(days=28)


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says. Returns the exit code."""
    wanted = _parser().parse_args(arguments)
    act: Callable[[argparse.Namespace], int] = wanted.act
    try:
        code = act(wanted)
        sys.stdout.flush()
    except BrokenPipeError:
        # Who reads along (head, less) has seen enough. Python would complain once more on closing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except (Refused, StoreError) as error:
        print(f"risk_register: {error}", file=sys.stderr)
        return FAILED
    return code


# -- commands


def _new(wanted: argparse.Namespace) -> int:
    path = _with_suffix(wanted.file)
    Register.create(path, fill=lambda register: register.run(add_programme(name=wanted.programme))).close()
    print(f"Made {path}.")
    return DONE


def _sample(wanted: argparse.Namespace) -> int:
    path = _with_suffix(wanted.file)
    with Register.create(path, fill=_load_sample) as register:
        print(f"Made {path}: {plural(register.book.count(Risk), 'risk')} of the sample programme.")
    return DONE


def _list(wanted: argparse.Namespace) -> int:
    with _opened(wanted) as register:
        programme, audience = _programme(wanted, register.book), Audience[wanted.audience]
        book, then, untold = _seen(register, audience, wanted.since or date.today() - MONTH)
        risks = views.live_risks(book, programme)
        if wanted.all:
            risks += sorted(
                (risk for risk in book.where(Risk, "programme", programme) if not views.is_live(risk)),
                key=lambda risk: in_order(risk.reference),
            )
        if wanted.sort == "reference":
            risks.sort(key=lambda risk: in_order(risk.reference))
        header = ["Ref", "Score", "Band", "Movement", "Status", "Owner", "Audience", "Title"]
        rows = [_row(book, views.movement(then, book, risk, untold=untold), risk) for risk in risks]
    if wanted.csv:
        writer = csv.writer(sys.stdout)
        writer.writerows([header, *([_harmless(cell) for cell in row] for row in rows)])
    elif rows:
        widths = [max(len(row[column]) for row in [header, *rows]) for column in range(len(header))]
        for row in [header, *rows]:
            print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    else:
        print("No open risk. Show closed and draft ones with --all.")
    return DONE


def _seen(register: Register, audience: Audience, since: date) -> tuple[Book, Book, set[UUID]]:
    """What an audience may see of today's register and of that of a day; and the risks that it might not see then."""
    book, then = register.book, _as_at(register, since)
    untold = views.hidden_risks(then, audience)
    return views.for_audience(book, audience), views.for_audience(then, audience, book), untold


def _row(book: Book, move: views.Movement, risk: Risk) -> list[str]:
    return [
        risk.reference,
        str(views.current_score(book, risk) or "-"),
        views.band_name(book, risk) or "Not scored",
        f"{move.direction.arrow} {move.direction.word}",
        risk.status.value,
        views.shown(book, risk, "owner") or "-",
        risk.audience.value,
        risk.title,
    ]


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet won't run as a formula."""
    return f"'{cell}" if cell.lstrip().startswith(("=", "+", "-", "@")) and cell != "-" else cell


def _report(wanted: argparse.Namespace) -> int:
    from risk_register.reports.board_summary import board_summary
    from risk_register.reports.files import write_whole
    from risk_register.reports.word import word_file

    with _opened(wanted) as register:
        programme = _programme(wanted, register.book)
        today = wanted.date or date.today()
        now = register.book if today == date.today() else _as_at(register, today)
        if now.find(Programme, programme) is None:
            whole = register.book.get(Programme, programme)
            raise views.not_yet(whole, today, register.history(whole)[-1].edit.when)
        since = wanted.since or today - MONTH
        report = board_summary(
            now,
            _as_at(register, since),
            programme,
            board=_board(wanted, register.book, programme),
            audience=Audience[wanted.audience],
            marks=register.book,
            today=today,
            since=since,
            author=wanted.author,
            written=date.today(),
            conflicts=register.conflicts() if now is register.book else (),
        )
    write_whole(wanted.out, word_file(report))
    print(f"Wrote {wanted.out}.")
    return DONE


def _heatmap(wanted: argparse.Namespace) -> int:
    from risk_register.charts.heatmap import heat_map
    from risk_register.reports.files import write_whole

    form = wanted.out.suffix.lower().lstrip(".")
    if form not in ("png", "svg"):
        raise Refused(f"{wanted.out.name} is neither .png nor .svg. Give a name that ends in one of them.")
    with _opened(wanted) as register:
        programme = _programme(wanted, register.book)
        audience = Audience[wanted.audience]
        book, then, _ = _seen(register, audience, wanted.since or date.today() - MONTH)
        note = audience.on_papers if audience is Audience.restricted else ""
        picture = heat_map(book, then, programme, kind=AssessmentKind[wanted.kind], form=form, note=note)
    write_whole(wanted.out, picture)
    print(f"Wrote {wanted.out}.")
    return DONE


def _check(wanted: argparse.Namespace) -> int:
    with _opened(wanted) as register:
        problems = list(register.problems())
        risks, edits, waiting = register.book.count(Risk), register.count_edits(), register.conflicts()
    for problem in problems:
        print(problem)
    if problems:
        print(
            f"{plural(len(problems), 'problem').capitalize()} found. Keep this file, and go on with the newest backup that has none."
        )
        return FOUND
    print(
        f"Sound: the file's integrity, its references, and {plural(edits, 'edit')} of the journal against the rows "
        f"of {plural(risks, 'risk')}."
    )
    print(f"{_waiting(waiting)}." if waiting else "No conflict is open.")
    return DONE


def _merge(wanted: argparse.Namespace) -> int:
    from risk_register.store.merging import merge_copy

    with Register.open(wanted.file) as register:
        copy = register.back_up_if_due(
            places.backups_folder(register.path), datetime.now().astimezone(), every=timedelta(0)
        )
        merged = merge_copy(register, wanted.other)
    print(merged.sentence)
    for conflict in merged.conflicts:
        print(f"  {conflict.sentence}")
    if merged.edits:
        print(f"A copy from before is at {copy}.")
    return FOUND if merged.conflicts else DONE


def _waiting(conflicts: Sequence[OpenConflict]) -> str:
    open_ = f"{plural(len(conflicts), 'conflict')} {'is' if len(conflicts) == 1 else 'are'} open"
    return f"{open_}; settle {'it' if len(conflicts) == 1 else 'them'} in the window (Programme > Settle conflicts)"


def _backup(wanted: argparse.Namespace) -> int:
    with _opened(wanted) as register:
        to = wanted.to
        if to.is_dir():
            to = to / f"{register.path.stem} {datetime.now().astimezone():%Y-%m-%d %H%M%S}.riskreg"
        register.back_up(to)
    print(f"Made a checked copy: {to}.")
    return DONE


# -- what they share


@contextmanager
def _opened(wanted: argparse.Namespace) -> Iterator[Register]:
    """The register named, for reading, so that it works beside an open window; or the sample, made for the moment."""
    if getattr(wanted, "sample", False):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "sample.riskreg"
            with Register.create(path, fill=_load_sample) as register:
                yield register
    else:
        with Register.open(wanted.file, write=False) as register:
            yield register


def _as_at(register: Register, day: date) -> Book:
    return register.as_at(views.past(day, date.today()))


def _load_sample(register: Register) -> None:
    from risk_register.exchange.sample import load_sample

    load_sample(register, datetime.now(UTC))


def _programme(wanted: argparse.Namespace, book: Book) -> UUID:
    found = list(book.all(Programme))
    name = getattr(wanted, "programme", None)
    chosen = [item for item in found if name is None or fold(item.name) == fold(name)]
    if len(chosen) == 1:
        return chosen[0].id
    names = listed([f"“{item.name}”" for item in found])
    if not found:
        raise Refused("This register holds no programme yet. Open it in the window and begin one.")
    raise Refused(f"Which programme? Name it with --programme: {names}.")


def _board(wanted: argparse.Namespace, book: Book, programme: UUID) -> UUID | None:
    if wanted.board is None:
        return None
    boards = book.where(Board, "programme", programme)
    for board in boards:
        if fold(wanted.board) in (fold(board.name), fold(board.short)):
            return board.id
    raise Refused(
        f"There is no board “{wanted.board}”. The register has {listed([board.label for board in boards]) or 'none'}."
    )


def _with_suffix(path: Path) -> Path:
    return path if path.suffix else path.with_name(f"{path.name}.riskreg")


def _day(text: str) -> date:
    day = read_day(text)
    if day is None:
        raise argparse.ArgumentTypeError(f"“{text}” is no date; write 2026-11-24 or 24/11/2026")
    if not EARLIEST <= day <= LATEST:
        raise argparse.ArgumentTypeError(f"“{text}” is not a year to plan with; give one from 1990 to 2100")
    return day


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m risk_register",
        description="Risks of a change programme, without a window.",
        epilog=(
            "A first try:\n"
            "  python -m risk_register list --sample\n"
            "  python -m risk_register report board --sample --out board.docx\n\n"
            "All but new, sample, merge, share, join and sync only read, so they work beside an open window.\n"
            "Exit codes: 0 done; 1 check found something, or merge or sync left something to settle; 2 wrong usage; "
            "3 could not be done."
        ),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"Risk Register {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(
        name: str, act: Callable[[argparse.Namespace], int], words: str, example: str
    ) -> argparse.ArgumentParser:
        made = commands.add_parser(
            name,
            help=words,
            description=f"{words[0].upper()}{words[1:]}.",
            epilog=f"Example:\n  python -m risk_register {example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        made.set_defaults(act=act)
        return made

    def source(made: argparse.ArgumentParser) -> None:
        either = made.add_mutually_exclusive_group(required=True)
        either.add_argument("file", nargs="?", type=Path, help="the register")
        either.add_argument("--sample", action="store_true", help="the sample programme, made for the moment")
        made.add_argument("--programme", metavar="NAME", help="which programme, where the register holds several")

    def since(made: argparse.ArgumentParser) -> None:
        made.add_argument(
            "--since", type=_day, metavar="DATE", help="show movement since that day (default: four weeks before)"
        )

    def audience(made: argparse.ArgumentParser, default: Audience) -> None:
        made.add_argument(
            "--audience",
            choices=[mark.name for mark in Audience],
            default=default.name,
            help=f"for whose eyes: only what they may see is in it (default: {default.name})",
        )

    made = command("new", _new, "make an empty register", "new send.riskreg --programme 'SEND improvement'")
    made.add_argument("file", type=Path, help="the file to make")
    made.add_argument(
        "--programme", required=True, metavar="NAME", help="the programme's name, as it stands on reports"
    )

    made = command("sample", _sample, "make a register that holds the sample programme", "sample send.riskreg")
    made.add_argument("file", type=Path, help="the file to make")

    made = command("list", _list, "list the open risks, the highest first", "list send.riskreg --since 2026-10-01")
    source(made)
    since(made)
    audience(made, Audience.restricted)  # who lists a register holds the file
    made.add_argument("--all", action="store_true", help="closed and draft ones too")
    made.add_argument("--sort", choices=("score", "reference"), default="score", help="the order (default: score)")
    made.add_argument("--csv", action="store_true", help="for a spreadsheet")

    made = command(
        "report",
        _report,
        "write a report in Word",
        "report board send.riskreg --board HWBB --since 2026-09-24 --out board.docx",
    )
    made.add_argument("which", choices=("board",), help="board: the board summary")
    source(made)
    since(made)
    audience(made, Audience.partners)
    made.add_argument("--out", type=Path, required=True, metavar="FILE", help="the .docx to write")
    made.add_argument("--board", metavar="NAME", help="the board it is for: only its decisions are asked")
    made.add_argument(
        "--date", type=_day, metavar="DATE", help="the register as it stood at the end of that day (default: today)"
    )
    made.add_argument(
        "--author", default=getpass.getuser(), metavar="NAME", help="the author named in the file's properties"
    )

    made = command(
        "heatmap", _heatmap, "draw the heat map", "heatmap send.riskreg --out heatmap.svg --since 2026-09-24"
    )
    source(made)
    since(made)
    audience(made, Audience.partners)
    made.add_argument("--out", type=Path, required=True, metavar="FILE", help="the .png or .svg to write")
    made.add_argument(
        "--kind",
        choices=[kind.name for kind in AssessmentKind],
        default="current",
        help="which score (default: current)",
    )

    made = command(
        "check", _check, "examine a register: integrity, references, journal against rows", "check send.riskreg"
    )
    made.add_argument("file", type=Path, help="the register")

    made = command(
        "merge", _merge, "merge another copy of a register into it", "merge send.riskreg 'copy from Pat.riskreg'"
    )
    made.add_argument("file", type=Path, help="the register, which is written to")
    made.add_argument("other", type=Path, help="the copy that somebody else has worked on; it is left as it is")

    made = command(
        "backup",
        _backup,
        "copy a register, whole and checked, also while it is open",
        "backup send.riskreg --to /media/usb",
    )
    made.add_argument("file", type=Path, help="the register")
    made.add_argument("--to", type=Path, required=True, metavar="FILE", help="the file to make, or a folder")
    from risk_register.cli_hub import add_commands

    add_commands(command)
    return parser
