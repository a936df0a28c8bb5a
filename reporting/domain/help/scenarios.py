"""Short scenes for whoever sees it: what one can say or do, and what is better left.

They are marked for whom: anybody, men and managers as allies, and what happens online. Each leaves the decision with
the person it happened to.
"""

from dataclasses import dataclass

from reporting.domain.help.groups import Group
from reporting.domain.words import N_


@dataclass(frozen=True, slots=True)
class Scene:
    """One situation: `what` happens, what you could say or do (`do`), and what is `better_left`."""

    id: str
    groups: frozenset[Group]
    what: str
    do: tuple[str, ...]
    better_left: tuple[str, ...]


def _scene(scene_id: str, *groups: Group, what: str, do: tuple[str, ...], better_left: tuple[str, ...]) -> Scene:
    return Scene(scene_id, frozenset(groups), what, do, better_left)


def scenes_for(group: Group) -> tuple[Scene, ...]:
    """Return the scenes of one page."""
    return tuple(scene for scene in SCENES if group in scene.groups)


SCENES: tuple[Scene, ...] = (
    _scene(
        "joke",
        Group.ANYBODY,
        Group.MEN,
        what=N_("In a meeting someone makes a sexual joke about a colleague. A few people laugh."),
        do=(
            N_("Do not laugh. Say calmly: “I do not find that funny. Let us go on.”"),
            N_("Ask the colleague later, alone: “How was that for you?”"),
        ),
        better_left=(N_("Asking the colleague in front of everybody whether it hurt."),),
    ),
    _scene(
        "arm",
        Group.ANYBODY,
        what=N_("At a reception someone holds a colleague by the arm and does not let go."),
        do=(
            N_("Walk up to the colleague: “There you are. We are about to go, are you coming?”"),
            N_("Stay beside them. If you are not safe, fetch the host or security."),
        ),
        better_left=(N_("Starting a fight. The anger may fall on the person whom you want to help."),),
    ),
    _scene(
        "lift",
        Group.ANYBODY,
        what=N_("Late in the evening a senior colleague insists on taking an intern home."),
        do=(
            N_("Offer another way: “We share a taxi, and there is a seat for you.”"),
            N_("Let the intern choose. Send a message later: “Are you home? I am here if you need something.”"),
        ),
        better_left=(N_("Deciding for the intern, or telling the story the next day."),),
    ),
    _scene(
        "guest",
        Group.ANYBODY,
        Group.MANAGERS,
        what=N_("An important guest from outside makes remarks about the person who takes the notes."),
        do=(
            N_("Change the subject or the seats: “May I swap places with you?”"),
            N_("Speak to the host. A guest is not too important to be stopped."),
        ),
        better_left=(N_("Waiting because the visit ends tomorrow."),),
    ),
    _scene(
        "gossip",
        Group.ANYBODY,
        what=N_("Two colleagues talk about whom a third one sleeps with."),
        do=(N_("Say: “I do not want to talk about that.” Then talk about something else."),),
        better_left=(N_("Carrying the story on, even to be kind."),),
    ),
    _scene(
        "yesterday",
        Group.ANYBODY,
        what=N_("You saw it yesterday, and you said nothing."),
        do=(
            N_("It is not too late: “I saw what happened. It was not all right. What would help you?”"),
            N_("Write down what you saw, with the day and the place. Offer it to them."),
        ),
        better_left=(N_("Explaining for a long time why you were silent. It is about them now."),),
    ),
    _scene(
        "cleaner",
        Group.ANYBODY,
        what=N_("Somebody makes sexual remarks to a cleaner from another company, about her and where she comes from."),
        do=(
            N_("Tell the one who does it: “Speak to her as you speak to me.”"),
            N_("Ask her alone, in a language that she likes, what would help her."),
        ),
        better_left=(N_("Telling her company without asking her. She may lose her work."),),
    ),
    _scene(
        "private",
        Group.ANYBODY,
        Group.MANAGERS,
        what=N_("A colleague who is trans is asked about their body in front of others."),
        do=(
            N_("Say: “That is private. Let us leave it.”"),
            N_("Use the name and the words that the colleague uses."),
        ),
        better_left=(N_("Telling anybody something about the colleague in order to explain."),),
    ),
    _scene(
        "asks-again",
        Group.MEN,
        what=N_("Your friend keeps asking a colleague out. She has said no."),
        do=(
            N_("Tell him alone: “She said no. Leave it.”"),
            N_("If he goes on, tell him that you will not look away. Then ask her what she would like."),
        ),
        better_left=(N_("Carrying messages between them, or telling her that he means well."),),
    ),
    _scene(
        "chat",
        Group.MEN,
        Group.ONLINE,
        what=N_("In a chat among men someone posts a picture of a colleague with a remark."),
        do=(
            N_("Write: “Delete that. She does not know that it is here.”"),
            N_("Tell her in private what was there, and ask what she would like you to do."),
        ),
        better_left=(
            N_("A smile, a like, or saving the picture."),
            N_("Leaving the chat without a word, so that it goes on."),
        ),
    ),
    _scene(
        "he-smiles",
        Group.MEN,
        what=N_("A man in your team is grabbed and teased “for fun”. He smiles."),
        do=(
            N_("Say to the others: “Enough.” A smile does not mean that it is welcome."),
            N_("Ask him later, alone. Believe him, whatever he answers."),
        ),
        better_left=(N_("Telling him that a man can take it."),),
    ),
    _scene(
        "too-sensitive",
        Group.MEN,
        what=N_("A colleague says how she is spoken to. The men around you say that she is too sensitive."),
        do=(N_("Say what you know: “I heard it too, and I believe her.”"), N_("Then let her speak.")),
        better_left=(N_("Telling her story for her, or explaining it better than she does."),),
    ),
    _scene(
        "told",
        Group.MANAGERS,
        what=N_("Somebody in your team tells you that a colleague touches them."),
        do=(
            N_("Listen, and say: “Thank you for telling me. What do you need now?”"),
            N_("Say early, in plain words, what you have to pass on and to whom."),
            N_("Show them where help is. Offer to go along."),
        ),
        better_left=(
            N_("Asking for proof or for every detail."),
            N_("Speaking with the other person, or bringing the two together."),
        ),
    ),
    _scene(
        "secret",
        Group.MANAGERS,
        what=N_("They ask you to keep it to yourself."),
        do=(
            N_("Be honest about what you can keep and what you cannot. Say it before they tell you more."),
            N_("Ask what they are afraid of, and what would make today safer."),
        ),
        better_left=(N_("Promising a silence that you cannot keep."), N_("Looking into it in secret.")),
    ),
    _scene(
        "best-one",
        Group.MANAGERS,
        what=N_("The person named is the best in the department, or a friend of yours."),
        do=(
            N_("Do exactly what you would do with anybody else."),
            N_("If you are close to that person, say so, and hand it to somebody who is not."),
        ),
        better_left=(N_("Weighing what somebody earns for the house against what was done."),),
    ),
    _scene(
        "move",
        Group.MANAGERS,
        what=N_("You want to separate the two, and it would be easy to move the one who told you."),
        do=(
            N_("Ask first: “What would make work safe for you?” Wait for a yes."),
            N_("Agree on a day to look at it again."),
        ),
        better_left=(N_("Moving somebody for their own good. It feels like a punishment."),),
    ),
    _scene(
        "sides",
        Group.MANAGERS,
        what=N_("The team has heard of it and takes sides."),
        do=(
            N_("Say: “Nobody is punished here for speaking up. I do not talk about it, and I ask the same of you.”"),
            N_("Watch the small things: tasks, hours, invitations, who is left alone at lunch."),
        ),
        better_left=(N_("A meeting about what happened, or a guess about who told."),),
    ),
    _scene(
        "false-profile",
        Group.ONLINE,
        what=N_("You find a profile with a colleague's name and picture. It seems false."),
        do=(
            N_("Write to the colleague in private: “I found this. Shall I keep a picture of the screen for you?”"),
            N_("If they agree, report the profile to the platform."),
        ),
        better_left=(N_("Writing to the profile, or passing the link round."),),
    ),
    _scene(
        "many",
        Group.ONLINE,
        what=N_("Many people attack a colleague under a post."),
        do=(
            N_("Write to the colleague, not to the crowd: “I see it. You are not alone.”"),
            N_("Offer work: to read the messages for them, to keep copies, to report the worst ones."),
        ),
        better_left=(N_("Arguing with the crowd, or quoting it. Both make it louder."),),
    ),
    _scene(
        "sent-to-you",
        Group.ONLINE,
        what=N_("Somebody sends you an intimate picture of a colleague."),
        do=(
            N_("Answer: “Delete it and send it to nobody.” Do not look at it again."),
            N_("Tell the colleague gently, in private, and that there are services which stop such pictures."),
        ),
        better_left=(N_("Keeping it or sending it on, not even as proof. In many places that is a crime."),),
    ),
    _scene(
        "call",
        Group.ONLINE,
        Group.MANAGERS,
        what=N_("In a video meeting somebody shows or writes something sexual."),
        do=(
            N_("End it for everybody, or take the person out of the meeting."),
            N_("Say afterwards to all who were there that it was not all right, and where help is."),
        ),
        better_left=(N_("Going on as if nothing had happened."),),
    ),
)
"""Every scene; most are for one page, some for two."""
