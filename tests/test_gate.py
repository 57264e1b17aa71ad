"""A crowd at the gate does not hold up what else the event loop has to do, and each passes in its turn."""

import asyncio

from publisher.web.gate import Gate


def test_who_comes_alone_passes_at_once() -> None:
    async def run() -> None:
        gate = Gate()
        for _ in range(3):
            entering = gate.enter()
            try:
                entering.send(None)
            except StopIteration:
                pass
            else:
                raise AssertionError("it waits")
            await asyncio.sleep(0)

    asyncio.run(run())


def test_in_each_round_one_passes_and_all_else_goes_on() -> None:
    async def run() -> None:
        gate, came = Gate(), []

        async def ask(number: int) -> None:
            await gate.enter()
            came.append(number)

        crowd = [asyncio.create_task(ask(number)) for number in range(20)]
        rounds = 0
        while not all(task.done() for task in crowd):
            before = len(came)
            await asyncio.sleep(0)
            rounds += 1
            assert len(came) - before <= 1
            assert rounds < 200
        assert came == list(range(20))

    asyncio.run(run())


def test_who_leaves_before_the_gate_holds_up_nobody() -> None:
    async def run() -> None:
        gate = Gate()
        first, second, third = (asyncio.create_task(gate.enter()) for _ in range(3))
        await asyncio.sleep(0)
        second.cancel()
        await asyncio.wait_for(asyncio.gather(first, third), 5)
        await asyncio.wait_for(gate.enter(), 5)

    asyncio.run(run())
