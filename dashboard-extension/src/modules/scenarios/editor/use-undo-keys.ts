import { useEffect } from "react";
import { focusOn, useEditor } from "@/modules/scenarios/editor/editor-context";

/** Ctrl+Z takes the last change back, Ctrl+Shift+Z or Ctrl+Y does it again; a field that is being typed in has its own. */
export function useUndoKeys(): void {
  const { undo, redo, readOnly, chosen } = useEditor();
  useEffect(() => {
    if (readOnly) return;
    const pressed = (event: KeyboardEvent) => {
      const key = event.key.toLowerCase();
      if (!(event.ctrlKey || event.metaKey) || event.altKey || (key !== "z" && key !== "y")) return;
      const target = event.target as Element | null;
      if (target?.closest?.("input:not([type=checkbox], [type=radio]), textarea, dialog, [contenteditable]")) return;
      const turn = key === "y" || event.shiftKey ? redo : undo;
      event.preventDefault();
      turn?.();
      // Forms begin anew, and what had the focus in one of them is not there any more.
      requestAnimationFrame(() => target?.isConnected || focusOn(chosen ?? null));
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, [undo, redo, readOnly, chosen]);
}
