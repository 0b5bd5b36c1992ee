import { ExternalLink } from "lucide-react";
import type { MouseEvent } from "react";
import { openOutside } from "@/lib/bridge";
import { webAddress } from "@/modules/log/values";
import styles from "./details.module.css";

/** An address that somebody sent: followed outside and only if it is one of the web, otherwise a text. */
export function WebAddress({ text }: { readonly text: string }) {
  if (!webAddress(text)) return <>{text}</>;
  // The dashboard opens it: a tab that the frame opens would be held by the frame's own sandbox.
  const follow = (event: MouseEvent) => {
    event.preventDefault();
    openOutside(text);
  };
  return (
    <a href={text} target="_blank" rel="noopener noreferrer" className={styles.address} onClick={follow}>
      {text}
      <ExternalLink size={13} aria-hidden />
    </a>
  );
}
