"""The board summary: two pages that say what moved, what is outside target, what is late, what is to be decided."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from risk_register.domain import standing, views
from risk_register.domain.action import Action
from risk_register.domain.audience import Audience
from risk_register.domain.book import Book
from risk_register.domain.conflict import OpenConflict, warning
from risk_register.domain.decision import Decision
from risk_register.domain.errors import Refused
from risk_register.domain.governance import Board
from risk_register.domain.programme import Programme
from risk_register.domain.risk import Assessment, AssessmentKind, Risk, RiskKind
from risk_register.domain.text import listed, long_day, plural, short_day
from risk_register.domain.views import Direction, Movement
from risk_register.reports.content import Block, Bullets, Figure, Heading, Paragraph, Report, Table, Words

if TYPE_CHECKING:
    from risk_register.domain.matrix import Matrix

TOP, FEW = 5, 4
"""So many risks are told in full; so many targets and overdue actions. The others are counted or named."""
CM_PER_INCH = 2.54
CHANGED = 8
"""So many changes are told one by one."""
NAMED = 3
"""So many of the highest risks are named in the summary."""
SOON = timedelta(days=60)
"""Targets due within this time, or passed, are told one by one."""


def board_summary(
    now: Book,
    then: Book | None,
    programme: UUID,
    *,
    board: UUID | None = None,
    audience: Audience = Audience.partners,
    marks: Book | None = None,
    today: date,
    since: date | None = None,
    author: str = "",
    written: date | None = None,
    conflicts: Sequence[OpenConflict] = (),
) -> Report:
    """The summary of a programme's risks for a board, as an audience may see them.

    `now` is the register as it stands on `today`; `then`, where given, as it stood on `since`: all movement is between
    the two. Decisions are those asked of `board`, or of any where none is named. `written` is the day on which it is
    made, where that is not `today`; `marks` is then the register of that day, whose marks hide too. the open `conflicts`
    are warned of below the first paragraph. Raises Refused where `since` is after it.
    """
    if since and since > today:
        raise Refused("The day to compare with is after the day of the report. Give an earlier one.")
    whole = now.get(Programme, programme)
    addressed = now.find(Board, board)
    facts = [
        ("For", addressed.name if addressed else "All boards"),
        ("Audience", audience.on_papers),
        ("Date", short_day(written or today)),
    ]
    if written not in (None, today):
        facts.append(("As at", short_day(today)))
    if then and since:
        facts.append(("Compared with", short_day(since)))
    # Here and nowhere later: all that is said below is said of books that hold no more than may be seen.
    untold = views.hidden_risks(then, audience) if then else set[UUID]()
    now, then = views.for_audience(now, audience, marks), then and views.for_audience(then, audience, marks or now)
    moves = views.movements(then or now, now, programme, untold=untold)
    blocks = list(_Summary(now, then, programme, board, today, since, moves, untold).blocks())
    if told := warning(conflicts, now, programme):
        blocks.insert(2, Paragraph(told))
    return Report(
        title="Risk summary",
        subtitle=whole.name,
        author=author,
        day=today,
        facts=facts,
        blocks=blocks,
        header=audience.on_papers if audience is Audience.restricted else "",
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
        untold: set[UUID],
    ) -> None:
        self.now, self.then, self.programme, self.today, self.since = now, then, programme, today, since
        self.moves, self.untold = moves, untold
        self.matrix: Matrix = views.matrix_of(now, programme)
        self.live = [move.risk for move in moves if views.is_live(move.risk)]
        self.decisions = views.open_decisions(now, programme, board)
        self.late = views.late_actions(now, programme, today)
        self.beyond = {risk.id for risk in self.live if standing.outside_appetite(now, risk)}
        self.outside = [risk for risk in self.live if views.outside_target(now, risk)]

    def blocks(self) -> Iterator[Block]:
        yield Heading("Summary")
        yield Paragraph(self.summary())
        yield from self.asked()
        if self.live:
            yield Heading("Heat map")
            yield self.figure()
        if self.then:
            yield from self.changes()
        if self.live:
            yield Heading("Top risks")
            yield self.top_risks()
        if self.outside:
            yield from self.outside_target()
        if self.late:
            yield from self.overdue()

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
            names = [f"{risk.title} ({risk.reference})" for risk in highest[:NAMED]]
            if len(highest) > NAMED:
                names.append(f"{len(highest) - NAMED} more")
            sentences.append(f"The highest {'stands' if len(highest) == 1 else 'stand'} at {top}: {listed(names)}.")
        if self.beyond:
            sentences.append(
                f"{plural(len(self.beyond), 'risk').capitalize()} {'is' if len(self.beyond) == 1 else 'are'} outside appetite."
            )
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
            number = sum(move.direction is direction and move.risk.id not in self.untold for move in self.moves)
            if number:
                parts.append(
                    f"{number} {'was' if number == 1 else 'were'} {'raised' if direction is Direction.new else words[direction]}"
                )
        released = sum(move.direction is Direction.new and move.risk.id in self.untold for move in self.moves)
        if released:
            parts.append(f"{released} {'is' if released == 1 else 'are'} shown for the first time")
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
            (0.08, 0.52, 0.16, 0.09, 0.15),
            rows,
        )

    def when_needed(self, decision: Decision) -> str:
        if decision.needed_by and decision.needed_by < self.today:
            return f"{self.day(decision.needed_by)} (overdue)"
        return self.day(decision.needed_by)

    def figure(self) -> Figure:
        from risk_register.charts.heatmap import WIDTH, alt_text, heat_map  # noqa: PLC0415  matplotlib

        since = f"; arrows show movement since {long_day(self.since)}" if self.then and self.since else ""
        return Figure(
            heat_map(self.now, self.then, self.programme),
            WIDTH * CM_PER_INCH,
            alt_text(self.now, self.then, self.programme),
            f"Open risks by score{since}.",
        )

    def top_risks(self) -> Table:
        rows = []
        for move in [move for move in self.moves if views.is_live(move.risk)][:TOP]:
            risk = move.risk
            action = views.next_action(self.now, risk.id)
            owner = views.shown(self.now, risk, "owner") or "nobody yet"
            row = [Words(f"{risk.statement} Owner: {owner}.".lstrip(), f"{risk.reference}  {_named(risk)}")]
            told = [self.moved(move)] * bool(self.then) + ["outside appetite"] * (risk.id in self.beyond)
            row.append(self.scored(move.now, ", ".join(told)))
            if not self.then:
                row.append(self.scored(views.score(self.now, risk, AssessmentKind.target)))
            row.append(
                Words(f"{action.reference}: {action.title}", self.due(action)) if action else Words("None is open")
            )
            rows.append(row)
        if self.then:
            return Table(
                "The highest risks: risk with its owner, score now and then, next action",
                ("Risk and owner", "Score", "Next action"),
                (0.635, 0.16, 0.205),
                rows,
            )
        return Table(
            "The highest risks: risk with its owner, score, target, next action",
            ("Risk and owner", "Score", "Target", "Next action"),
            (0.5, 0.125, 0.125, 0.25),
            rows,
        )

    def scored(self, found: Assessment | None, more: str = "") -> Words:
        """A score with its band on the band's colour: `20 Extreme`; `more` stands below it."""
        if found is None:
            return Words(more, "Not scored")
        return Words(more, f"{found.score} {self.matrix.band_name(*found.cell)}", self.matrix.colour(*found.cell))

    def moved(self, move: Movement) -> str:
        """`▲ Up from 16 High`: the arrow, the word, and the score then."""
        direction = f"{move.direction.arrow} {move.direction.word}"
        if move.then is None:
            return direction
        if move.direction is Direction.unchanged:
            return f"{direction} at {move.then.score}"
        return f"{direction} from {move.then.score} {self.matrix.band_name(*move.then.cell)}"

    def due(self, action: Action) -> str:
        late = " (overdue)" if action.days_late(self.today) else ""
        return f"{self.day(action.expected) or 'No date'}{late}"

    def day(self, day: date | None) -> str:
        """A day, without its year where that is the report's."""
        return f"{day.day} {day:%b}" if day and day.year == self.today.year else short_day(day)

    def changes(self) -> Iterator[Block]:
        assert self.since, "asked only with a day to compare with"
        yield Heading("What changed")
        groups = [
            [move for move in self.moves if move.direction is direction]
            for direction in (
                Direction.new,
                Direction.reopened,
                Direction.up,
                Direction.down,
                Direction.scored,
                Direction.closed,
            )
        ]
        if not any(groups):
            yield Paragraph(f"Nothing was raised, closed or re-scored since {long_day(self.since)}.")
            return
        # The highest of each where there are too many to tell: the register has them all.
        most = CHANGED if sum(map(len, groups)) <= CHANGED else CHANGED // sum(map(bool, groups))
        yield Bullets([self.change(move) for group in groups for move in group[:most]])
        rest = [f"{len(group) - most} {group[0].direction.word.lower()}" for group in groups if len(group) > most]
        if rest:
            yield Paragraph(f"Not told one by one: {listed(rest)}.")

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
        # What was hidden until now is shown as it is; the reason of its score may have been written for few.
        reason = "" if risk.id in self.untold else reason
        scores = "" if move.direction is Direction.closed else scores
        name = f"{move.direction.arrow} {move.direction.word}{scores}: {risk.reference}"
        return Words(f" {risk.title}. {_sentence(reason)}".rstrip(), name)

    def outside_target(self) -> Iterator[Block]:
        yield Heading("Outside target")
        scored = [(risk, *self.now_and_target(risk)) for risk in self.outside]
        scored.sort(key=lambda item: item[2].by or self.today)
        told = [item for item in scored if (item[2].by or self.today) <= self.today + SOON][:FEW]
        rest = scored[len(told) :]
        if told:
            yield Bullets([Words(f" {self.against(*item)}", item[0].reference) for item in told])
        if rest:
            yield Paragraph(self.rest_outside([target.by for _, _, target in rest], after=bool(told)))

    def rest_outside(self, days: list[date | None], *, after: bool) -> str:
        """What is said of the risks not told one by one, by the days of their targets."""
        dated = [day for day in days if day]
        if len(days) == 1:
            until = f"has until {long_day(dated[0])}" if dated else "has no date by which to reach it"
            return f"{'One other' if after else 'It'} {until}."
        until = f"have until {long_day(min(dated))} or later" if dated else "have no date by which to reach it"
        return f"{'The other' if after else 'All'} {len(days)} {until}."

    def now_and_target(self, risk: Risk) -> tuple[Assessment, Assessment]:
        now, target = views.score(self.now, risk), views.score(self.now, risk, AssessmentKind.target)
        assert now, "a risk outside its target has a score"
        assert target, "and a target"
        return now, target

    def against(self, risk: Risk, now: Assessment, target: Assessment) -> str:
        """A risk's score beside its target: `Delayed strategy: 9, target 6 by 18 Dec.`."""
        by = f"by {self.day(target.by)}" if target.by else "with no date"
        passed = ", which has passed" if target.by and target.by < self.today else ""
        return f"{_named(risk)}: {now.score}, target {target.score} {by}{passed}."

    def overdue(self) -> Iterator[Block]:
        yield Heading("Overdue actions")
        points = []
        for action in self.late[:FEW]:
            owner = views.shown(self.now, action, "owner") or "no owner"
            barrier = _sentence(action.barrier) or "No barrier is named."
            late = f"{action.reference}, {plural(action.days_late(self.today), 'day')} late:"
            points.append(Words(f" {action.title} ({owner}). {barrier}", late))
        yield Bullets(points)
        rest = self.late[FEW:]
        if rest:
            names = [f"{action.reference} ({plural(action.days_late(self.today), 'day')})" for action in rest]
            yield Paragraph(f"Also overdue: {listed(names)}.")


def _named(risk: Risk) -> str:
    """The title, marked where more of it would be welcome."""
    return risk.title if risk.kind is RiskKind.threat else f"{risk.title} (opportunity)"


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if not text or text[-1] in ".!?" else f"{text}."
