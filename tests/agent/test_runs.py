"""The payloads of runs, in one buffer, are those of their messages."""

from hypothesis import given
from hypothesis import strategies as st

from schouw_agent.runs import GrowingRun, Payloads, Run

LENGTHS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 40)), min_size=1, max_size=9)


@given(st.lists(LENGTHS, min_size=1, max_size=4), st.integers(0, 999))
def test_payloads_of_runs_are_those_of_their_messages(
    of_runs: list[list[tuple[int, int]]], position: int
) -> None:
    messages: list[Run] = []
    for lengths in of_runs:
        octets = bytes(i % 251 for i in range(sum(map(sum, lengths))))
        run = GrowingRun("mqtt", "publish", [{"topic": "a"}, {"topic": "b"}], octets, position)
        add_which, add_begin, add_stop = run.appenders()
        stop = 0
        for before, size in lengths:
            add_which(size % 2)
            add_begin(stop + before)
            stop += before + size
            add_stop(stop)
        run.into(messages)
        run.into(messages)
    assert len(messages) == len(of_runs)
    alone = [message for run in messages for message in run.messages()]
    together = Payloads.of_runs(messages)
    assert together.one_by_one(slice(None)) == [each.payload for each in alone]
    assert [each.end for each in alone] == [end for run in messages for end in run.ends.tolist()]
    assert [len(each.payload) for each in alone] == [size for ls in of_runs for _, size in ls]
    assert {each.fields["topic"] for each in alone} <= {"a", "b"}
    # What several runs share is joined once.
    again = Payloads.of_runs([*messages, *messages])
    assert again.octets == together.octets
    assert again.begin.tolist() == together.begin.tolist() * 2
    separate = Payloads.of([each.payload for each in alone])
    assert separate.one_by_one(slice(None)) == [each.payload for each in alone]
