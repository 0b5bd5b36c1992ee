import { HelpCircle } from "lucide-react";
import { paths, useGo, useKept } from "@/lib/routing";
import { useTexts } from "@/lib/texts";
import { CsvButton } from "@/modules/log/csv-button";
import { askAboutLog } from "@/modules/log/explaining";
import { filterInput, isLogState, type LogState, NO_FILTERS, type Scope } from "@/modules/log/filters";
import { InvocationWindow } from "@/modules/log/invocation-window";
import { LogList } from "@/modules/log/log-list";
import { LogNotices } from "@/modules/log/log-notices";
import { log } from "@/modules/log/messages";
import { ReplayButton } from "@/modules/log/replay/replay-button";
import { pathOf, type Subject, useSubject } from "@/modules/log/use-subject";
import { CustomerMenu } from "@/modules/privacy/customer-menu";
import { Button } from "@/ui/button";
import { Link } from "@/ui/link";
import { Empty, FailureNotice, Loading } from "@/ui/notice";
import { Page } from "@/ui/page";
import { common } from "@/words/words";

interface Props {
  readonly event?: number;
  readonly scenario?: number;
  /** Open in its window over the log that it was opened from. */
  readonly invocation?: string;
}

export default function LogPage({ event, scenario, invocation }: Props) {
  const say = useTexts(log);
  const sayCommon = useTexts(common);
  const go = useGo();
  const kept = useKept(isLogState);
  const scope: Scope = invocation === undefined ? { event, scenario } : (kept?.scope ?? {});
  const state: LogState = {
    kind: "log",
    scope,
    filters: kept?.filters ?? NO_FILTERS,
    slice: kept?.slice ?? {},
  };
  const subject = useSubject(scope);
  const filter = filterInput(state.filters, subject.ids);
  return (
    <Page
      title={say("title")}
      subtitle={<SubjectLine subject={subject} />}
      actions={
        <>
          <Button
            icon={<HelpCircle size={16} aria-hidden />}
            onClick={() => go(paths.why, { state: askAboutLog(state, subject.event) })}
          >
            {sayCommon("why")}
          </Button>
          <ReplayButton
            filters={state.filters}
            subject={subject}
            disabled={!subject.isKnown || Boolean(subject.isGone)}
          />
          <CustomerMenu filters={state.filters} />
          {/* Before it is known whose log this is, the filter says nothing of it: the file would have everybody's rows. */}
          <CsvButton filter={filter} of={nameOf(subject)} disabled={!subject.isKnown || subject.isGone} />
        </>
      }
    >
      <LogNotices subject={subject} />
      {subject.isGone ? <Gone scope={scope} /> : <Known subject={subject} state={state} />}
      {invocation !== undefined && (
        <InvocationWindow
          key={invocation}
          number={invocation}
          state={state}
          onClose={() => go(pathOf(scope), { replace: true, state })}
        />
      )}
    </Page>
  );
}

function Known({ subject, state }: { readonly subject: Subject; readonly state: LogState }) {
  if (subject.isKnown) return <LogList subject={subject} state={state} />;
  return subject.failure ? <FailureNotice failure={subject.failure} onRetry={subject.reload} /> : <Loading />;
}

function SubjectLine({ subject }: { readonly subject: Subject }) {
  const say = useTexts(log);
  const { event, scenario } = subject;
  if (event)
    return <Link to={paths.event(event.number)}>{say("ofEvent", { number: event.number, name: event.name })}</Link>;
  if (scenario)
    return (
      <Link to={paths.scenario(scenario.number)}>
        {say("ofScenario", { number: scenario.number, name: scenario.name })}
      </Link>
    );
  return <>{say("allEvents")}</>;
}

function Gone({ scope }: { readonly scope: Scope }) {
  const say = useTexts(log);
  const title = say(scope.event === undefined ? "scenarioGone" : "eventGone");
  return (
    <Empty title={title} action={<Link to={paths.log}>{say("toLog")}</Link>}>
      {say("goneText")}
    </Empty>
  );
}

function nameOf({ event, scenario }: Subject): string {
  return event?.slug ?? (scenario ? `scenario-${scenario.number}` : "");
}
