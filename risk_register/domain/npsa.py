"""Descriptors of the NPSA's 5 x 5: what each level of consequence means, by domain, and each likelihood.

Source: National Patient Safety Agency, A risk matrix for risk managers, January 2008; shortened, and in places put for
children and young people instead of patients. Check a sentence there before quoting it as the Agency's own.
"""

from collections.abc import Mapping

LIKELIHOODS = {
    "In words": (
        "This will probably never happen",
        "Not expected, but possible",
        "Might happen occasionally",
        "Will probably happen, but is not persistent",
        "Will undoubtedly happen, possibly often",
    ),
    "By probability": ("Less than 0.1 %", "0.1 to 1 %", "1 to 10 %", "10 to 50 %", "More than 50 %"),
    "By time": (
        "Not expected for years",
        "Expected at least yearly",
        "Expected at least monthly",
        "Expected at least weekly",
        "Expected at least daily",
    ),
}
"""By time suits incidents, not the risks of a programme, which happen once."""

IMPACTS: Mapping[str, tuple[str, ...]] = {
    "Programmes and objectives": (
        "Insignificant slip in cost or schedule; no or minimal effect on children and young people",
        "Less than 5 % over budget; minor slip; quality of one service reduced",
        "5 to 10 % over budget; slip; a statutory duty missed once; local confidence lost for long",
        "10 to 25 % over budget; key objectives not met; enforcement action or a critical report",
        "More than 25 % over budget; key objectives not met; severely critical report or prosecution",
    ),
    "Safety": (
        "Minimal injury, needing no or minimal intervention",
        "Minor injury or illness, needing minor intervention",
        "Moderate injury, needing professional intervention; a small number of children affected",
        "Major injury leading to long-term incapacity or disability",
        "Death, or several permanent injuries; a large number of children affected",
    ),
    "Quality, complaints and audit": (
        "A peripheral part of a service falls short; informal complaint",
        "A service falls short overall; formal complaint (stage 1); internal standard missed once",
        "Effectiveness much reduced; formal complaint (stage 2); internal standards missed repeatedly",
        "National standards not met; several complaints or an independent review; critical report",
        "Totally unacceptable quality; national standards grossly missed; inquest or ombudsman's inquiry",
    ),
    "Staffing and competence": (
        "Staffing low for less than a day, quality reduced",
        "Low staffing reduces the quality of the service",
        "A key objective late for lack of staff; unsafe staffing for more than a day; low morale",
        "A key objective uncertain; unsafe staffing for more than five days; key staff lost; very low morale",
        "A key objective not met; staffing unsafe without end; several key staff lost",
    ),
    "Statutory duty and inspection": (
        "No or minimal breach of guidance",
        "A breach of legislation; rating reduced if it is not resolved",
        "A single breach of a statutory duty; challenging recommendations or an improvement notice",
        "Several breaches of statutory duty; enforcement action; critical report",
        "Many breaches; prosecution; whole system must change; severely critical report",
    ),
    "Publicity and reputation": (
        "Rumours; potential for public concern",
        "Local media, confidence lost for a short time; public expectation not met",
        "Local media, confidence lost for long",
        "National media for less than three days; service well below what the public expects",
        "National media for more than three days; questions in the House; confidence lost altogether",
    ),
    "Finance and claims": (
        "Small loss; a claim is remote",
        "0.1 to 0.25 % of budget lost; a claim below £10,000",
        "0.25 to 0.5 % of budget lost; claims of £10,000 to £100,000",
        "0.5 to 1 % of budget lost; claims of £100,000 to £1 million; a key objective uncertain",
        "More than 1 % of budget lost; claims above £1 million; contract lost",
    ),
    "Interruption and environment": (
        "Interrupted for more than an hour; minimal effect on the environment",
        "Interrupted for more than eight hours; minor effect",
        "Interrupted for more than a day; moderate effect",
        "Interrupted for more than a week; major effect",
        "Service or building lost for good; catastrophic effect",
    ),
}
"""By domain of consequence."""
