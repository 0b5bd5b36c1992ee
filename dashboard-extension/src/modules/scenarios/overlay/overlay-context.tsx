import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
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

export function OverlayProvider({ children }: { readonly children: ReactNode }) {
  const [{ mode, overlay }, set] = useState<Pick<Overlaid, "mode" | "overlay">>(NOTHING);
  const overlaid = useMemo<Overlaid>(
    () => ({
      mode,
      overlay,
      setMode: (chosen) => set({ mode: chosen, overlay: undefined }),
      setOverlay: (laid) => set((now) => ({ ...now, overlay: laid })),
    }),
    [mode, overlay],
  );
  return <OverlayContext.Provider value={overlaid}>{children}</OverlayContext.Provider>;
}
