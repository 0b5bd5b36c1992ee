import { useViewer } from "@/lib/viewer";
import { useEditor } from "@/modules/scenarios/editor/editor-context";
import { missingToPublish } from "@/modules/scenarios/editor/variables";

/** The permissions that publishing what is on the page needs and that the reader has not got. */
export function useMissingToPublish(): readonly string[] {
  const { flow, actions } = useEditor();
  const viewer = useViewer();
  if (!viewer.known) return [];
  const define = viewer.missing("DEFINE");
  const actionsNeed = missingToPublish(flow, actions, viewer.permissions, viewer.missing("ALLOW_UNVERIFIED"));
  return [...new Set([...define, ...actionsNeed])];
}
