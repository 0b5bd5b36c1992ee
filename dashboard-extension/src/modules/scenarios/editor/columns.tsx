import { lazy, type ReactNode, Suspense } from "react";
import { spotId, useEditor } from "@/modules/scenarios/editor/editor-context";
import { ExitsView } from "@/modules/scenarios/editor/exits-view";
import { FlowView } from "@/modules/scenarios/editor/flow-view";
import styles from "@/modules/scenarios/editor/page.module.css";
import { PartPanel } from "@/modules/scenarios/editor/part-panel";
import { StartsView } from "@/modules/scenarios/editor/starts-view";
import { useUndoKeys } from "@/modules/scenarios/editor/use-undo-keys";
import { useView, ViewSwitch } from "@/modules/scenarios/editor/view-switch";
import { ModeSwitch } from "@/modules/scenarios/overlay/mode-switch";
import { useOverlay } from "@/modules/scenarios/overlay/overlay-context";
import { Loading } from "@/ui/notice";

/** React Flow comes only where a picture is drawn. */
const CanvasView = lazy(() => import("@/modules/scenarios/canvas/canvas-view"));

interface Props {
  /** Grows when another flow takes the place of this one: forms begin anew. */
  readonly generation: number;
  /** Beside the flow; in the picture the form of what is chosen takes its place while the scenario is built. */
  readonly side: ReactNode;
  /** Whether one can go to another mode from here. */
  readonly hasModes?: boolean;
}

/** The flow as a list or as a picture, and what stands beside it. */
export function Columns({ generation, side, hasModes = true }: Props) {
  const { chosen, closeAll, flow } = useEditor();
  const { mode } = useOverlay();
  const isPart = [...flow.starts, ...flow.steps].some(({ id }) => id === chosen);
  const [view, choose] = useView();
  useUndoKeys();
  const close = () => {
    closeAll();
    requestAnimationFrame(() => document.getElementById(spotId(chosen ?? ""))?.focus());
  };
  const isPicture = view === "picture";
  return (
    <div className={styles.columns} data-view={view} data-mode={mode}>
      <div className={styles.main}>
        <div className={styles.switches}>
          {hasModes && <ModeSwitch />}
          <ViewSwitch view={view} onChoose={choose} />
        </div>
        {isPicture ? (
          <>
            <Suspense fallback={<Loading />}>
              <CanvasView />
            </Suspense>
            <ExitsView key={generation} />
          </>
        ) : (
          <Parts key={generation} />
        )}
      </div>
      {isPicture && mode === "build" && chosen !== undefined && isPart ? (
        <aside className={styles.side}>
          <PartPanel key={`${chosen} ${generation}`} part={chosen} onClose={close} />
        </aside>
      ) : (
        side
      )}
    </div>
  );
}

function Parts() {
  return (
    <>
      <StartsView />
      <FlowView />
      <ExitsView />
    </>
  );
}
