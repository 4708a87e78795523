"""What must hold of risks, their scores, their reviews and the links between them."""

from risk_register.domain.book import Book
from risk_register.domain.errors import Refused
from risk_register.domain.matrix import Matrix
from risk_register.domain.programme import Programme
from risk_register.domain.review import Review
from risk_register.domain.risk import RESPONSES, Assessment, AssessmentKind, Risk, RiskStatus
from risk_register.domain.risk_link import RiskLink
from risk_register.domain.rules.tags import check_tags


def check_risk(risk: Risk, book: Book) -> None:
    """A response of its kind, a reason and a day of closing, scores and a review that are its own. Raises Refused."""
    check_tags(risk)
    if risk.response and risk.response not in RESPONSES[risk.kind]:
        allowed = ", ".join(item.value.lower() for item in RESPONSES[risk.kind])
        raise Refused(
            f"{risk.response.value} is no response to {'a threat' if risk.kind.name == 'threat' else 'an opportunity'}. "
            f"Choose one of {allowed}.",
            field="response",
            value=risk.response,
        )
    if risk.status is RiskStatus.closed and not risk.closing_reason:
        raise Refused(
            f"Say why {risk.reference} is closed; the board will ask.",
            field="closing_reason",
            value=risk.closing_reason,
        )
    if (risk.status is RiskStatus.closed) != (risk.closed_on is not None):
        raise Refused(
            f"Give the day on which {risk.reference} was closed."
            if risk.closed_on is None
            else f"{risk.reference} is not closed, so it has no day of closing.",
            field="closed_on",
            value=risk.closed_on,
        )
    for kind in AssessmentKind:
        scored = book.find(Assessment, getattr(risk, kind.name))
        if scored and (scored.risk, scored.kind) != (risk.id, kind):
            raise Refused(
                f"The {kind.value.lower()} score of {risk.reference} belongs elsewhere. Score it anew.",
                field=kind.name,
                value=scored.id,
            )
        if scored and scored.on < risk.raised_on:
            raise Refused(
                f"{risk.reference} was scored on {scored.on:%d/%m/%Y}, so it can't have been raised on "
                f"{risk.raised_on:%d/%m/%Y}. Give an earlier day.",
                field="raised_on",
                value=risk.raised_on,
            )
    reviewed = book.find(Review, risk.reviewed)
    if reviewed and reviewed.risk != risk.id:
        raise Refused(f"That review is not of {risk.reference}. Review it anew.", field="reviewed", value=reviewed.id)
    if risk.closed_on and risk.closed_on < risk.raised_on:
        raise Refused(
            f"{risk.reference} was raised on {risk.raised_on:%d/%m/%Y}, so it can't have been closed on "
            f"{risk.closed_on:%d/%m/%Y}.",
            field="closed_on",
            value=risk.closed_on,
        )


def check_assessment(assessment: Assessment, book: Book) -> None:
    """A score stands on the matrix, and was made after the risk was raised. Raises Refused."""
    risk = book.get(Risk, assessment.risk)
    matrix = book.get(Matrix, book.get(Programme, risk.programme).matrix)
    for name, value, labels in (
        ("likelihood", assessment.likelihood, matrix.likelihoods),
        ("impact", assessment.impact, matrix.impacts),
    ):
        if not 1 <= value <= len(labels):
            raise Refused(
                f"{name.capitalize()} {value} is not on this matrix. It goes from 1 ({labels[0]}) to "
                f"{len(labels)} ({labels[-1]}).",
                field=name,
                value=value,
            )
    if assessment.on < risk.raised_on:
        raise Refused(
            f"{risk.reference} was raised on {risk.raised_on:%d/%m/%Y}, so it can't have been scored on "
            f"{assessment.on:%d/%m/%Y}. Give a later date, or correct the day it was raised.",
            field="on",
            value=assessment.on,
        )
    if assessment.by and assessment.kind is not AssessmentKind.target:
        raise Refused("Only a target score has a date by which to reach it.", field="by", value=assessment.by)


def check_review(review: Review, book: Book) -> None:
    """A review is made after the risk was raised. Raises Refused."""
    risk = book.get(Risk, review.risk)
    if review.on < risk.raised_on:
        raise Refused(
            f"{risk.reference} was raised on {risk.raised_on:%d/%m/%Y}, so it can't have been reviewed on "
            f"{review.on:%d/%m/%Y}.",
            field="on",
            value=review.on,
        )


def check_risk_link(link: RiskLink, _book: Book) -> None:
    """A risk bears on another one. Raises Refused."""
    if link.risk == link.affected:
        raise Refused("A risk can't be linked to itself. Choose another.", field="affected", value=link.affected)
