import { X } from "lucide-react";
import { type ReactNode, useEffect, useId, useLayoutEffect, useRef } from "react";
import { useTexts } from "@/lib/texts";
import { IconButton } from "@/ui/button";
import { common } from "@/words/words";
import styles from "./window.module.css";

interface Props {
  readonly title: ReactNode;
  readonly onClose: () => void;
  /** Pixels: the dashboard's own widths. */
  readonly width?: 444 | 600 | 720 | 960;
  readonly children: ReactNode;
  /** Buttons, at the right below. */
  readonly footer?: ReactNode;
  /** Buttons at the left below. */
  readonly footerStart?: ReactNode;
}

/**
 * A window over the page, of the platform's own kind: focus stays in it and returns to where it was, what is below
 * cannot be reached, Escape asks to close it, a click beside it does not. `data-first` names what takes the focus.
 */
export function Window({ title, onClose, width = 600, children, footer, footerStart }: Props) {
  const id = useId();
  const say = useTexts(common);
  const dialog = useShown(onClose);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      className={styles.window}
      style={{ width: `min(${width}px, calc(100vw - 32px))` }}
    >
      <header className={styles.head}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        <IconButton icon={<X size={18} aria-hidden />} label={say("close")} onClick={onClose} />
      </header>
      <div className={styles.body} tabIndex={-1} data-body>
        {children}
      </div>
      {(footer || footerStart) && (
        <footer className={styles.foot}>
          <div className={styles.footStart}>{footerStart}</div>
          {footer}
        </footer>
      )}
    </dialog>
  );
}

function useShown(onClose: () => void) {
  const dialog = useRef<HTMLDialogElement>(null);
  const close = useRef(onClose);
  close.current = onClose;

  useLayoutEffect(() => {
    const shown = dialog.current;
    if (!shown) return;
    shown.showModal();
    (shown.querySelector<HTMLElement>("[data-first]") ?? shown.querySelector<HTMLElement>("[data-body]"))?.focus();
    // Closing gives the focus back to where it was.
    return () => shown.close();
  }, []);

  useEffect(() => {
    const shown = dialog.current;
    if (!shown) return;
    const asked = (event: Event) => {
      if (event.target !== shown) return;
      event.preventDefault();
      close.current();
    };
    // A second Escape closes it whatever we say: while it is meant to be open it comes back.
    const closed = (event: Event) => {
      if (event.target === shown && shown.isConnected && !shown.open) shown.showModal();
    };
    shown.addEventListener("cancel", asked);
    shown.addEventListener("close", closed);
    return () => {
      shown.removeEventListener("cancel", asked);
      shown.removeEventListener("close", closed);
    };
  }, []);
  return dialog;
}
