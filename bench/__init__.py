"""Our figures beside the machine's own limit, in one run: `make bench`, or `python -m bench --help`.

Speed means little without what the same machine does with nothing in the way. So a bare Flask application that serves a
page and inserts one row per answer (`floor_app`) runs under the same server, on the same database with the same
durability, before and after ours, and every figure is printed with its target and with that limit. Nothing is kept:
figures are printed, with `--json` one JSON document a line.

    machine      what this machine is, and how restless it is just now
    processes    CPU and memory of a server and all its processes
    driving      respondents: closed loop, each on a line of its own
    journeys     page, tap and thanks per second; CPU and memory meanwhile
    weight       bytes and requests of the first page and of a whole journey, in Chromium
    bot          signed texts answered per second; milliseconds and memory of understanding one
    havens       the nearest open of ten thousand Safe Havens
    asking       `insights results` at few and at many responses; loading them; `insights verify`
    tallies      what keeping the tallies costs a tap
    durability   the whole of tests/durability
"""
