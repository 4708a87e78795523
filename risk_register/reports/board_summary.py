"""The board summary: two pages that say what moved, what is outside target, what is late, what is to be decided."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from risk_register.domain import views
from risk_register.domain.action import Action
from risk_register.domain.book import Book
from risk_register.domain.decision import Decision
from risk_register.domain.governance import Board
from risk_register.domain.programme import Programme
from risk_register.domain.risk import Assessment, AssessmentKind, Risk
from risk_register.domain.text import listed, long_day, plural, short_day
from risk_register.domain.views import Direction, Movement
from risk_register.reports.content import Block, Bullets, Figure, Heading, Paragraph, Report, Table, Words

if TYPE_CHECKING:
    from risk_register.domain.matrix import Matrix

TOP = 5
"""So many risks are told in full."""
SOON = timedelta(days=60)
"""Targets due within this time, or passed, have a row of their own; the others are told in one paragraph."""


def board_summary(
    now: Book,
    then: Book | None,
    programme: UUID,
    *,
    board: UUID | None = None,
    today: date,
    since: date | None = None,
    author: str = "",
) -> Report:
    """The summary of a programme's risks for a board.

    `now` is the register as it stands on `today`; `then`, where given, as it stood on `since`: all movement is between
    the two. Decisions are those asked of `board`, or of any where none is named.
    """
    whole = now.get(Programme, programme)
    addressed = now.find(Board, board)
    facts = [
        ("Programme", whole.name),
        ("For", addressed.name if addressed else "All boards"),
        ("As at", long_day(today)),
    ]
    if then and since:
        facts.append(("Compared with", long_day(since)))
    moves = views.movements(then or now, now, programme)
    blocks = list(_Summary(now, then, programme, board, today, since, moves).blocks())
    return Report(
        title="Risk summary",
        subtitle=addressed.name if addressed else whole.name,
        author=author,
        day=today,
        facts=facts,
        blocks=blocks,
        footer=f"{whole.name} · as at {short_day(today)}",
    )


class _Summary:
    """Answers the board's questions, in the order in which it asks them."""

    def __init__(
        self,
        now: Book,
        then: Book | None,
        programme: UUID,
        board: UUID | None,
        today: date,
        since: date | None,
        moves: list[Movement],
    ) -> None:
        self.now, self.then, self.programme, self.today, self.since = now, then, programme, today, since
        self.moves = moves
        self.matrix: Matrix = views.matrix_of(now, programme)
        self.live = [move.risk for move in moves if views.is_live(move.risk)]
        self.decisions = views.open_decisions(now, programme, board)
        self.late = views.late_actions(now, programme, today)
        self.outside = [risk for risk in self.live if views.outside_target(now, risk)]

    def blocks(self) -> Iterator[Block]:
        yield Heading("Summary")
        yield Paragraph(self.summary())
        yield from self.asked()
        if self.live:
            yield Heading("Heat map")
            yield self.figure()
            yield Heading("Top risks")
            yield self.top_risks()
        if self.then:
            yield from self.changes()
        if self.outside:
            yield from self.outside_target()
        if self.late:
            yield Heading("Overdue actions")
            yield self.overdue()
        yield Heading("How risks are scored")
        yield Paragraph(self.key(), quiet=True)

    # -- words computed from the facts

    def summary(self) -> str:
        if not self.live:
            return "The register holds no open risk."
        counts = self.in_bands()
        sentences = [f"The register holds {plural(len(self.live), 'open risk')}: {listed(counts)}."]
        if self.then and self.since:
            sentences.append(self.movement_sentence())
        scored = [risk for risk in self.live if views.score(self.now, risk)]
        if scored:
            top = views.current_score(self.now, scored[0])
            highest = [risk for risk in scored if views.current_score(self.now, risk) == top]
            names = listed([f"{risk.title} ({risk.reference})" for risk in highest[:3]])
            more = f" and {len(highest) - 3} more" if len(highest) > 3 else ""  # noqa: PLR2004
            sentences.append(f"The highest {'stands' if len(highest) == 1 else 'stand'} at {top}: {names}{more}.")
        if self.outside:
            sentences.append(
                f"{plural(len(self.outside), 'risk').capitalize()} {'has' if len(self.outside) == 1 else 'have'} not reached "
                f"{'its' if len(self.outside) == 1 else 'their'} target score."
            )
        if self.late:
            worst = self.late[0]
            sentences.append(
                f"{plural(len(self.late), 'action').capitalize()} {'is' if len(self.late) == 1 else 'are'} overdue, "
                f"{worst.reference} the longest at {plural(worst.days_late(self.today), 'day')}."
            )
        if self.decisions:
            sentences.append(
                f"{plural(len(self.decisions), 'decision').capitalize()} {'is' if len(self.decisions) == 1 else 'are'} asked."
            )
        return " ".join(sentences)

    def in_bands(self) -> list[str]:
        bands = [views.band_name(self.now, risk) for risk in self.live]
        told = [f"{bands.count(name)} {name.lower()}" for name in reversed(self.matrix.bands) if name in bands]
        return told + ([f"{bands.count('')} not scored"] if "" in bands else [])

    def movement_sentence(self) -> str:
        assert self.since, "asked only with a day to compare with"
        words = {
            Direction.up: "rose",
            Direction.down: "fell",
            Direction.new: "new",
            Direction.reopened: "reopened",
            Direction.closed: "closed",
        }
        parts = []
        for direction in (Direction.up, Direction.down):
            number = sum(move.direction is direction for move in self.moves)
            if number:
                parts.append(f"{plural(number, 'risk')} {words[direction]}")
        for direction in (Direction.new, Direction.reopened, Direction.closed):
            number = sum(move.direction is direction for move in self.moves)
            if number:
                parts.append(
                    f"{number} {'was' if number == 1 else 'were'} {'raised' if direction is Direction.new else words[direction]}"
                )
        return (
            f"Since {long_day(self.since)}, {listed(parts)}."
            if parts
            else f"No score has moved since {long_day(self.since)}."
        )

    def asked(self) -> Iterator[Block]:
        yield Heading("Decisions asked")
        if not self.decisions:
            yield Paragraph("No decision is asked.")
            return
        rows = []
        for item in self.decisions:
            risk = self.now.find(Risk, item.risk)
            rows.append(
                [
                    Words("", item.reference),
                    Words(item.question),
                    Words(views.shown(self.now, item, "board")),
                    Words(risk.reference if risk else ""),
                    Words(self.when_needed(item)),
                ]
            )
        yield Table(
            "Decisions asked: reference, decision, board, risk and the day by which it is needed",
            ("Ref", "Decision", "Asked of", "Risk", "Needed by"),
            (0.09, 0.48, 0.17, 0.09, 0.17),
            rows,
        )

    def when_needed(self, decision: Decision) -> str:
        if decision.needed_by and decision.needed_by < self.today:
            return f"{short_day(decision.needed_by)} (overdue)"
        return short_day(decision.needed_by)

    def figure(self) -> Figure:
        from risk_register.charts.heatmap import alt_text, heat_map  # noqa: PLC0415  matplotlib

        since = f"; arrows show movement since {long_day(self.since)}" if self.then and self.since else ""
        return Figure(
            heat_map(self.now, self.then, self.programme),
            16.0,
            alt_text(self.now, self.then, self.programme),
            f"Open risks by current score{since}.",
        )

    def top_risks(self) -> Table:
        rows = []
        for move in [move for move in self.moves if views.is_live(move.risk)][:TOP]:
            risk = move.risk
            action = views.next_action(self.now, risk.id)
            owner = views.shown(self.now, risk, "owner") or "nobody yet"
            stands = self.scored(move.now)
            row = [Words(f"{risk.statement}\nOwner: {owner}".lstrip(), f"{risk.reference}  {risk.title}"), stands]
            row.append(Words(self.moved(move)) if self.then else self.scored(self.target(risk)))
            row.append(
                Words(f"{action.reference}: {action.title}", self.due(action)) if action else Words("None is open")
            )
            rows.append(row)
        third = "Movement" if self.then else "Target"
        return Table(
            f"The highest risks: risk with its owner, score, {third.lower()}, next action",
            ("Risk and owner", "Score", third, "Next action"),
            (0.47, 0.15, 0.15, 0.23),
            rows,
        )

    def scored(self, found: Assessment | None) -> Words:
        if found is None:
            return Words("–")
        return Words(f"{found.score} {self.matrix.band_name(*found.cell)}", ground=self.matrix.colour(*found.cell))

    def moved(self, move: Movement) -> str:
        """`▲ Up from 16 High`: the arrow, the word, and the score then."""
        direction = f"{move.direction.arrow} {move.direction.word}"
        if move.then is None:
            return direction
        if move.direction is Direction.unchanged:
            return f"{direction} at {move.then.score}"
        return f"{direction} from {move.then.score} {self.matrix.band_name(*move.then.cell)}"

    def target(self, risk: Risk) -> Assessment | None:
        return views.score(self.now, risk, AssessmentKind.target)

    def due(self, action: Action) -> str:
        late = action.days_late(self.today)
        due = short_day(action.expected) or "No date"
        return f"{due}, {plural(late, 'day')} late" if late else due

    def changes(self) -> Iterator[Block]:
        assert self.since, "asked only with a day to compare with"
        yield Heading("What changed")
        told = (Direction.new, Direction.reopened, Direction.up, Direction.down, Direction.scored, Direction.closed)
        points = [self.change(move) for direction in told for move in self.moves if move.direction is direction]
        if points:
            yield Bullets(points)
        else:
            yield Paragraph(f"Nothing was raised, closed or re-scored since {long_day(self.since)}.")

    def change(self, move: Movement) -> Words:
        risk = move.risk
        scores = (
            f" {move.then.score} to {move.now.score}"
            if move.then and move.now
            else f" at {move.now.score}"
            if move.now
            else ""
        )
        reason = risk.closing_reason if move.direction is Direction.closed else (move.now.why if move.now else "")
        scores = "" if move.direction is Direction.closed else scores
        name = f"{move.direction.arrow} {move.direction.word}{scores}: {risk.reference}"
        return Words(f" {risk.title}. {_sentence(reason)}".rstrip(), name)

    def outside_target(self) -> Iterator[Block]:
        yield Heading("Outside target")
        rows, later = [], []
        for risk in self.outside:
            now, target = views.score(self.now, risk), self.target(risk)
            assert now, "a risk outside its target has a score"
            assert target, "and a target"
            if target.by and target.by > self.today + SOON:
                later.append(f"{risk.reference} ({now.score}, target {target.score} by {short_day(target.by)})")
                continue
            passed = " (passed)" if target.by and target.by < self.today else ""
            rows.append(
                [
                    Words("", risk.reference),
                    Words(risk.title),
                    self.scored(now),
                    self.scored(target),
                    Words(f"{short_day(target.by) or 'No date'}{passed}"),
                ]
            )
        if rows:
            yield Table(
                "Risks whose target is due soon or has passed: reference, risk, score, target, target date",
                ("Ref", "Risk", "Now", "Target", "Reach it by"),
                (0.09, 0.44, 0.15, 0.15, 0.17),
                rows,
            )
        if later:
            yield Paragraph(f"{'Due later' if rows else 'Not reached yet'}: {listed(later)}.")

    def overdue(self) -> Table:
        rows = [
            [
                Words("", action.reference),
                Words(action.title),
                Words(views.shown(self.now, action, "owner") or "Nobody yet"),
                Words(self.due(action)),
                Words(action.barrier or "No barrier is named"),
            ]
            for action in self.late
        ]
        return Table(
            "Overdue actions: reference, action, owner, expected date and days late, barrier",
            ("Ref", "Action", "Owner", "Expected", "Barrier"),
            (0.08, 0.28, 0.18, 0.15, 0.31),
            rows,
        )

    def key(self) -> str:
        bands = []
        for number, name in enumerate(self.matrix.bands):
            columns = len(self.matrix.impacts)
            scores = [
                (place // columns + 1) * (place % columns + 1)
                for place, band in enumerate(self.matrix.cells)
                if band == number
            ]
            if scores:
                bands.append(f"{name.lower()} {min(scores)} to {max(scores)}")
        return (
            f"Score is likelihood (1 {self.matrix.likelihoods[0].lower()} to {len(self.matrix.likelihoods)} "
            f"{self.matrix.likelihoods[-1].lower()}) times impact (1 {self.matrix.impacts[0].lower()} to "
            f"{len(self.matrix.impacts)} {self.matrix.impacts[-1].lower()}). Bands: {listed(bands)}. A risk is outside its "
            "target while its score is above the target for a threat, or below it for an opportunity."
        )


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if not text or text[-1] in ".!?" else f"{text}."
