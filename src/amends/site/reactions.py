"""What follows from what: the one place where a lower noun moves a higher one."""

from amends.ground.events.models import react
from amends.records.aftercare import answers, surveying
from amends.records.complaints import deliveries
from amends.records.complaints.indexing import index_contact_of
from amends.records.recovery import owing


def set_reactions() -> None:
    react(
        {
            "arrived": (index_contact_of,),
            "customer_wrote": (answers.the_customer_wrote, index_contact_of),
            "heard": (index_contact_of,),
            "replied": (index_contact_of,),
            "note_written": (index_contact_of,),
            "understood": (index_contact_of,),
            "closed": (answers.it_was_closed, surveying.it_was_closed),
            "reopened": (
                answers.it_was_reopened,
                surveying.it_was_reopened,
                owing.a_fix_is_still_owed,
                index_contact_of,
            ),
            "mail_accepted": (deliveries.mail_was_accepted,),
            "mail_refused": (deliveries.mail_was_refused,),
        }
    )
