"""Documents of other databases and upstream threads to draft records that a person goes on with.

Takes the bytes of a file (`documents.read`) and gives a `Lead`: what the document says, in no
format's words, and what of it has no place in a record. `draft.draft` makes a record's file of it.

To add a format: a module that gives a `Lead`, and an entry in `documents.FORMS`.
"""
