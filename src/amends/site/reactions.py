"""What follows from what: the one place where a lower noun moves a higher one."""

from amends.ground.events.models import Reaction, react
from amends.records.aftercare import answers, surveying
from amends.records.complaints import deliveries, replanning, routing
from amends.records.complaints.indexing import index_contact_of
from amends.records.notices import telling
from amends.records.promises import joining as promises
from amends.records.recovery import joining as remedies
from amends.records.recovery import owing
from amends.records.writing import sent

_FOLLOWS: dict[str, tuple[Reaction, ...]] = {
    "arrived": (index_contact_of, telling.it_arrived),
    "handed": (telling.it_was_handed,),
    "customer_wrote": (
        answers.the_customer_wrote,
        index_contact_of,
        telling.the_customer_wrote,
    ),
    "heard": (index_contact_of,),
    "replied": (sent.it_was_said, index_contact_of),
    "called": (sent.it_was_said, index_contact_of),
    "called_in_vain": (sent.it_was_said,),
    "posted": (sent.it_was_said, index_contact_of),
    "note_written": (
        sent.it_was_said,
        index_contact_of,
        telling.a_note_was_written,
    ),
    "understood": (index_contact_of,),
    "sender_confirmed": (index_contact_of,),
    "written_for": (index_contact_of,),
    "customer_again": (index_contact_of,),
    "split_from": (index_contact_of,),
    "split_off": (index_contact_of,),
    "split_undone": (index_contact_of,),
    "message_moved": (index_contact_of,),
    "message_came": (index_contact_of,),
    "redacted": (index_contact_of,),
    "closed": (answers.it_was_closed, surveying.it_was_closed),
    "reopened": (
        answers.it_was_reopened,
        surveying.it_was_reopened,
        owing.a_fix_is_still_owed,
        index_contact_of,
        telling.it_was_reopened,
    ),
    "merged": (answers.it_was_merged,),
    "merged_here": (promises.the_head_keeps_them, remedies.the_head_owes_them),
    "unmerged_here": (promises.the_head_keeps_them, remedies.the_head_owes_them),
    "mail_accepted": (deliveries.mail_was_accepted,),
    "mail_discarded": (deliveries.mail_was_discarded,),
    "mail_refused": (deliveries.mail_was_refused, telling.a_mail_was_refused),
    "team_set": (routing.move_on_from_unseen,),
    "house_set": (replanning.the_hours_changed,),
    "hours_set": (replanning.the_hours_changed,),
    "holidays_added": (replanning.the_hours_changed,),
    "holidays_removed": (replanning.the_hours_changed,),
}


def set_reactions() -> None:
    react(_FOLLOWS)
