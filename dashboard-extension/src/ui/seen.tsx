import type { ReactNode } from "react";

/** What appears because of a press further down or up: it comes into sight. */
export function Seen({ children }: { readonly children: ReactNode }) {
  return <div ref={(shown) => shown?.scrollIntoView?.({ block: "nearest" })}>{children}</div>;
}
