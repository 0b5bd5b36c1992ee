import { Columns } from "@/modules/scenarios/editor/columns";
import { type ActionForm, EditorProvider, useEditor } from "@/modules/scenarios/editor/editor-context";
import { frozenDraft } from "@/modules/scenarios/editor/frozen-draft";
import type { ScenarioDetails } from "@/modules/scenarios/editor/use-draft";

interface Props {
  readonly scenario: ScenarioDetails;
  readonly actions: readonly ActionForm[];
}

/** How the published version does. */
export default function ResultsView({ scenario, actions }: Props) {
  const { flow } = useEditor();
  return (
    <EditorProvider draft={frozenDraft(scenario, flow)} actions={actions} readOnly>
      <Columns generation={0} side={null} />
    </EditorProvider>
  );
}
