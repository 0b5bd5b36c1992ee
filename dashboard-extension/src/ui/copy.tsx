import { Check, Copy } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTexts } from "@/lib/texts";
import { Button, IconButton } from "@/ui/button";
import { common } from "@/words/words";
import styles from "./copy.module.css";

/** Milliseconds for which "copied" is shown. */
const SHOWN = 2000;

/** Put a text on the clipboard. The frame may not use `navigator.clipboard`; a selection may be copied. */
export function copyText(text: string): boolean {
  const area = document.createElement("textarea");
  area.value = text;
  area.readOnly = true;
  area.style.position = "fixed";
  area.style.opacity = "0";
  const focused = document.activeElement;
  // Inside an open window focus may not leave it.
  ([...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body).append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return done;
}

function useCopy(text: string): { readonly copied: boolean; readonly copy: () => void } {
  const [copied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = () => {
    setCopied(copyText(text));
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setCopied(false), SHOWN);
  };
  return { copied, copy };
}

/** A value that one click copies. `label` says what it is: "Copy the ID". */
export function CopyValue({ value, label }: { readonly value: string; readonly label: string }) {
  const { copied, copy } = useCopy(value);
  const say = useTexts(common);
  return (
    <span className={styles.value}>
      <code>{value}</code>
      <IconButton
        icon={copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
        label={copied ? say("copied") : label}
        onClick={copy}
      />
      <span className="sce-hidden" role="status">
        {copied ? say("copied") : ""}
      </span>
    </span>
  );
}

/** Code that one click copies. */
export function CodeBlock({ code, label }: { readonly code: string; readonly label: string }) {
  const { copied, copy } = useCopy(code);
  const say = useTexts(common);
  return (
    <div className={styles.block}>
      <section className={styles.code} tabIndex={0} aria-label={label}>
        <pre>{code}</pre>
      </section>
      <div className={styles.corner}>
        <Button
          size="small"
          icon={copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
          onClick={copy}
        >
          {copied ? say("copied") : say("copy")}
        </Button>
      </div>
      <span className="sce-hidden" role="status">
        {copied ? say("copied") : ""}
      </span>
    </div>
  );
}
