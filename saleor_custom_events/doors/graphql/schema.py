"""Our queries and mutations: as mixins that a host joins to its own schema, and as the schema at `graphql/`."""

from __future__ import annotations

import graphene

from saleor_custom_events.doors.graphql import (
    event_mutations,
    inputs,
    invocation_mutations,
    queries,
    scenario_mutations,
)
from saleor_custom_events.doors.graphql.action_types import CustomEventAction, resolve_actions
from saleor_custom_events.doors.graphql.check_query import resolve_check
from saleor_custom_events.doors.graphql.csv_type import CustomEventCsv, resolve_csv
from saleor_custom_events.doors.graphql.customer_types import CustomEventCustomer, resolve_customer
from saleor_custom_events.doors.graphql.dry_run import CustomEventScenarioTest
from saleor_custom_events.doors.graphql.enums import LanguageEnum
from saleor_custom_events.doors.graphql.event_types import (
    CustomEvent,
    CustomEventConnection,
    CustomEventKeyConnection,
)
from saleor_custom_events.doors.graphql.file_types import CustomEventScenarioImport, resolve_export
from saleor_custom_events.doors.graphql.fire_mutation import CustomEventFire
from saleor_custom_events.doors.graphql.happening_types import CustomEventHappeningKind, resolve_happening_kinds
from saleor_custom_events.doors.graphql.history_types import CustomEventScenarioDiff, resolve_diff
from saleor_custom_events.doors.graphql.log_types import (
    CustomEventExplanation,
    CustomEventInvocation,
    CustomEventInvocationConnection,
)
from saleor_custom_events.doors.graphql.pages import connection_field, required_list
from saleor_custom_events.doors.graphql.pause_types import (
    CustomEventActionPause,
    CustomEventActionResume,
    CustomEventPauseAll,
    CustomEventPauseEvent,
    CustomEventResumeAll,
    CustomEventResumeEvent,
)
from saleor_custom_events.doors.graphql.privacy_types import (
    CustomEventCustomerErase,
    CustomEventCustomerExport,
    CustomEventErasure,
    CustomEventRevealConnection,
    resolve_erasures,
    resolve_reveals,
)
from saleor_custom_events.doors.graphql.ready_types import CustomEventReadyScenario, resolve_ready
from saleor_custom_events.doors.graphql.replaying import (
    CustomEventReplay,
    CustomEventReplayRecord,
    CustomEventReplayStop,
    resolve_replays,
)
from saleor_custom_events.doors.graphql.results_types import CustomEventScenarioResults, resolve_results
from saleor_custom_events.doors.graphql.scalars import CustomEventJSON, date_time
from saleor_custom_events.doors.graphql.scenario_types import (
    CustomEventScenario,
    CustomEventScenarioCheck,
    CustomEventScenarioConnection,
)
from saleor_custom_events.doors.graphql.settings_types import (
    CustomEventSettings,
    CustomEventSettingsUpdate,
    resolve_settings,
)
from saleor_custom_events.doors.graphql.trial_mail import (
    CustomEventMailPreview,
    CustomEventTestMail,
    CustomEventTestMailInput,
    resolve_mail_preview,
)
from saleor_custom_events.doors.graphql.trial_webhook import CustomEventTestWebhook
from saleor_custom_events.doors.graphql.trying_many import CustomEventScenarioTestMany
from saleor_custom_events.doors.graphql.viewing import (
    CustomEventHealth,
    CustomEventViewer,
    resolve_health,
    resolve_viewer,
)


