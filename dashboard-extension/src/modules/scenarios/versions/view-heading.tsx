import { useEffect, useRef } from "react";
import styles from "@/modules/scenarios/versions/versions.module.css";

/** The head of another part of the page: whoever comes there is there with the focus too. */
export function ViewHeading({ children }: { readonly children: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <h2 ref={heading} tabIndex={-1} className={styles.panelTitle}>
      {children}
    </h2>
  );
}
