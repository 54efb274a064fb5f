"""LSTM, GRU, RNN: hidden size 16, input size 8. W has gates * 16 rows, one slice per direction."""

from .case import Case, cases

_GATES = {"RNN": 1, "GRU": 3, "LSTM": 4}


def _cell(op: str) -> list[Case]:
    gates = _GATES[op]
    states = 3 if op == "LSTM" else 2
    one = f"f32[1,{gates * 16},8] f32[1,{gates * 16},16]"
    two = f"f32[2,{gates * 16},8] f32[2,{gates * 16},16]"
    return [
        *cases(op, (7, 14), f"f32[10,2,8] {one}", outputs=states, hidden_size=16),
        *cases(op, 14, f"f32[T,N,8] {one}", outputs=states, hidden_size=16),
        *cases(op, 14, f"f32[10,N,8] {two}", outputs=states, hidden_size=16, direction="bidirectional"),
        *cases(op, 14, f"f32[10,2,8] {one} f32[1,{gates * 32}]", outputs=1, hidden_size=16, direction="reverse"),
        *cases(op, 14, f"f32[N,10,8] {one}", outputs=states, hidden_size=16, layout=1),
        *cases(op, 14, f"f32[2,T,8] {two}", outputs=states, hidden_size=16, layout=1, direction="bidirectional"),
        *cases(op, 22, f"f32[10,2,8] {one}", outputs=["", "y1"], hidden_size=16),
        *cases(op, 7, [*f"f32[10,2,8] {one}".split(), None, "i32[2]", "f32[1,2,16]"], outputs=states, hidden_size=16),
        *cases(op, 7, f"f32[10,2,8] {one}", outputs=states),
    ]


CASES: list[Case] = [case for op in _GATES for case in _cell(op)]