class CustomEventQueries(graphene.ObjectType):
    """The queries. Every field has its resolver, so that a host may copy them one by one."""

    custom_events = connection_field(
        CustomEventConnection,
        resolver=queries.resolve_events,
        description="Custom events.",
        filter=inputs.CustomEventFilterInput(),
        sort_by=inputs.CustomEventSortingInput(),
    )
    custom_event = graphene.Field(
        CustomEvent,
        resolver=queries.resolve_event,
        description="One custom event, by exactly one of its names.",
        id=graphene.ID(),
        number=graphene.Int(),
        slug=graphene.String(),
    )
    custom_event_scenarios = connection_field(
        CustomEventScenarioConnection,
        resolver=queries.resolve_scenarios,
        description="Scenarios.",
        filter=inputs.CustomEventScenarioFilterInput(),
        sort_by=inputs.CustomEventScenarioSortingInput(),
    )
    custom_event_scenario = graphene.Field(
        CustomEventScenario,
        resolver=queries.resolve_scenario,
        description="One scenario, by exactly one of its names.",
        id=graphene.ID(),
        number=graphene.Int(),
    )
    custom_event_scenario_check = graphene.Field(
        CustomEventScenarioCheck,
        required=True,
        resolver=resolve_check,
        description="What publishing would say of a draft that is not saved. One a request.",
        id=graphene.ID(required=True),
        draft=graphene.Argument(CustomEventJSON, required=True),
    )
    custom_event_scenario_diff = graphene.Field(
        CustomEventScenarioDiff,
        required=True,
        resolver=resolve_diff,
        description="What differs between two versions of a scenario, step by step.",
        id=graphene.ID(required=True),
        before=graphene.Argument(graphene.Int, required=True, name="from", description="A version's number."),
        after=graphene.Int(name="to", description="A version's number; null: the draft."),
    )
    custom_event_scenario_results = graphene.Field(
        CustomEventScenarioResults,
        resolver=resolve_results,
        description="How far the runs of a version came, step by step, that were made in a time of up to 366 days. The "
        "time is widened to whole hours. Null where there is no such version.",
        id=graphene.ID(required=True),
        version=graphene.Int(description="A version's number; null: the one that is published."),
        since=graphene.Argument(date_time(), required=True, name="from"),
        until=graphene.Argument(date_time(), required=True, name="to"),
    )
    custom_event_scenario_export = graphene.Field(
        CustomEventJSON,
        required=True,
        resolver=resolve_export,
        description="A scenario as a file, with slugs in the place of events' numbers: `customEventScenarioImport` "
        "takes it, in this store or another.",
        id=graphene.ID(required=True),
        version=graphene.Int(description="A version's number; null: the draft."),
    )
    custom_event_invocations = connection_field(
        CustomEventInvocationConnection,
        resolver=queries.resolve_invocations,
        description="The log, of one event, one scenario or all; newest first.",
        filter=inputs.CustomEventInvocationFilterInput(),
    )
    custom_event_invocation = graphene.Field(
        CustomEventInvocation,
        resolver=queries.resolve_invocation,
        description="One row of the log, by exactly one of its names.",
        id=graphene.ID(),
        number=graphene.String(),
    )
    custom_event_explain = graphene.Field(
        CustomEventExplanation,
        resolver=queries.resolve_explanation,
        description="Why did nothing happen? The decisions for one customer, event and time.",
        email=graphene.String(required=True),
        custom_event_id=graphene.Int(description="The event by its number …"),
        custom_event=graphene.String(description="… or by its slug."),
        since=graphene.Argument(date_time(), required=True, name="from"),
        until=graphene.Argument(date_time(), required=True, name="to"),
    )
    custom_event_customer = graphene.Field(
        CustomEventCustomer,
        resolver=resolve_customer,
        description="A customer of the store: whose log is open. Needs the permission to see customers.",
        id=graphene.ID(required=True),
    )
    custom_event_keys = connection_field(
        CustomEventKeyConnection, resolver=queries.resolve_keys, description="Keys that may fire, newest first."
    )
    custom_event_actions = required_list(
        CustomEventAction,
        resolver=resolve_actions,
        description="The actions that scenarios may take, and the form of their settings.",
    )
    custom_event_happenings = required_list(
        CustomEventHappeningKind,
        resolver=resolve_happening_kinds,
        description="What may happen in the store and fire events, and the data fields it comes with.",
    )
    custom_event_ready_scenarios = required_list(
        CustomEventReadyScenario,
        resolver=resolve_ready,
        description="Scenarios to start from; `customEventScenarioCreate` takes their names.",
    )
    custom_event_replays = required_list(
        CustomEventReplayRecord, resolver=resolve_replays, description="The latest 50 bulk replays, newest first."
    )
    custom_event_settings = graphene.Field(
        CustomEventSettings,
        required=True,
        resolver=resolve_settings,
        description="The plugin's settings, the operator's, and what is paused. Needs what seeing definitions needs.",
    )
    custom_event_erasures = required_list(
        CustomEventErasure,
        resolver=resolve_erasures,
        description="Certificates of customers who were erased, the latest 50, newest first.",
        ids=graphene.List(graphene.NonNull(graphene.ID), description="Only these."),
    )
    custom_event_reveals = connection_field(
        CustomEventRevealConnection,
        resolver=resolve_reveals,
        description="Who saw customers' e-mails and data fields, newest first.",
        email=graphene.String(description="Those who asked for this address."),
    )
    custom_event_viewer = graphene.Field(
        CustomEventViewer, required=True, resolver=resolve_viewer, description="Who asks, and what they may do."
    )
    custom_event_health = graphene.Field(
        CustomEventHealth,
        required=True,
        resolver=resolve_health,
        description="Whether scenarios run at all. Needs what seeing definitions needs.",
    )
    custom_event_log_csv = graphene.Field(
        CustomEventCsv,
        required=True,
        resolver=resolve_csv,
        description="A part of the log as CSV, newest first. One a request; needs the permission to see customers.",
        filter=inputs.CustomEventInvocationFilterInput(),
        language=graphene.Argument(LanguageEnum, required=True),
        after=graphene.String(description="`endCursor` of the part before."),
    )
    custom_event_mail_preview = graphene.Field(
        CustomEventMailPreview,
        required=True,
        resolver=resolve_mail_preview,
        description="The mail of an action as a customer would get it; nothing is sent.",
        input=graphene.Argument(CustomEventTestMailInput, required=True),
    )


