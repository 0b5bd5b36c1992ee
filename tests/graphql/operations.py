"""Every query and mutation: whose permissions it needs, and a question that does something in any store.

Whoever adds one adds its line here: `test_permissions.py` asks it of the sandbox's schema, `host_contract` of whole
stores. Imports nothing of ours, so that the tests of any store may read it. In the questions EVENT, NUMBER, SCENARIO,
INVOCATION and KEY stand for the global ids (and the event's number) of what a test has made, RECEIVER for an address.
"""

from __future__ import annotations

from collections.abc import Mapping

DEFINE, CUSTOMERS, OPERATE = "MANAGE_DISCOUNTS", "MANAGE_USERS", "MANAGE_PLUGINS"

#: Field → the permissions that the contract asks for, and a question that is answered to whoever has them.
QUERIES: Mapping[str, tuple[frozenset[str], str]] = {
    "customEvents": (frozenset({DEFINE}), "(first: 1) { edges { node { id } } }"),
    "customEvent": (frozenset({DEFINE}), '(id: "EVENT") { id }'),
    "customEventScenarios": (frozenset({DEFINE}), "(first: 1) { edges { node { id } } }"),
    "customEventScenario": (frozenset({DEFINE}), '(id: "SCENARIO") { id }'),
    "customEventScenarioCheck": (
        frozenset({DEFINE}),
        '(id: "SCENARIO", draft: {spec: 1, starts: [], steps: []}) { problems { code } }',
    ),
    "customEventScenarioDiff": (frozenset({DEFINE}), '(id: "SCENARIO", from: 1) { isEmpty }'),
    "customEventScenarioExport": (frozenset({DEFINE}), '(id: "SCENARIO")'),
    "customEventScenarioResults": (
        frozenset({DEFINE}),
        '(id: "SCENARIO", from: "2026-01-01T00:00:00Z", to: "2026-02-01T00:00:00Z") { version }',
    ),
    "customEventInvocations": (frozenset({DEFINE}), "(first: 1) { edges { node { id } } }"),
    "customEventInvocation": (frozenset({DEFINE}), '(id: "INVOCATION") { id }'),
    "customEventExplain": (
        frozenset({DEFINE, CUSTOMERS}),
        '(email: "anna@example.com", customEventId: NUMBER, from: "2026-01-01T00:00:00Z", to: "2099-01-01T00:00:00Z")'
        " { findings { code } }",
    ),
    "customEventCustomer": (frozenset({DEFINE, CUSTOMERS}), '(id: "VXNlcjox") { id }'),
    "customEventKeys": (frozenset({OPERATE}), "(first: 1) { edges { node { id } } }"),
    "customEventActions": (frozenset({DEFINE}), "{ name }"),
    "customEventReadyScenarios": (frozenset({DEFINE}), "{ name }"),
    "customEventHappenings": (frozenset({DEFINE}), "{ kind }"),
    "customEventReplays": (frozenset({DEFINE, CUSTOMERS}), "{ number }"),
    "customEventSettings": (frozenset({DEFINE}), "{ publicUrlInUse }"),
    "customEventErasures": (frozenset({DEFINE, CUSTOMERS}), "{ id }"),
    "customEventReveals": (frozenset({DEFINE, CUSTOMERS}), "(first: 1) { edges { node { by } } }"),
    "customEventViewer": (frozenset(), "{ name }"),
    "customEventHealth": (frozenset({DEFINE}), "{ now }"),
    "customEventLogCsv": (frozenset({DEFINE, CUSTOMERS}), "(language: PL) { text }"),
    "customEventMailPreview": (
        frozenset({DEFINE}),
        '(input: {scenario: "SCENARIO", event: "EVENT", settings: {subject: "Hi", text: "Hello"}}) { subject }',
    ),
}

#: What goes to the person who asks: apps are refused.
FOR_PEOPLE = frozenset({"customEventTestMail"})

