"""Every limit of a scenario, in one place."""

#: Steps of one definition, and start points.
MAX_STEPS = 200
MAX_STARTS = 10
#: Nesting of and/or/not, and comparisons of one condition.
MAX_CONDITION_DEPTH = 10
MAX_COMPARISONS = 100
MAX_BRANCHES = 20
#: Visits of steps in one invocation. Definitions have no loops, so this is a second lock on the door.
MAX_VISITS = 400
#: Occurrences fired by scenarios that were started by occurrences fired by scenarios …
MAX_HOPS = 5
#: Longest wait, in days.
MAX_WAIT_DAYS = 400
#: Bytes of a definition's JSON.
MAX_DEFINITION = 256 * 1024
#: Characters of one template, and of what it may give.
MAX_TEMPLATE = 64 * 1024
MAX_RENDERED = 256 * 1024
#: Loop iterations in one template, all loops together.
MAX_TEMPLATE_LOOPS = 1000
