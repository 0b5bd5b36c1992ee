import { useState } from "react";
import { useSurroundings } from "@/lib/bridge";
import type { Draft } from "@/modules/scenarios/editor/use-draft";
import { useOverlay } from "@/modules/scenarios/overlay/overlay-context";
import { TestWindow } from "@/modules/scenarios/testing/test-window";
import { NEW_TRIAL } from "@/modules/scenarios/testing/trial";

/** Tries the draft; beside the flow. */
export default function TestPanel({ draft }: { readonly draft: Draft }) {
  const { email } = useSurroundings();
  const { setMode } = useOverlay();
  const [trial, setTrial] = useState({ ...NEW_TRIAL, email });
  return <TestWindow scenario={draft.scenario} trial={trial} onTrial={setTrial} onClose={() => setMode("build")} />;
}
