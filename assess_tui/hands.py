"""Ready keys for one hand: what the tests and the stand test use, on the left or the right half of a QWERTY keyboard.

Digits stay where they are, on the row above or the number pad. What a layout does not name keeps its keys.
"""

from __future__ import annotations

from collections.abc import Mapping

LEFT: Mapping[str, str] = {
    "step.next": "space,enter",
    "step.other": "s,slash",
    "step.timer": "w",
    "step.undo": "z,u",
    "step.redo": "Z,y",
    "step.not_tested": "a,n",
    "step.pain": "d,p",
    "step.compensated": "r,k",
    "step.same": "S,equals_sign",
    "step.sore": "A,o",
    "step.devices": "R",
    "step.items": "T,i",
    "step.previous": "Q,left,pageup",
    "step.following": "W,right,pagedown",
    "step.more": "G,up",
    "step.less": "B,down",
    "step.bell": "E,m",
    "step.history": "ctrl+e",
    "step.minus": "V,minus",
    "step.point": "C,full_stop,comma",
    "step.half": "F,h",
    "step.erase": "X,backspace",
    "second.next": "space,enter",
    "second.other": "s,slash",
    "second.timer": "w",
    "second.undo": "z,u",
    "second.minus": "V,minus",
    "second.point": "C,full_stop,comma",
    "second.half": "F,h",
    "second.erase": "X,backspace",
    "items.next": "space,enter",
    "items.yes": "f,y",
    "items.no": "g,o",
    "items.none": "a,n",
    "items.name": "t",
    "items.other": "s,slash",
    "items.undo": "z,u",
    "items.erase": "X,backspace",
    "items.up": "G,up",
    "items.down": "B,down",
    "visit.patient_view": "f11,D",
    "stand.next": "space,enter",
    "stand.tick": "w",
    "stand.missing": "a,n",
    "stand.undo": "z,u",
    "stand.back": "Q,left,pageup",
    "stand.minutes": "t,m",
    "stand.yes": "f,y",
    "stand.other": "g,o",
    "stand.up": "G,up",
    "stand.down": "B,down",
    "stand.erase": "X,backspace",
}
RIGHT: Mapping[str, str] = {
    "step.refused": "P,x",
    "step.contraindicated": "M,c",
    "step.stop_test": "j,q",
    "step.familiar": "l,f",
    "step.note": "N,t",
    "step.vitals": "H,v",
    "step.devices": "I,r",
    "step.second": "K,b",
    "step.evidence": "L,e",
    "step.jump": "O,g",
    "step.history": "Y,w",
    "items.name": "m,a",
    "stand.stop": "l,s,S",
    "stand.again": "i,r",
    "stand.bell": "j,b",
    "stand.dizzy": "k,d",
    "stand.oxygen": "h,v",
    "stand.evidence": "p,e",
}
LAYOUTS: Mapping[str, Mapping[str, str]] = {"both": {}, "left": LEFT, "right": RIGHT}
EITHER = frozenset({"space", "escape", *(f"f{number}" for number in range(1, 13))})
"""Keys of the long rows above and below, which each hand reaches."""
HALVES: Mapping[str, frozenset[str]] = {
    "left": EITHER | frozenset("qwertasdfgzxcvbQWERTASDFGZXCVB") | {f"ctrl+{key}" for key in "qwertasdfgzxcvb"},
    "right": EITHER
    | frozenset("yuiophjklnmYUIOPHJKLNM")
    | {"enter", "backspace", "minus", "equals_sign", "slash", "full_stop", "comma", "question_mark"}
    | {"up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete"},
}
"""The keys of each half, the arrows and the number pad with the right one."""
