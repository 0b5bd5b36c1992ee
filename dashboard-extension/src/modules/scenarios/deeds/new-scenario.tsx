import { ScenarioCreateDocument } from "@/graphql/generated";
import { ask } from "@/lib/api";
import { paths, useGo } from "@/lib/routing";
import { useTexts } from "@/lib/texts";
import { useTask } from "@/lib/use-task";
import { deedTexts } from "@/modules/scenarios/deeds/messages";
import { NameWindow } from "@/modules/scenarios/deeds/name-window";
import { accepted } from "@/modules/scenarios/deeds/refusals";
import { EMPTY } from "@/modules/scenarios/definition";

interface Props {
  /** What it begins with. */
  readonly draft: unknown;
  readonly initial?: string;
  readonly onClose: () => void;
  /** Before its page is opened. */
  readonly onMade?: () => void;
}

/** What a scenario begins with: a start point whose event is not chosen yet. */
export const BEGINNING = { ...EMPTY, starts: [{ id: "start", type: "customEvent" }] };

/** Asks for the name of a new scenario, makes it and opens its page. */
export function NewScenarioWindow({ draft, initial, onClose, onMade }: Props) {
  const say = useTexts(deedTexts);
  const go = useGo();
  const create = useTask(async (name: string) => {
    const answer = await ask(ScenarioCreateDocument, { input: { name, draft } });
    const { scenario } = accepted(answer.customEventScenarioCreate);
    onMade?.();
    onClose();
    if (scenario) go(paths.scenario(scenario.number));
  });
  return <NameWindow title={say("newTitle")} yes={say("create")} initial={initial} task={create} onClose={onClose} />;
}
