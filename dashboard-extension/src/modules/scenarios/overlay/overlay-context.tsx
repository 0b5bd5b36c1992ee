import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import type { Overlay } from "@/modules/scenarios/overlay/overlay";

/** What one does on a scenario's page: build it, try it, or see how its published version does. */
export type Mode = "build" | "test" | "results";

interface Overlaid {
  readonly mode: Mode;
  /** Another mode begins with nothing over the flow. */
  readonly setMode: (mode: Mode) => void;
  readonly overlay: Overlay | undefined;
  readonly setOverlay: (overlay: Overlay | undefined) => void;
}

const NOTHING: Overlaid = {
  mode: "build",
  setMode: () => undefined,
  overlay: undefined,
  setOverlay: () => undefined,
};
const OverlayContext = createContext<Overlaid>(NOTHING);

/** What lies over the flow around here; nothing where nobody provides it. */
export function useOverlay(): Overlaid {
  return useContext(OverlayContext);
}

interface Props {
  /** The mode to begin in. */
  readonly first?: Mode;
  readonly children: ReactNode;
}

export function OverlayProvider({ first = "build", children }: Props) {
  const [{ mode, overlay }, set] = useState<Pick<Overlaid, "mode" | "overlay">>({ mode: first, overlay: undefined });
  // These stay the same, so that effects may name them.
  const setMode = useCallback<Overlaid["setMode"]>(
    (chosen) => set((now) => (now.mode === chosen ? now : { mode: chosen, overlay: undefined })),
    [],
  );
  const setOverlay = useCallback<Overlaid["setOverlay"]>((laid) => set((now) => ({ ...now, overlay: laid })), []);
  const overlaid = useMemo(() => ({ mode, overlay, setMode, setOverlay }), [mode, overlay, setMode, setOverlay]);
  return <OverlayContext.Provider value={overlaid}>{children}</OverlayContext.Provider>;
}
