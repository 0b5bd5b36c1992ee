import { ExternalLink } from "lucide-react";
import type { MouseEvent } from "react";
import { openOutside } from "@/lib/bridge";
import { webAddress } from "@/modules/log/values";
import styles from "./details.module.css";

/** An address that somebody sent: followed outside and only if it is one of the web, otherwise a text. */
export function WebAddress({ text }: { readonly text: string }) {
  if (!webAddress(text)) return <>{text}</>;
  // The dashboard opens it: a tab that the frame opens would be held by the frame's own sandbox. An address of its own
  // host it takes for one of its pages, and refuses.
  const follow = (event: MouseEvent) => {
    if (isOfDashboard(text)) return;
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

function isOfDashboard(text: string): boolean {
  return document.referrer !== "" && new URL(document.referrer).host === new URL(text).host;
}
