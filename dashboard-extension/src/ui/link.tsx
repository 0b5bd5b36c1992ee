import type { MouseEvent, ReactNode } from "react";
import { BASE, useGo } from "@/lib/routing";
import { classes } from "@/ui/fields";
import styles from "./link.module.css";

interface Props {
  /** A path of ours (`paths`). */
  readonly to: string;
  readonly state?: unknown;
  readonly children: ReactNode;
  readonly className?: string;
  readonly "aria-label"?: string;
  readonly title?: string;
}

/** A link to a page of ours: goes there within the frame. */
export function Link({ to, state, children, className, ...rest }: Props) {
  const go = useGo();
  const follow = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go(to, { state });
  };
  return (
    <a href={BASE + to} className={classes(styles.link, className)} onClick={follow} {...rest}>
      {children}
    </a>
  );
}
