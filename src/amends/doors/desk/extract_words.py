"""A case of the copy that a customer gets, in words: what its codes mean, and what happened."""

from typing import Any
from uuid import UUID

from amends.doors.desk.templatetags.desk_words import sentence
from amends.ground.events.models import Event
from amends.records.complaints.timeline import SHOWN_ITSELF
from amends.records.complaints.vocabulary import Channel, Kind, Outcome, State
from amends.records.retention.extract import name_of_file

Row = dict[str, Any]


def case_in_words(case: Row) -> Row:
    """Return what the page of one case shows, in the language that holds now."""
    of = case["case"][0]
    return {
        "case": case,
        "of": of,
        "complaint": (case.get("complaint") or [{}])[0],
        "kind": Kind(of["kind"]).label,
        "state": State(of["state"]).label,
        "outcome": Outcome(of["outcome"]).label if of["outcome"] else "",
        "messages": _messages(case),
        "events": [
            row | {"said": sentence(Event(verb=row["verb"], data=row["data"]))}
            for row in case["events"] if row["verb"] not in SHOWN_ITSELF
        ],
    }  # fmt: skip


def _messages(case: Row) -> list[Row]:
    """Put to each message its files, by the names that they have in the copy, and how it came."""
    attached: dict[UUID, list[tuple[str, str]]] = {}
    for one in case.get("files", []):
        place = name_of_file(one["id"], one["name"]), one["name"]
        attached.setdefault(one["message"], []).append(place)
    return [
        one | {"files": attached.get(one["id"], []), "way": Channel(one["channel"]).label}
        for one in case.get("messages", [])
    ]
