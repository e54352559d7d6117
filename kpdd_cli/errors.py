"""The error family: every fault a user can meet, each with the exit code that reports it.

::

    KpddError               1  the job failed
    ├── UsageError          2  the call is wrong
    ├── InputError          2  a file or a row of it is wrong
    ├── StaleOutput         2  the output was made by other settings or other input
    ├── BusyError           1  another run is writing this output
    ├── TeacherError        1  the teacher cannot go on
    └── StudentError        1  the student cannot be trained, loaded or run

Outcomes are values (a program that crashes is a result); these are faults. A library's own error
is translated where the library is called, and printed in one place, :func:`kpdd_cli.main.main`.
"""


class KpddError(Exception):
    """The job failed. The message is one line: what, where, and what to do next."""

    exit_code = 1


class UsageError(KpddError):
    """The call is wrong: an option, or a combination of them."""

    exit_code = 2


class InputError(KpddError):
    """A file or a row of it is wrong; the message begins with ``file:line``."""

    exit_code = 2


class StaleOutput(KpddError):
    """The output on disk was made by other settings, so that resuming would mix two runs."""

    exit_code = 2


class BusyError(KpddError):
    """Another run is writing the same output."""


class TeacherError(KpddError):
    """The teacher cannot go on: no credential, no permission, no server, no credit."""


class StudentError(KpddError):
    """The student cannot be trained, loaded or run."""
