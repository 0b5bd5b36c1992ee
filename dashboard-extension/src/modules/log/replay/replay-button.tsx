import { RotateCcw } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTexts } from "@/lib/texts";
import { useViewer } from "@/lib/viewer";
import type { Filters } from "@/modules/log/filters";
import { log } from "@/modules/log/messages";
import type { Subject } from "@/modules/log/use-subject";
import { Button } from "@/ui/button";

// Opened seldom.
const ReplayWindow = lazy(() => import("./replay-window"));

interface Props {
  readonly filters: Filters;
  readonly subject: Subject;
  readonly disabled: boolean;
}

/** Leads from a log to running its rows again. */
export function ReplayButton({ filters, subject, disabled }: Props) {
  const say = useTexts(log);
  const missing = useViewer().missing("CONTROL_INVOCATIONS");
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        icon={<RotateCcw size={16} aria-hidden />}
        missing={missing}
        disabled={disabled}
        onClick={() => setOpen(true)}
      >
        {say("runAgain")}
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <ReplayWindow filters={filters} subject={subject} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
