import { useEffect, useState } from "react";
import { store, stored } from "@/lib/stored";
import { type Fragment, readFragment, written } from "@/modules/scenarios/canvas/fragment";

const NAME = "copied-steps";

/** Steps that were copied. Not by the system's clipboard, which a frame may not read; kept for other scenarios and tabs. */
export function useCopied() {
  const [copied, setCopied] = useState<Fragment | undefined>(() => readFragment(stored(NAME)));
  useEffect(() => {
    const look = () => setCopied((now) => readFragment(stored(NAME)) ?? now);
    window.addEventListener("focus", look);
    return () => window.removeEventListener("focus", look);
  }, []);
  const copy = (fragment: Fragment) => {
    setCopied(fragment);
    store(NAME, written(fragment));
  };
  return { copied, copy };
}
