"""What is typed about playbooks: their words, the usual one, and which one a complaint has."""

from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from amends.records.house.books import Books
from amends.records.house.knowledge import Playbook
from amends.records.house.models import longest


class WordsForm(forms.Form):
    """The words of a playbook in one language; a box left empty says what was shipped."""

    def __init__(self, data: Any, *, books: Books, key: str, language: str) -> None:
        super().__init__(data)
        self.key, self.language = key, language
        self.now = books.book(key, language)
        self.original = books.original_words(key, language)
        for name, words in self.now.words.items():
            self.fields[name] = forms.CharField(
                label=_label(name), max_length=longest(name), required=False,
                initial=words, widget=_widget(name),
            )  # fmt: skip
            self.fields[name].widget.attrs |= {
                "placeholder": self.original[name], "lang": language,
            }  # fmt: skip

    def groups(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """Yield the boxes under their headings, in the order of the rail."""
        names = list(self.fields)
        yield "", [self["title"]]
        for step in self.now.steps:
            yield step.name, [self[f"{step.key}_name"], self[f"{step.key}_hint"]]
        yield str(_("What is next")), [self[name] for name in names if name.startswith("next_")]

    def book(self) -> Playbook:
        """Return the playbook as typed, else as it is."""
        return self.now.reworded(self._typed())

    def changes_something(self) -> bool:
        return any(self.now.words[name] != text for name, text in self._typed().items())

    def differences(self) -> list[tuple[str, str]]:
        """Return line by line what was shipped and what is said instead."""
        said = self.book().words
        return [
            line
            for name, text in self.original.items()
            if said[name] != text
            for line in (("gone", text), ("new", said[name]))
            if line[1]
        ]

    def _typed(self) -> dict[str, str]:
        if not self.is_bound or not self.is_valid():
            return {}
        typed = {name: " ".join(text.split()) for name, text in self.cleaned_data.items()}
        return {
            name: text or self.original[name] or self.now.words[name]
            for name, text in typed.items()
        }


class UsualForm(forms.Form):
    usual = forms.ChoiceField(
        label=gettext_lazy("The usual playbook"),
        help_text=gettext_lazy("A complaint has it until another is chosen on its case."),
    )

    def __init__(self, data: Any, *, books: Books, language: str) -> None:
        super().__init__(data, initial={"usual": books.usual})
        titles = _titles(books, books.offered(), language)
        cast("forms.ChoiceField", self.fields["usual"]).choices = titles


class NewForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Name of the playbook"), max_length=longest("title"))
    like = forms.ChoiceField(
        label=gettext_lazy("Begins with the words of"),
        help_text=gettext_lazy("In all languages; then you change what differs."),
    )

    def __init__(self, data: Any, *, books: Books, language: str) -> None:
        super().__init__(data, initial={"like": books.usual})
        like = cast("forms.ChoiceField", self.fields["like"])
        like.choices = _titles(books, books.offered(), language)


def choices_for(books: Books, keeping: str = "") -> list[tuple[str, str]]:
    """Return what a complaint may have: the usual one without naming it, or one by its key."""
    language = get_language() or "en"
    usual = _("Usual: %(book)s") % {"book": books.book("", language).title}
    return [("", usual), *_titles(books, books.offered(keeping), language)]


def _titles(books: Books, keys: tuple[str, ...], language: str) -> list[tuple[str, str]]:
    return [(key, books.book(key, language).title) for key in keys]


def _widget(name: str) -> forms.Widget:
    # A hint is a sentence: it is seen whole.
    return forms.Textarea(attrs={"rows": 2}) if name.endswith("_hint") else forms.TextInput()


def _label(name: str) -> str:
    if name == "title":
        return _("Name of the playbook")
    if name.endswith("_name"):
        return _("On the rail")
    if name.endswith("_hint"):
        return _("Hint")
    return str(_NEXT.get(name.removeprefix("next_"), name))


_NEXT = {
    "decide": gettext_lazy("Nobody has decided yet what it is"),
    "answer": gettext_lazy("Nobody has answered yet"),
    "answer_again": gettext_lazy("The customer wrote again"),
    "read_no": gettext_lazy("The customer says “not solved”"),
    "keep_promise": gettext_lazy("A promise is open"),
    "put_right": gettext_lazy("A fix is decided on"),
    "tell": gettext_lazy("The fix is delivered, and not told yet"),
    "wait_customer": gettext_lazy("The customer’s turn"),
    "check_back": gettext_lazy("A check-back is planned"),
    "await_yes": gettext_lazy("We have asked whether it is solved"),
    "give_up": gettext_lazy("We have asked for the last time"),
    "answer_question": gettext_lazy("It is a question"),
    "nothing": gettext_lazy("It is closed"),
}
