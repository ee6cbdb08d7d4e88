"""Take files away from a submission: they say nothing any more, and are kept as it was before."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from consult.crypto.sealing import seal
from consult.domain.attachment import FileWords, Reading
from consult.services import vault
from consult.services.office import Office
from consult.services.uploads import opened
from consult.store import files
from consult.store.files import StoredFile
from consult.store.submissions import StoredSubmission


def detach(office: Office, found: StoredSubmission, going: Collection[str]) -> list[FileWords]:
    """Move files out of a submission; returns what those that stay say.

    ``going`` are the names we gave them. Joins the caller's transaction.
    """
    said = vault.letters(office.keys, found)
    there = files.attachments(office.store.db, found.value.id)
    key, now = vault.key_of(office.keys, found), office.clock()
    names = [opened(key, item, "").name for item in there]
    spoken = {item.storage: _words(said, there, names, at) for at, item in enumerate(there)}
    for item in there:
        if item.storage in going:
            words = spoken[item.storage]
            text = seal(
                key, (words.text if words else "").encode(), bound_to=f"{item.storage}/text"
            )
            files.take_away(office.store.db, item.storage, sealed_text=text, now=now)
    gone = [id(words) for storage, words in spoken.items() if storage in going]
    return [words for words in said if id(words) not in gone]


def _words(
    said: Sequence[FileWords], there: Sequence[StoredFile], names: Sequence[str], at: int
) -> FileWords | None:
    """Return what a file says: told by the name we gave it, else by its own and its place.

    Words of files that came in a letter have no name of ours: of two files with the same name the
    first has the first words.
    """
    for words in said:
        if words.storage == there[at].storage:
            return words
    if there[at].state is Reading.AWAITING:
        return None
    told = {words.storage for words in said}
    before = [
        place
        for place in range(at)
        if names[place] == names[at]
        and there[place].storage not in told
        and there[place].state is not Reading.AWAITING
    ]
    unnamed = [words for words in said if not words.storage and words.name == names[at]]
    return unnamed[len(before)] if len(before) < len(unnamed) else None
