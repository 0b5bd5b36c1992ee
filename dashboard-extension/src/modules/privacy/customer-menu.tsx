import { Download, Trash2, UserRound } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTexts } from "@/lib/texts";
import { useViewer } from "@/lib/viewer";
import type { Filters } from "@/modules/log/filters";
import { Menu } from "@/ui/menu";
import { privacyMenu } from "./menu-texts";
import { whomOf } from "./whom";

// Opened seldom.
const EraseWindow = lazy(() => import("./erase-window"));
const ExportWindow = lazy(() => import("./export-window"));

/** What can be done with all that is kept of the customer whom the log is filtered by. */
export function CustomerMenu({ filters }: { readonly filters: Filters }) {
  const say = useTexts(privacyMenu);
  const missing = useViewer().missing("SEE_CUSTOMERS");
  const [open, setOpen] = useState<"export" | "erase">();
  const whom = whomOf(filters);
  if (!whom) return null;
  const close = () => setOpen(undefined);
  return (
    <>
      <Menu
        label={say("menu")}
        icon={<UserRound size={16} aria-hidden />}
        variant="secondary"
        items={[
          {
            key: "export",
            label: say("export"),
            help: say("exportHelp"),
            icon: <Download size={16} aria-hidden />,
            missing,
            onChoose: () => setOpen("export"),
          },
          {
            key: "erase",
            label: say("erase"),
            help: say("eraseHelp"),
            icon: <Trash2 size={16} aria-hidden />,
            missing,
            critical: true,
            onChoose: () => setOpen("erase"),
          },
        ]}
      />
      <Suspense fallback={null}>
        {open === "export" && <ExportWindow whom={whom} onClose={close} />}
        {open === "erase" && <EraseWindow whom={whom} onClose={close} />}
      </Suspense>
    </>
  );
}
