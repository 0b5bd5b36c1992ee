import { useTexts } from "@/lib/texts";
import { Refusals } from "@/modules/events/refusals-window";
import { Window } from "@/ui/window";
import type { KeyRow } from "./key-rows";
import { keyListTexts } from "./messages";

/** Which firings with a key were refused, by day and reason, and which members were wrong. */
export function KeyRefusals({ row, onClose }: { readonly row: KeyRow; readonly onClose: () => void }) {
  const say = useTexts(keyListTexts);
  return (
    <Window title={say("refusedTitle", { name: row.name })} width={960} onClose={onClose}>
      <p>{say("refusedIntro")}</p>
      <Refusals refusals={row.refusals} />
    </Window>
  );
}