MUTATIONS: Mapping[str, tuple[frozenset[str], str]] = {
    "customEventTestMail": (
        frozenset({DEFINE}),
        '(input: {scenario: "SCENARIO", event: "EVENT", settings: {subject: "Hi", text: "Hello"}})',
    ),
    "customEventTestWebhook": (
        frozenset({DEFINE, CUSTOMERS}),
        '(input: {scenario: "SCENARIO", event: "EVENT", settings: {url: "RECEIVER"}})',
    ),
    "customEventCreate": (frozenset({DEFINE}), '(input: {name: "New"})'),
    "customEventUpdate": (frozenset({DEFINE}), '(id: "EVENT", input: {name: "Other"})'),
    "customEventArchive": (frozenset({DEFINE}), '(id: "EVENT")'),
    "customEventRestore": (frozenset({DEFINE}), '(id: "EVENT")'),
    "customEventPause": (frozenset({DEFINE}), '(id: "EVENT")'),
    "customEventResume": (frozenset({DEFINE}), '(id: "EVENT")'),
    "customEventPauseAll": (frozenset({OPERATE}), ""),
    "customEventResumeAll": (frozenset({OPERATE}), ""),
    "customEventActionPause": (frozenset({OPERATE}), '(name: "send_email")'),
    "customEventActionResume": (frozenset({OPERATE}), '(name: "send_email")'),
    "customEventSettingsUpdate": (frozenset({OPERATE}), '(input: {senderName: ""})'),
    "customEventFire": (
        frozenset({DEFINE, CUSTOMERS}),
        '(input: {customEventId: NUMBER, customerEmail: "ewa@example.com"})',
    ),
    "customEventScenarioCreate": (frozenset({DEFINE}), '(input: {name: "New"})'),
    "customEventScenarioUpdate": (frozenset({DEFINE}), '(id: "SCENARIO", revision: 1, input: {name: "Other"})'),
    "customEventScenarioDuplicate": (frozenset({DEFINE}), '(id: "SCENARIO")'),
    "customEventScenarioPublish": (frozenset({DEFINE}), '(id: "SCENARIO")'),
    "customEventScenarioRevert": (frozenset({DEFINE}), '(id: "SCENARIO", version: 1, revision: 1)'),
    "customEventScenarioPause": (frozenset({DEFINE}), '(id: "SCENARIO")'),
    "customEventScenarioResume": (frozenset({DEFINE}), '(id: "SCENARIO")'),
    "customEventScenarioArchive": (frozenset({DEFINE}), '(id: "SCENARIO")'),
    "customEventScenarioImport": (
        frozenset({DEFINE}),
        '(input: {apply: true, file: {scenarioFile: 1, name: "New", events: [{slug: "new", name: "New"}], definition: '
        '{spec: 1, starts: [{id: "start", type: "customEvent", event: "new"}], steps: []}}})',
    ),
    "customEventKeyCreate": (frozenset({OPERATE}), '(input: {name: "New", type: SERVER})'),
    "customEventKeyUpdate": (frozenset({OPERATE}), '(id: "KEY", input: {name: "Other"})'),
    "customEventKeyRevoke": (frozenset({OPERATE}), '(id: "KEY")'),
    "customEventInvocationCancel": (frozenset({DEFINE, CUSTOMERS}), '(id: "INVOCATION")'),
    "customEventInvocationRetry": (
        frozenset({DEFINE, CUSTOMERS}),
        '(id: "INVOCATION", version: ORIGINAL, from: FAILED_STEP)',
    ),
    "customEventReplay": (
        frozenset({DEFINE, CUSTOMERS}),
        '(preview: false, version: ORIGINAL, filter: {event: "EVENT", status: CANCELLED, '
        'created: {gte: "2026-01-01T00:00:00Z"}})',
    ),
    "customEventReplayStop": (frozenset({DEFINE, CUSTOMERS}), '(number: "1")'),
    "customEventCustomerErase": (
        frozenset({DEFINE, CUSTOMERS}),
        '(input: {email: "nobody-at-all@example.com"}, preview: true)',
    ),
    "customEventCustomerExport": (frozenset({DEFINE, CUSTOMERS}), '(input: {email: "nobody-at-all@example.com"})'),
    "customEventScenarioTestMany": (frozenset({DEFINE, CUSTOMERS}), '(id: "SCENARIO", input: {last: 5})'),
    "customEventScenarioTest": (
        frozenset({DEFINE}),
        '(id: "SCENARIO", input: {occurrence: {customEventId: NUMBER, customerEmail: "ewa@example.com"}})',
    ),
}
