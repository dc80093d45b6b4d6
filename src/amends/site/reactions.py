"""What follows from what: the one place where a lower noun moves a higher one."""

from amends.ground.events.models import react
from amends.records.aftercare import answers
from amends.records.complaints import deliveries
from amends.records.complaints.indexing import index_contact_of
from amends.records.notices import telling
from amends.records.recovery import owing
from amends.records.writing import sent


def set_reactions() -> None:
    react(
        {
            "arrived": (index_contact_of, telling.it_arrived),
            "handed": (telling.it_was_handed,),
            "customer_wrote": (
                answers.the_customer_wrote,
                index_contact_of,
                telling.the_customer_wrote,
            ),
            "heard": (index_contact_of,),
            "replied": (sent.it_was_said, index_contact_of),
            "called": (index_contact_of,),
            "posted": (index_contact_of,),
            "note_written": (
                sent.it_was_said,
                index_contact_of,
                telling.a_note_was_written,
            ),
            "understood": (index_contact_of,),
            "closed": (answers.it_was_closed,),
            "reopened": (
                answers.it_was_reopened,
                owing.a_fix_is_still_owed,
                index_contact_of,
                telling.it_was_reopened,
            ),
            "mail_accepted": (deliveries.mail_was_accepted,),
            "mail_refused": (deliveries.mail_was_refused, telling.a_mail_was_refused),
        }
    )