class CustomEventMutations(graphene.ObjectType):
    """The mutations."""

    custom_event_create = event_mutations.CustomEventCreate.Field()
    custom_event_update = event_mutations.CustomEventUpdate.Field()
    custom_event_archive = event_mutations.CustomEventArchive.Field()
    custom_event_pause = CustomEventPauseEvent.Field()
    custom_event_resume = CustomEventResumeEvent.Field()
    custom_event_pause_all = CustomEventPauseAll.Field()
    custom_event_resume_all = CustomEventResumeAll.Field()
    custom_event_action_pause = CustomEventActionPause.Field()
    custom_event_action_resume = CustomEventActionResume.Field()
    custom_event_settings_update = CustomEventSettingsUpdate.Field()
    custom_event_restore = event_mutations.CustomEventRestore.Field()
    custom_event_fire = CustomEventFire.Field()
    custom_event_scenario_create = scenario_mutations.CustomEventScenarioCreate.Field()
    custom_event_scenario_update = scenario_mutations.CustomEventScenarioUpdate.Field()
    custom_event_scenario_duplicate = scenario_mutations.CustomEventScenarioDuplicate.Field()
    custom_event_scenario_publish = scenario_mutations.CustomEventScenarioPublish.Field()
    custom_event_scenario_revert = scenario_mutations.CustomEventScenarioRevert.Field()
    custom_event_scenario_pause = scenario_mutations.CustomEventScenarioPause.Field()
    custom_event_scenario_resume = scenario_mutations.CustomEventScenarioResume.Field()
    custom_event_scenario_archive = scenario_mutations.CustomEventScenarioArchive.Field()
    custom_event_scenario_import = CustomEventScenarioImport.Field()
    custom_event_scenario_test = CustomEventScenarioTest.Field()
    custom_event_scenario_test_many = CustomEventScenarioTestMany.Field()
    custom_event_test_mail = CustomEventTestMail.Field()
    custom_event_test_webhook = CustomEventTestWebhook.Field()
    custom_event_key_create = event_mutations.CustomEventKeyCreate.Field()
    custom_event_key_update = event_mutations.CustomEventKeyUpdate.Field()
    custom_event_key_revoke = event_mutations.CustomEventKeyRevoke.Field()
    custom_event_invocation_cancel = invocation_mutations.CustomEventInvocationCancel.Field()
    custom_event_invocation_retry = invocation_mutations.CustomEventInvocationRetry.Field()
    custom_event_replay = CustomEventReplay.Field()
    custom_event_replay_stop = CustomEventReplayStop.Field()
    custom_event_customer_erase = CustomEventCustomerErase.Field()
    custom_event_customer_export = CustomEventCustomerExport.Field()


class Query(CustomEventQueries):
    """Of our own schema: nothing but custom events."""


class Mutation(CustomEventMutations):
    """Of our own schema: nothing but custom events."""


schema = graphene.Schema(query=Query, mutation=Mutation)
