"""What a service refuses, by name. The web layer turns each into a sentence and a status code."""


class Refused(Exception):  # noqa: N818 - a refusal read aloud, not a fault of the program
    """The base of every refusal."""


class NotFound(Refused):
    """There is no such thing for this person: absent, erased and not granted look alike."""


class TooLarge(Refused):
    """A file, or all files of a report together, would be larger than `limit` bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit


class NotIntact(Refused):
    """A sealed file is not what was sealed: altered, cut off, or gone. Nothing of it is shown."""


class NotAllowed(Refused):
    """The policy or the state of the case does not allow it."""


class ChangedMeanwhile(NotAllowed):
    """Somebody else changed the entry since this person read it: they look again first."""


class HelpFirst(NotAllowed):
    """Urgent services for the country of an office are not in the directory."""


class ConductFirst(NotAllowed):
    """The code of conduct has to be accepted before a case opens."""


class NamesFirst(NotAllowed):
    """The handler has not said yet whether there is a conflict of interest in this case."""

    def __init__(self, case_id: bytes) -> None:
        super().__init__()
        self.case_id = case_id


class CaseClosed(NotAllowed):
    """The case is closed; whoever wants to go on opens it again first."""


class NeedsWhy(NotAllowed):
    """A reason is needed: for another decision than the table recommends, a finding, or a task that is dropped."""


class NotHerWay(NotAllowed):
    """The way that she chose does not allow this."""


class NotHeard(NotAllowed):
    """A person whom she named has not been told, or could not answer yet."""


class NotTold(NotAllowed):
    """A named person is spoken to only after they were told, which she reads before."""


class NoMediation(NotAllowed):
    """Mediation: she did not ask for it, nobody has classified the case, or it is ruled out there."""


class NotAHandler(NotAllowed):
    """Whoever is to do this does not handle the case."""


class OutcomeFirst(NotAllowed):
    """She was not told the outcome and did not say that she does not want to hear it, or nothing was recorded yet."""


class NotSupported(NotAllowed):
    """Only a finding that supports what she told may be given to other organisations, after every check."""


class WordsDiffer(NotAllowed):
    """The fingerprint that was typed is not that of the colleague's key."""


class NameTaken(NotAllowed):
    """Another account has this user name, or another office this code."""


class NotAName(NotAllowed):
    """This cannot be a user name, a display name or an office's name or code."""


class DoesNotFit(NotAllowed):
    """The role does not exist in this kind of office, or one office cannot stand so to the other."""


class AlreadyInForce(NotAllowed):
    """Exactly this policy pack is in force already."""


class AlreadySent(Refused):
    """This draft has already become a case."""


class AlreadyThere(Refused):
    """Exactly this piece of evidence is there already."""


class NobodyLeft(Refused):
    """Everyone who could read is excluded."""


class DirectoryChanged(Refused):
    """The directory is no longer the one for which a file was compared."""


class ReadersChanged(Refused):
    """The people who would read are no longer those that she was shown."""


class WrittenSince(Refused):
    """The reporter has written something that the person who acts has not seen."""


class LastHolder(Refused):
    """Staff cannot take the last handler away from a case."""


class NoSecondPerson(Refused):
    """Nobody else handles the case, and nobody at the outside desk may be asked."""


class ClosedTo(Refused):
    """She closed the case to this person, or the person is named in it."""


class NotTrusted(Refused):
    """Nobody has vouched for this key in this office and role."""


class Waiting(Refused):
    """The request was made; somebody else has to say yes first."""


class TooMany(Refused):
    """Throttled. `seconds` says how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__()
        self.seconds = seconds
