import { Copy, CopyPlus, Scissors, Trash2 } from "lucide-react";
import { useTexts } from "@/lib/texts";
import { lifted } from "@/modules/scenarios/canvas/fragment";
import type { Step } from "@/modules/scenarios/definition";
import { focusOn, useEditor } from "@/modules/scenarios/editor/editor-context";
import { editorTexts } from "@/modules/scenarios/editor/messages";
import { duplicated, removed, removedWith } from "@/modules/scenarios/flow";
import type { Item } from "@/modules/scenarios/outline";
import { useConfirm } from "@/ui/confirm";
import type { MenuItem } from "@/ui/menu";

/** What can be done with a step beside changing it. A step that no way leads to can only be removed. */
export function useStepMenu(step: Step, item: Item | undefined): readonly MenuItem[] {
  const { flow, change, setOpen, copy } = useEditor();
  const say = useTexts(editorTexts);
  const confirm = useConfirm();
  const remove = async () => {
    const count = removedWith(flow, step.id).length - 1;
    const asked = { title: say("removeTitle"), text: say("removeText", { count }), yes: say("remove"), critical: true };
    if (count > 0 && !(await confirm(asked))) return false;
    setOpen(step.id, false);
    change((now) => removed(now, step.id));
    focusOn(item?.follows ?? item?.before.arrows[0]?.from ?? null);
    return true;
  };
  const take = () => {
    const fragment = lifted(flow, step.id);
    if (fragment) copy(fragment);
  };
  const away = {
    key: "remove",
    label: say("remove"),
    icon: <Trash2 size={14} aria-hidden />,
    critical: true,
    onChoose: () => void remove(),
  };
  if (!item) return [away];
  return [
    {
      key: "duplicate",
      label: say("duplicate"),
      icon: <CopyPlus size={14} aria-hidden />,
      disabled: !item.outs.length,
      onChoose: () => change((now) => duplicated(now, step.id)),
    },
    { key: "copy", label: say("copyStep"), icon: <Copy size={14} aria-hidden />, onChoose: take },
    {
      key: "cut",
      label: say("cutStep"),
      icon: <Scissors size={14} aria-hidden />,
      onChoose: async () => {
        const fragment = lifted(flow, step.id);
        if ((await remove()) && fragment) copy(fragment);
      },
    },
    away,
  ];
}
