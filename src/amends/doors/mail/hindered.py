from amends.records.post.models.pickup import Trouble


class Hindered(Exception):
    """Something is in the way of all mail at a mailbox, or of filing one."""

    def __init__(self, trouble: Trouble, answer: str = "") -> None:
        super().__init__(f"{trouble}: {answer}")
        self.trouble = trouble
        self.answer = answer
