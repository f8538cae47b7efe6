from schouw_agent.recognition.check_digits import eleven_test, luhn, mod97


def test_check_digits():
    assert eleven_test("999990019")
    assert not eleven_test("999990010")
    assert not eleven_test("000000000")
    assert luhn("490154203237518")
    assert not luhn("490154203237519")
    assert mod97("GB33BUKB20201555555555")
    assert not mod97("GB34BUKB20201555555555")
