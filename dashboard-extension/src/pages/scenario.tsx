import { ScenarioActionsDocument, ScenarioDocument } from "@/graphql/generated";
import { paths, useGo } from "@/lib/routing";
import { useTexts } from "@/lib/texts";
import { useQuery } from "@/lib/use-query";
import { editorTexts } from "@/modules/scenarios/editor/messages";
import { ScenarioEditor } from "@/modules/scenarios/editor/scenario-editor";
import { listTexts } from "@/modules/scenarios/list/messages";
import { Button } from "@/ui/button";
import { Empty, FailureNotice, Loading } from "@/ui/notice";
import { Page } from "@/ui/page";

/** Beyond this there is no ID; GraphQL's Int ends there too. */
const LARGEST = 2 ** 31 - 1;

export default function ScenarioPage({ number }: { readonly number: number }) {
  const isNumber = Number.isInteger(number) && number > 0 && number <= LARGEST;
  const scenario = useQuery(ScenarioDocument, { number }, { skip: !isNumber });
  const actions = useQuery(ScenarioActionsDocument, {});
  const say = useTexts(listTexts);
  const found = scenario.data?.customEventScenario;
  const failed = [scenario, actions].find(({ failure }) => failure);
  if (found && actions.data) return <ScenarioEditor scenario={found} actions={actions.data.customEventActions} />;
  return (
    <Page title={say("title")}>
      {failed?.failure ? (
        <FailureNotice failure={failed.failure} onRetry={failed.reload} />
      ) : scenario.loading || (found && actions.loading) ? (
        <Loading />
      ) : (
        <Missing />
      )}
    </Page>
  );
}

function Missing() {
  const say = useTexts(editorTexts);
  const go = useGo();
  return (
    <Empty title={say("notFoundTitle")} action={<Button onClick={() => go(paths.scenarios)}>{say("toList")}</Button>}>
      {say("notFoundText")}
    </Empty>
  );
}
