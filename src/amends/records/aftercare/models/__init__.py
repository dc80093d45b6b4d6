from .check_back import AlreadyPlanned, AskedBeforeTheAnswer, CheckBack, CheckBackRefused
from .survey import AlreadyAnswered, NothingAnswered, Survey, SurveyRefused

__all__ = [
    "AlreadyAnswered",
    "AlreadyPlanned",
    "AskedBeforeTheAnswer",
    "CheckBack",
    "CheckBackRefused",
    "NothingAnswered",
    "Survey",
    "SurveyRefused",
]
