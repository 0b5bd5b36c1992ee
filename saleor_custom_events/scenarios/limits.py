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
#: Longest "within the last …" of a comparison, in days.
MAX_SPAN_DAYS = 3660
#: Branches of a random split, and the weight of one.
MIN_SPLIT, MAX_SPLIT = 2, 20
MAX_WEIGHT = 1000
#: Exit rules of one scenario.
MAX_EXITS = 10
#: Characters of what a step puts into a variable; of a comment.
MAX_VARIABLE = 2000
MAX_COMMENT = 2000
#: Occurrences of one customer's event that a wait looks at, the latest ones.
MAX_HAPPENED = 200
#: Begins within a period that a start point's flow control counts.
MAX_FLOW_COUNT = 1_000_000
#: Bytes of a definition's JSON, and its nesting: what goes deeper breaks other people's JSON readers.
MAX_DEFINITION = 256 * 1024
MAX_JSON_DEPTH = 64
#: Digits before and after the point of a number that a condition compares with (those of a data field).
MAX_DIGITS = 30
#: Characters of a text that a condition compares with; of a label.
MAX_TEXT = 2000
MAX_LABEL = 250
#: Values of one `oneOf`.
MAX_VALUES = 100
#: Characters of one template, and of what it may give.
MAX_TEMPLATE = 64 * 1024
MAX_RENDERED = 256 * 1024
#: Loop iterations in one template, all loops together.
MAX_TEMPLATE_LOOPS = 1000
#: Characters of one tag or output, and of white space in a row within it.
MAX_TEMPLATE_TAG = 1000
MAX_TEMPLATE_BLANKS = 100
#: Nodes (tags, outputs, texts between them) of one template.
MAX_TEMPLATE_NODES = 2000
#: What rendering may cost: names looked up, filters applied, and 64 characters of what a filter gives, count 1 each.
MAX_TEMPLATE_WORK = 100_000
#: Characters of rendered settings after which a dry run goes no further.
MAX_FORESEEN = 1024 * 1024
