"""Tasks for the tests of the jobs: they write down what was done."""

from typing import Any

from django_tasks import TaskContext, task

done: list[Any] = []


class NotToday(Exception):
    pass


@task()
def note(word: str, times: int = 1) -> str:
    done.extend([word] * times)
    return word * times


@task(once=True)
def note_once(word: str) -> None:
    done.append(word)


@task()
def fail(word: str) -> None:
    done.append(word)
    raise NotToday(word)


@task(takes_context=True)
def note_attempt(context: TaskContext) -> None:
    done.append(context.attempt)
