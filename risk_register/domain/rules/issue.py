"""What must hold of issues and dependencies."""

from risk_register.domain.book import Book
from risk_register.domain.errors import Refused
from risk_register.domain.issue import Dependency, Issue


def check_issue(issue: Issue, _book: Book) -> None:
    """What is resolved says how, and when. Raises Refused."""
    if issue.resolved_on is None:
        return
    if issue.resolved_on < issue.raised_on:
        raise Refused(
            f"{issue.reference} was raised on {issue.raised_on:%d/%m/%Y}, so it can't have been resolved on "
            f"{issue.resolved_on:%d/%m/%Y}.",
            field="resolved_on",
            value=issue.resolved_on,
        )
    if not issue.resolution:
        raise Refused(f"Write how {issue.reference} was resolved.", field="resolution", value="")


def check_dependency(dependency: Dependency, _book: Book) -> None:
    """Nobody waits on themselves. Raises Refused."""
    if dependency.waiting is not None and dependency.waiting == dependency.giving:
        raise Refused(
            "Nobody waits on themselves. Choose another organisation.", field="giving", value=dependency.giving
        )
