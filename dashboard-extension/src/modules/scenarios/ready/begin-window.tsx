import { type FormEvent, useId, useState } from "react";
import { ReadyScenariosDocument, ScenarioCreateDocument } from "@/graphql/generated";
import { ask } from "@/lib/api";
import { type Language, useSurroundings } from "@/lib/bridge";
import { paths, useGo } from "@/lib/routing";
import { useTexts } from "@/lib/texts";
import { useQuery } from "@/lib/use-query";
import { useTask } from "@/lib/use-task";
import { useViewer } from "@/lib/viewer";
import { deedTexts } from "@/modules/scenarios/deeds/messages";
import { BEGINNING } from "@/modules/scenarios/deeds/new-scenario";
import { accepted, Refused, useRefusalText } from "@/modules/scenarios/deeds/refusals";
import { BeginChoice } from "@/modules/scenarios/ready/begin-choice";
import { readyTexts } from "@/modules/scenarios/ready/messages";
import { chosenEvents, isUnchosen, type Ready, type Taken } from "@/modules/scenarios/ready/needs";
import styles from "@/modules/scenarios/ready/ready.module.css";
import { ReadyDetails } from "@/modules/scenarios/ready/ready-details";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/fields";
import { FailureNotice, Loading, Notice } from "@/ui/notice";
import { Window } from "@/ui/window";
import { common } from "@/words/words";

/** What was chosen and filled in, of whichever ready scenario. */
export interface Filled {
  readonly language: Language;
  readonly answers: Readonly<Record<string, string>>;
  readonly taken: Readonly<Record<string, Taken>>;
}

/** Asks what a new scenario begins with, makes it with the events that it needs, and opens its page. */
export default function BeginWindow({ onClose }: { readonly onClose: () => void }) {
  const say = useTexts(readyTexts);
  const ofDeeds = useTexts(deedTexts);
  const ofAll = useTexts(common);
  const { language } = useSurroundings();
  const viewer = useViewer();
  const form = useId();
  const [name, setName] = useState<string>();
  const [chosen, choose] = useState<string>();
  const [filled, setFilled] = useState<Filled>({ language, answers: {}, taken: {} });
  const query = useQuery(ReadyScenariosDocument, { language: filled.language === "pl" ? "PL" : "EN" });
  const ready = query.data?.customEventReadyScenarios.find((one) => one.name === chosen);
  const title = name ?? ready?.label[filled.language] ?? "";
  const [isAsked, setAsked] = useState(false);
  const create = useCreating(onClose);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (!ready?.events.some(({ slug }) => isUnchosen(filled.taken[slug]))) create.run(title, ready, filled);
  };
  return (
    <Window
      title={say("title")}
      width={960}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{ofAll("cancel")}</Button>
          <Button type="submit" form={form} variant="primary" busy={create.busy} missing={viewer.missing("DEFINE")}>
            {ofDeeds("create")}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} noValidate className={styles.form}>
        <TextField
          label={ofDeeds("name")}
          value={title}
          onChange={setName}
          maxLength={250}
          problem={useNameProblem(create.failure)}
          data-first
        />
        {query.failure && <FailureNotice failure={query.failure} onRetry={query.reload} />}
        {!query.data && query.loading && <Loading />}
        {query.data && (
          <div className={styles.columns}>
            <BeginChoice ready={query.data.customEventReadyScenarios} chosen={chosen} onChoose={choose} />
            {ready ? (
              <ReadyDetails
                key={ready.name}
                ready={ready}
                actions={query.data.customEventActions}
                mailProblem={query.data.customEventHealth.mailProblem ?? undefined}
                filled={filled}
                onFill={setFilled}
                showsUnchosen={isAsked}
              />
            ) : (
              <p className={styles.details}>{say("emptyHelp")}</p>
            )}
          </div>
        )}
      </form>
      <Refusals failure={create.failure} />
    </Window>
  );
}

function useCreating(onClose: () => void) {
  const go = useGo();
  return useTask(async (name: string, ready: Ready | undefined, filled: Filled) => {
    const { scenario } = accepted(
      (await ask(ScenarioCreateDocument, { input: inputOf(name, ready, filled) })).customEventScenarioCreate,
    );
    onClose();
    if (scenario) go(paths.scenario(scenario.number));
  });
}

function inputOf(name: string, ready: Ready | undefined, { language, answers, taken }: Filled) {
  if (!ready) return { name, draft: BEGINNING };
  const asked = ready.asks.flatMap((one) => (answers[one.name] ? [[one.name, answers[one.name]] as const] : []));
  const needed = Object.fromEntries(ready.events.flatMap(({ slug }) => (taken[slug] ? [[slug, taken[slug]]] : [])));
  return {
    name,
    ready: ready.name,
    language: language === "pl" ? ("PL" as const) : ("EN" as const),
    answers: Object.fromEntries(asked),
    events: chosenEvents(needed),
  };
}

type Failed = ReturnType<typeof useTask>["failure"];

function useNameProblem(failure: Failed): string | undefined {
  const sentence = useRefusalText();
  const refusals = failure instanceof Refused ? failure.refusals : [];
  const found = refusals.find(({ field }) => field === "name");
  return found && sentence(found);
}

/** What was refused beside the name. */
function Refusals({ failure }: { readonly failure: Failed }) {
  const sentence = useRefusalText();
  if (!failure) return null;
  if (!(failure instanceof Refused)) return <FailureNotice failure={failure} />;
  return failure.refusals
    .filter(({ field }) => field !== "name")
    .map((refusal) => (
      <Notice key={`${refusal.field} ${refusal.code}`} kind="error">
        {sentence(refusal)}
      </Notice>
    ));
}
