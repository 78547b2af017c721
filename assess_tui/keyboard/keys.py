"""Every key of the instrument, declared once: id, keys, label, help. Screens take theirs by place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from textual.binding import BindingType


class Key(NamedTuple):
    """One key. The id is `place.action`; the action is a method `action_<action>` of the screen."""

    id: str
    keys: str
    label: str
    help: str
    show: bool = True
    shown_as: str | None = None
    priority: bool = False
    """In force also where a dialog or a typed line has the keys."""


APP = (
    Key("app.help", "f1,question_mark", "help", "Help for this screen and all its keys.", shown_as="?"),
    Key(
        "app.leave",
        "f10,ctrl+q",
        "quit",
        "Leave the instrument; an open visit is kept and can be resumed.",
        show=False,
        shown_as="F10",
    ),
    Key(
        "app.lock",
        "ctrl+l",
        "lock",
        "Lock: covers everything until a passphrase is typed; the visit goes on.",
        False,
        priority=True,
    ),
    Key("app.tour", "ctrl+t", "tour", "The guided tour of the sample clinic; again: on, without trying it.", False),
    Key("app.theme", "f12", "colours", "Next colour theme: dark, light, high contrast, terminal.", False),
)

VISIT = (
    Key("visit.home", "escape", "home", "Back to the list of patients. The visit stays open.", shown_as="Esc"),
    Key("visit.intake", "f2", "intake", "Consent, precautions, what is at home, minutes a day.", False),
    Key("visit.flags", "f3", "red flags", "The red-flag questions.", False),
    Key("visit.tests", "f4", "tests", "The guided tests.", False),
    Key("visit.stand", "f5", "stand test", "The standing tolerance test.", False),
    Key("visit.findings", "f6", "findings", "What the tests show, worst first.", False),
    Key("visit.plan", "f7", "plan", "The exercise plan.", False),
    Key("visit.paper", "f8", "paper", "The take-home plan and the report.", False),
    Key("visit.patient_view", "f11,z", "patient", "Turn the screen to the patient: figure, count and time.", False),
    Key("visit.follow", "f9", "follow-up", "How the last plan went, where one was taken home.", False),
)


def _typing(place: str) -> tuple[Key, ...]:
    """What belongs to a number besides its digits."""
    return (
        Key(f"{place}.minus", "minus", "minus", "Begins a negative number.", False, "-"),
        Key(
            f"{place}.point", "full_stop,comma", "decimal sign", "The decimal sign; a comma does the same.", False, "."
        ),
        Key(f"{place}.half", "h", "half", f"A half more: 12 and {{{place}.half}} is 12.5.", False),
        Key(f"{place}.erase", "backspace", "erase", "Take the last sign away.", False),
    )


KEYS: dict[str, tuple[Key, ...]] = {
    "app": APP,
    "unlock": (
        Key("unlock.enter", "enter", "open", "Open the record with what was typed.", shown_as="⏎"),
        Key("unlock.help", "f1", "help", "Help for this screen and all its keys."),
        Key("unlock.leave", "f10,ctrl+q", "quit", "Leave the instrument.", shown_as="F10"),
    ),
    "lock": (
        Key("lock.stop", "s,S", "STOP", "Stop the stand test now.", shown_as="s"),
        Key("lock.show", "enter", "unlock", "Show the instrument again.", shown_as="⏎"),
        Key(
            "lock.back",
            "escape",
            "back to STOP",
            "Leave the passphrase, so that {lock.stop} is STOP again.",
            shown_as="Esc",
        ),
        Key("lock.help", "f1", "help", "Help for this screen and all its keys."),
        Key("lock.leave", "f10,ctrl+q", "quit", "Leave the instrument; the visit can be resumed.", shown_as="F10"),
    ),
    "too_small": (Key("too_small.leave", "f10,ctrl+q", "quit", "Leave the instrument.", shown_as="F10"),),
    "first_key": (
        Key("first_key.enter", "enter", "next", "Keep the line and go on.", shown_as="⏎"),
        Key("first_key.write", "f4", "as text", "Write the recovery code into a file you name, to print it."),
        Key("first_key.without", "f9", "no encryption", "Begin without encryption; asks first."),
        Key("first_key.help", "f1", "help", "Help for this screen and all its keys."),
        Key("first_key.back", "escape", "back", "Back to the list; nothing was changed.", shown_as="Esc"),
        Key("first_key.leave", "f10,ctrl+q", "quit", "Leave; nothing was kept.", shown_as="F10"),
    ),
    "home": (
        Key("home.help", "f1", "help", "Help for this screen and all its keys."),
        Key("home.open", "enter", "open", "Open the patient or resume the visit.", shown_as="⏎"),
        Key("home.new_patient", "f2", "new patient", "A new patient."),
        Key("home.cards", "f6", "cards", "Search the library of exercise cards."),
        Key("home.keyring", "f7", "access", "Who can open the record: passphrases, the recovery code."),
        Key("home.settings", "f9", "settings", "Your preferences: hands, entry, looks, sound, keys."),
        Key("home.down", "down", "down", "Move down the list.", False),
        Key("home.up", "up", "up", "Move up the list.", False),
        Key("home.clear", "escape", "clear", "Clear the search.", False),
        Key("home.leave", "f10", "quit", "Leave the instrument."),
    ),
    "keyring": (
        Key("keyring.own", "c", "my passphrase", "A new passphrase for yourself."),
        Key("keyring.add", "a", "add", "A passphrase for one more person."),
        Key("keyring.revoke", "x", "take out", "Take the passphrase of the marked person away."),
        Key("keyring.recovery", "r", "new code", "A new recovery code in place of the old one."),
    ),
    "recovery_code": (
        Key("recovery_code.accept", "enter", "written down", "Close; the code is not shown again.", shown_as="⏎"),
        Key("recovery_code.write", "f4", "as text", "Write the recovery code into a file you name, to print it."),
    ),
    "patient": (
        Key("patient.begin", "v", "new visit", "Begin a new visit."),
        Key(
            "patient.close_visit", "f", "finish", "Finish the visit left open; what is open is recorded as not tested."
        ),
        Key("patient.progress", "t", "trend", "Each measure over the visits, against its error."),
        Key("patient.papers", "p", "papers", "The papers made so far; one of them again as it was."),
        Key("patient.export", "x", "export", "All of this patient as an open file, not encrypted; asks first.", False),
        Key("patient.revise", "c", "correct details", "Correct name, birth date, sex or code."),
        Key("patient.open", "enter", "open", "Open the marked visit.", False, "⏎"),
        Key("patient.down", "down", "down", "Next visit.", False),
        Key("patient.up", "up", "up", "Visit before.", False),
        Key("patient.back", "escape", "back", "Back to the list of patients.", shown_as="Esc"),
    ),
    "step": (
        Key("step.next", "enter", "next", "Keep the value and go on.", shown_as="⏎"),
        Key("step.other", "slash", "other side", "Change to the other side.", shown_as="/"),
        Key(
            "step.timer",
            "space",
            "timer",
            "Start and stop the clock, or count; the value lands in the cell.",
            shown_as="Space",
        ),
        Key("step.bell", "m", "bell", "Bell of the clock on or off.", False),
        Key("step.undo", "u", "undo", "Take back the last entry, any number of times."),
        Key("step.redo", "y", "redo", "Bring back what was undone.", False),
        Key("step.not_tested", "n", "not tested", "Leave this side out: not tested."),
        Key("step.pain", "p", "pain", "Pain at end range, 0 to 10."),
        Key("step.compensated", "k", "compensated", "The compensation was seen; the grade is borderline at best."),
        Key("step.familiar", "f", "familiar", "This is the pain the patient came with.", False),
        Key("step.same", "equals_sign", "same", "The same value on the other side.", False, "="),
        Key("step.sore", "o", "too painful", "Not possible because of pain.", False),
        Key("step.refused", "x", "refused", "The patient prefers not to.", False),
        Key("step.contraindicated", "c", "contraindicated", "Not safe for this patient; asks why.", False),
        Key(
            "step.stop_test",
            "q",
            "stop test",
            "This side was stopped, and why; its value does not count.",
            False,
        ),
        Key("step.items", "i", "items", "The items of this questionnaire; at the stand test, ratings of symptoms."),
        Key("step.note", "t", "note", "A note beside the value of this side.", False),
        Key("step.vitals", "v", "vital signs", "Heart rate, pressure, oxygen, breaths, measured now.", False),
        Key("step.devices", "r", "read with", "The device this test is read with; new ones, last checks.", False),
        Key("step.history", "w", "history", "What was answered here in this visit, with what it replaced.", False),
        Key("step.second", "b", "blind", "A second rater measures, without sight of the first values.", False),
        Key("step.evidence", "e", "evidence", "Norm, cut, error, basis and sources of this test."),
        Key("step.jump", "g", "go to", "Go to any test, or add one."),
        Key("step.previous", "left,pageup", "back", "The cell before, then the test before.", False),
        Key("step.following", "right,pagedown", "skip", "The next test, leaving this one open.", False),
        Key("step.more", "up", "+", "A little more.", False),
        Key("step.less", "down", "-", "A little less.", False),
        *_typing("step"),
    ),
    "stand": (
        Key("stand.stop", "s,S", "STOP", "Stop the test now. Always works.", shown_as="s"),
        Key("stand.next", "enter", "next", "Keep the value and go on.", shown_as="⏎"),
        Key("stand.tick", "space", "tick", "Tick the marked line; its number does the same.", shown_as="Space"),
        Key("stand.missing", "n", "missing", "This value is missing; in a question: no.", shown_as="n"),
        Key("stand.again", "r", "again", "Take the last reading anew; on the result, the whole test."),
        Key("stand.bell", "b", "bell", "Bell on or off."),
        Key("stand.undo", "u", "undo", "Take back the last entry."),
        Key("stand.help", "f1,question_mark", "help", "Help for this screen and all its keys.", shown_as="?"),
        Key("stand.back", "left,pageup", "back", "The question before.", shown_as="←"),
        Key("stand.minutes", "m", "minutes", "Full readings every minute, or at the fewest that count.", False),
        Key("stand.dizzy", "d", "dizzy", "Dizzy in the first 30 seconds of standing.", False),
        Key("stand.oxygen", "v", "oxygen", "Oxygen while standing, where an oximeter is on.", False),
        Key("stand.evidence", "e", "evidence", "Norm, cut, error, basis and sources of what the test gives."),
        Key("stand.yes", "y", "yes", "Yes.", False),
        Key("stand.other", "o", "other reason", "Type a reason.", False),
        Key("stand.erase", "backspace", "erase", "Take the last digit away.", False),
        Key("stand.up", "up", "up", "The line or the minute before.", False),
        Key("stand.down", "down", "down", "The next line or minute.", False),
        Key("stand.leave", "f10,ctrl+q", "quit", "Leave the instrument; not while the patient stands.", False, "F10"),
    ),
    "stand_help": (Key("stand_help.stop", "s,S", "STOP", "Stop the test now. Always works.", shown_as="s"),),
    "patient_view": (
        Key("patient_view.turn_back", "escape,f11,z", "turn back", "Back to your own screen.", shown_as="Esc"),
        Key("patient_view.help", "f1", "help", "Help for this screen and all its keys.", False),
    ),
    "patient_step": (
        Key("patient_step.timer", "space", "start or stop", "As {step.timer} on the step.", shown_as="Space"),
        Key("patient_step.keep", "enter", "keep", "End the hold, or keep the number that waits.", False),
        Key("patient_step.bell", "m", "bell", "Bell of the clock on or off.", False),
    ),
    "patient_stand": (Key("patient_stand.stop", "s,S", "STOP", "Stop the test now. Always works.", shown_as="s"),),
    "along": (
        Key("along.next", "space,enter", "next", "Begin the card; while it runs, the next one.", shown_as="Space"),
        Key("along.back", "left,pageup", "again", "This card from its beginning; then the one before.", shown_as="←"),
        Key("along.pause", "p", "pause", "Pause, and go on."),
        Key("along.bell", "m", "bell", "Bell on or off.", False),
        Key("along.turn_back", "escape,f11,z", "turn back", "Back to the plan.", shown_as="Esc"),
        Key("along.help", "f1", "help", "Help for this screen and all its keys.", False),
    ),
    "findings": (
        Key("findings.next", "enter", "plan", "On to the plan.", shown_as="⏎"),
        Key("findings.down", "down", "down", "Next finding.", False),
        Key("findings.up", "up", "up", "Finding before.", False),
        Key("findings.progress", "t", "trend", "Each measure over the visits, against its error."),
        Key("findings.evidence", "e", "evidence", "Evidence for the tests behind this finding."),
    ),
    "plan": (
        Key("plan.next", "enter", "paper", "Keep the plan and go on to the paper.", shown_as="⏎"),
        Key("plan.add", "a", "add", "Add a card from the library."),
        Key("plan.remove", "d,delete", "remove", "Take the marked card out.", shown_as="d"),
        Key("plan.swap", "w", "swap", "Another card in its place; those that answer the same stand first."),
        Key("plan.easier", "e,less_than_sign", "easier", "The next easier card in its place.", shown_as="e"),
        Key("plan.harder", "h,greater_than_sign", "harder", "The next harder card in its place.", shown_as="h"),
        Key("plan.dose", "r", "dose", "Its dose: rounds, times, seconds, rest.", False),
        Key("plan.undo", "u", "undo", "Take back the last change, any number of times.", False),
        Key("plan.redo", "y", "redo", "Bring back what was undone.", False),
        Key("plan.longer", "plus,equals_sign", "minutes", "More minutes a day: 5, 10, 15 or 20.", False, "+"),
        Key("plan.shorter", "minus", "fewer", "Fewer minutes a day.", False, "-"),
        Key("plan.side", "slash", "side", "The side to begin with: both alike, left, right.", False, "/"),
        Key("plan.earlier", "left_square_bracket,shift+up", "earlier", "Earlier in the session.", False, "["),
        Key("plan.later", "right_square_bracket,shift+down", "later", "Later in the session.", False, "]"),
        Key(
            "plan.showed",
            "0,1,2,3,4,5,6,7,8,9",
            "showed me",
            "The patient showed the marked card, with so many cues.",
            False,
            "0-9",
        ),
        Key("plan.not_yet", "n", "not yet", "The marked card is not yet practised.", False),
        Key("plan.check_in", "c", "check-in", "The day the cards are looked at again.", False),
        Key("plan.by_rules", "x", "rules", "Back to the plan the rules make; {plan.undo} brings yours back.", False),
        Key("plan.why_not", "b", "why not", "Why other cards are not in it, and all the plan says.", False),
        Key("plan.history", "p", "plans", "The plans kept so far; look at one, take it up.", False),
        Key("plan.from_last", "l", "last plan", "What is proposed for each card of the last plan.", False),
        Key("plan.open_template", "o", "template", "Begin with a plan of the clinic.", False),
        Key("plan.save_template", "m", "as template", "Keep these cards as a plan of the clinic.", False),
        Key("plan.down", "down", "down", "Next card.", False),
        Key("plan.up", "up", "up", "Card before.", False),
    ),
    "check_in": (
        Key("check_in.one", "1", "1 week", "In one week."),
        Key("check_in.two", "2", "2 weeks", "In two weeks."),
        Key("check_in.other", "o", "another day", "Type a day."),
    ),
    "paper": (
        Key(
            "paper.make",
            "enter",
            "make PDF",
            "Write the PDF into the documents folder, and keep it in the record.",
            shown_as="⏎",
        ),
        Key(
            "paper.kind", "k", "other paper", "The take-home plan, the clinic's report, or the letter where one is due."
        ),
        Key("paper.open", "o", "open", "Open the PDF."),
        Key("paper.print", "p", "print", "Print the PDF."),
        Key("paper.finish", "f", "finish", "Finish the visit; what is open is recorded as not tested."),
        Key("paper.paper", "a", "A4 or Letter", "Change the paper."),
        Key("paper.size", "t", "text size", "14, 16 or 18 point."),
        Key("paper.identity", "i", "name on paper", "Full name, first name or code."),
        Key("paper.password", "w", "password", "A password for the PDFs made here; nothing typed takes it off."),
        Key("paper.history", "h", "made so far", "The papers made so far; one of them again as it was."),
        Key("paper.clinic", "c", "clinic", "The clinic's name on the papers, and its phone number on the plan."),
        Key("paper.logo", "l", "logo", "The clinic's logo, at the head of every paper."),
    ),
    "intake": (
        Key("intake.next", "enter", "next", "Keep and go on.", shown_as="⏎"),
        Key("intake.as_last", "equals_sign", "as last visit", "Tick what was ticked at the last visit.", shown_as="="),
        Key("intake.previous", "left,pageup", "back", "The question before.", False),
        Key("intake.down", "down", "down", "Next line, where lines are rated.", False),
        Key("intake.up", "up", "up", "Line before.", False),
        Key("intake.devices", "r", "devices", "What this visit is read with; new devices, last checks."),
        Key("intake.history", "w", "history", "What was answered here in this visit, with what it replaced.", False),
        Key("intake.undo", "u", "undo", "Take back the last answer."),
    ),
    "flags": (
        Key("flags.next", "enter", "next group", "Go on to the next group of questions.", shown_as="⏎"),
        Key("flags.none", "n", "none of these", "No to the open questions in view; to none that is measured a yes."),
        Key("flags.yes", "y", "yes", "Yes to the marked question."),
        Key("flags.no", "o", "no", "No to the marked question.", False),
        Key("flags.unknown", "s", "not sure", "The patient does not know; ask again."),
        Key("flags.raise_level", "plus", "raise", "A higher level of concern than the answers give.", False, "+"),
        Key(
            "flags.lower_level", "minus", "lower", "A lower level of concern; asks for a reason and a name.", False, "-"
        ),
        Key("flags.vitals", "v", "vital signs", "Heart rate, pressure, oxygen, breaths, measured now.", False),
        Key("flags.down", "down", "down", "Next question.", False),
        Key("flags.up", "up", "up", "Question before.", False),
        Key("flags.previous", "left,pageup", "back", "The group before.", False),
        Key("flags.history", "w", "history", "What was answered here in this visit, with what it replaced.", False),
        Key("flags.undo", "u", "undo", "Take back the last answer."),
    ),
    "follow": (
        Key("follow.next", "enter", "next", "On to the next card; past the last one, on.", shown_as="⏎"),
        Key(
            "follow.digit",
            "0,1,2,3,4,5,6,7,8,9",
            "number",
            "Of ten planned times, so many done; then the worst pain with it.",
            False,
            "0-9",
        ),
        Key("follow.ten", "t", "ten", "All ten planned times; of pain, 10."),
        Key(
            "follow.spare",
            "s",
            "to spare",
            "Two sessions in a row with two repetitions to spare; again: no.",
        ),
        Key("follow.red", "r", "red days", "Two red days: pain above 5, or not settled by the next morning."),
        Key("follow.same", "equals_sign", "same below", "The last answer for every card below too.", True, "="),
        Key("follow.other", "slash", "other number", "Change between done and pain.", shown_as="/"),
        Key("follow.crash", "y", "crash", "Effort was followed by a crash of more than a day.", False),
        Key("follow.no_crash", "n", "no crash", "No crash after effort.", False),
        Key("follow.undo", "u", "undo", "Take back the last answer, any number of times."),
        Key("follow.down", "down", "down", "Next card.", False),
        Key("follow.up", "up", "up", "Card before.", False),
    ),
    "proposals": (
        Key("proposals.next", "enter", "take up", "The plan holds the cards as they stand here.", shown_as="⏎"),
        Key("proposals.other", "space", "otherwise", "As proposed, as it was, or left out.", shown_as="Space"),
        Key("proposals.add", "a", "add", "A card more; those for what no card answers stand first."),
        Key(
            "proposals.afresh",
            "x",
            "new plan",
            "A new plan of the rules in place of the last one; {proposals.undo} takes it back.",
        ),
        Key("proposals.undo", "u", "undo", "Take back the last change of the plan."),
        Key("proposals.redo", "y", "redo", "Bring back what was undone.", False),
        Key("proposals.down", "down", "down", "Next card.", False),
        Key("proposals.up", "up", "up", "Card before.", False),
    ),
    "progress": (
        Key("progress.down", "down", "down", "Next measure.", False),
        Key("progress.up", "up", "up", "Measure before.", False),
        Key("progress.page_down", "pagedown", "page down", "A page further.", False),
        Key("progress.page_up", "pageup", "page up", "A page back.", False),
        Key("progress.evidence", "e", "evidence", "Norm, cut, error, basis and sources of this test."),
        Key("progress.plans", "p", "plans", "The plans kept so far."),
        Key("progress.back", "escape", "back", "Back to where you came from.", shown_as="Esc"),
    ),
    "devices": (
        Key("devices.only_here", "t", "this test", "The marked device for the test on screen alone."),
        Key("devices.new", "n", "new", "Keep a new device of the marked kind."),
        Key("devices.correct", "c", "correct", "The name and the last check of the marked device."),
        Key("devices.retire", "x", "out of use", "Take the marked device out of use, or back."),
    ),
    "second": (
        Key("second.next", "enter", "next", "Keep the value and go on.", shown_as="⏎"),
        Key("second.other", "slash", "other side", "Change to the other side.", shown_as="/"),
        Key("second.timer", "space", "timer", "Start and stop the stopwatch.", shown_as="Space"),
        Key("second.undo", "u", "undo", "Take back the last value of this page."),
        Key("second.back", "escape", "step", "Back to the step; what was read stays.", shown_as="Esc"),
        *_typing("second"),
        *VISIT[1:],
    ),
    "items": (
        Key("items.next", "enter", "next", "On; once all is answered, back to the step.", shown_as="⏎"),
        Key("items.yes", "y", "yes", "Yes to the marked line; 1 does the same.", False),
        Key("items.no", "o", "no", "No to the marked line; 0 does the same.", False),
        Key("items.none", "n", "none of the rest", "No, or 0, to every line still open."),
        Key("items.name", "a", "name activity", "Name the activity of the marked line, or correct its words."),
        Key("items.other", "slash", "other column", "Change between before and after standing.", shown_as="/"),
        Key("items.erase", "backspace", "erase", "Take the last digit away.", False),
        Key("items.undo", "u", "undo", "Take back the last answer on this page."),
        Key("items.back", "escape", "step", "Back to the step; what is open stays open.", shown_as="Esc"),
        Key("items.down", "down", "down", "Next line.", False),
        Key("items.up", "up", "up", "Line before.", False),
        *VISIT[1:],
    ),
    "cards": (
        Key("cards.take", "enter", "take", "Take the marked card.", shown_as="⏎"),
        Key("cards.down", "down", "down", "Next card.", False),
        Key("cards.up", "up", "up", "Card before.", False),
        Key("cards.page_down", "pagedown", "more", "More about the marked card.", shown_as="PgDn"),
        Key("cards.page_up", "pageup", "less", "Back to the top of the card.", False, "PgUp"),
        Key("cards.back", "escape", "back", "Clear the search; with nothing typed, back.", shown_as="Esc"),
        Key("cards.own_card", "f2", "own card", "A card of your own from the marked one: new, or in its place."),
        Key("cards.help", "f1", "help", "Help for this screen and all its keys."),
    ),
    "own_card": (
        Key("own_card.new_card", "n", "new card", "A new card, under a new id."),
        Key("own_card.in_place", "p", "in its place", "The same id, one version higher."),
    ),
    "card_editor": (
        Key("card_editor.keep", "f5,ctrl+s", "write", "Write the card, when nothing is wrong with it.", shown_as="F5"),
        Key("card_editor.other", "f3", "figure", "Start or finish, where one is shown alone."),
        Key("card_editor.fault", "f4", "fault", "Mark the first field that has to be put right."),
        Key("card_editor.undo", "f7,ctrl+z", "undo", "Take back the last change, any number.", shown_as="F7"),
        Key("card_editor.redo", "f8,ctrl+y", "redo", "Bring back what was undone.", False, "F8"),
        Key("card_editor.back", "escape", "back", "Back to the library; asks where something changed.", shown_as="Esc"),
        Key("card_editor.leave", "f10,ctrl+q", "quit", "Leave the instrument; asks first.", False, "F10"),
        Key("card_editor.help", "f1", "help", "Help for this screen and all its keys."),
    ),
    "vitals": (
        Key("vitals.down", "down", "down", "Next sign.", False),
        Key("vitals.up", "up", "up", "Sign before.", False),
        Key("vitals.first", "a", "yes", "Yes to the first red-flag question this pressure speaks to.", False),
        Key("vitals.second", "b", "yes", "Yes to the second red-flag question this pressure speaks to.", False),
    ),
    "templates": (Key("templates.drop", "d,delete", "out of use", "Take it out of use; asks first.", False, "d"),),
    "settings": (
        Key("settings.choose", "1,2,3,4,5,6,7,8,9", "change", "The next value of this line.", False, "1-9"),
        Key("settings.press", "p", "keys that arrive", "Names the keys that arrive, from a pedal, too."),
    ),
    "intended_use": (Key("intended_use.leave", "f10,ctrl+q", "quit", "Leave the instrument.", shown_as="F10"),),
    "dialog": (
        Key("dialog.accept", "enter", "accept", "Accept.", shown_as="⏎"),
        Key("dialog.close", "escape", "close", "Close and change nothing.", shown_as="Esc"),
        Key("dialog.down", "down", "down", "Next line, or on in a page.", False),
        Key("dialog.up", "up", "up", "Line before, or back in a page.", False),
    ),
}
KEYS["visit"] = VISIT


NAMES = {
    "app": "Everywhere",
    "visit": "In a visit",
    "unlock": "Opening the record",
    "lock": "Locked",
    "too_small": "A window too small",
    "first_key": "The first passphrase",
    "home": "Home",
    "keyring": "Passphrases",
    "recovery_code": "A new recovery code",
    "patient": "Patient",
    "intake": "Intake",
    "flags": "Red flags",
    "step": "Tests",
    "items": "A questionnaire",
    "patient_view": "Turned to the patient",
    "patient_step": "Turned to the patient: a test",
    "patient_stand": "Turned to the patient: the stand test",
    "along": "Exercising along",
    "second": "A second rater",
    "stand": "Stand test",
    "stand_help": "Help of the stand test",
    "vitals": "Vital signs",
    "devices": "Devices",
    "follow": "Follow-up",
    "findings": "Findings",
    "proposals": "What is proposed",
    "plan": "Plan",
    "check_in": "Check-in",
    "templates": "Plans of the clinic",
    "paper": "Paper",
    "progress": "Progress",
    "cards": "Library of exercises",
    "own_card": "A card of your own",
    "card_editor": "Card editor",
    "intended_use": "Before the first use",
    "settings": "Settings",
    "dialog": "A question over the screen",
}
"""What each place is called, in the order of the list of keys."""
_VISIT_PLACES = ("step", "stand", "intake", "flags", "follow", "findings", "proposals", "plan", "paper")
_OWN_PLACES = (
    "unlock", "lock", "too_small", "first_key", "home", "patient", "progress", "second", "items", "cards",
    "card_editor", "patient_view", "along",
)  # fmt: skip
_DIALOGS = (
    "devices",
    "stand_help",
    "check_in",
    "vitals",
    "templates",
    "own_card",
    "settings",
    "keyring",
    "recovery_code",
    "intended_use",
)
TOGETHER: tuple[tuple[str, ...], ...] = (
    *((place, "visit", "app") for place in _VISIT_PLACES),
    *((place, "app") for place in _OWN_PLACES),
    *((place, "patient_view", "app") for place in ("patient_step", "patient_stand")),
    *(("dialog", place) for place in _DIALOGS),
    ("dialog",),
)
"""Places whose keys are in force at the same time, one entry a screen."""
DIGITS = "0123456789"
TYPED = {
    **dict.fromkeys(("step", "second", "items", "stand", "vitals", "follow", "flags", "plan", "settings"), DIGITS),
    "intake": DIGITS + "abcdefghijklm",
}
"""Characters a place takes as what is typed, so that no key can be put on them."""
TEXT_PLACES = frozenset({"unlock", "first_key", "home", "cards", "card_editor", "dialog"})
"""Where a line of text may be open: every character is typed."""
STOP = "stand.stop"
FOLLOWS = {"lock.stop": STOP, "stand_help.stop": STOP, "patient_stand.stop": STOP}
"""Keys that are those of another id, always."""


def every_key() -> dict[str, Key]:
    """Each key by its id, in the order declared."""
    return {key.id: key for place in NAMES for key in KEYS[place]}


def bindings(*places: str) -> list[BindingType]:
    """The bindings of one or more places, in the order they are shown."""
    from textual.binding import Binding  # the list of keys is read without Textual, too

    return [
        Binding(
            key.keys,
            key.id.split(".")[1],
            key.label,
            show=key.show,
            key_display=key.shown_as or (key.keys.upper() if key.keys[1:].isdigit() else None),
            tooltip=key.help,
            id=key.id,
            priority=key.priority,
        )
        for place in places
        for key in KEYS[place]
    ]
