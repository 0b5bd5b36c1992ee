import { MoreVertical } from "lucide-react";
import { Fragment, type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useTexts } from "@/lib/texts";
import { IconButton } from "@/ui/button";
import { common } from "@/words/words";
import styles from "./menu.module.css";

export interface MenuItem {
  readonly key: string;
  readonly label: string;
  /** One line on what it does. */
  readonly help?: string;
  readonly icon?: ReactNode;
  /** Head of the items from here on. */
  readonly group?: string;
  readonly onChoose: () => void;
  /** Permissions that are missing: the item stays, cannot be chosen, and says which. */
  readonly missing?: readonly string[];
  readonly disabled?: boolean;
  /** It takes something away. */
  readonly critical?: boolean;
}

interface Props {
  /** What the menu is of: "Actions for Welcome". */
  readonly label: string;
  /** A function: only once it is open they are found out. */
  readonly items: readonly MenuItem[] | (() => readonly MenuItem[]);
  readonly icon?: ReactNode;
  readonly variant?: "secondary" | "tertiary";
}

/** What else can be done with something, behind one button (WAI-ARIA's menu button). */
export function Menu({ label, items, icon = <MoreVertical size={16} aria-hidden />, variant }: Props) {
  const id = useId();
  const menu = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);

  useEffect(() => {
    const shown = menu.current;
    const toggled = (event: Event) => setOpen((event as ToggleEvent).newState === "open");
    shown?.addEventListener("toggle", toggled);
    return () => shown?.removeEventListener("toggle", toggled);
  }, []);

  const open = () => {
    const [shown, from] = [menu.current, button.current?.getBoundingClientRect()];
    if (!shown || !from) return;
    // Before it is measured: where there are a hundred menus, none of them is drawn that is not open.
    flushSync(() => setOpen(true));
    shown.showPopover();
    const below = from.bottom + 4 + shown.offsetHeight <= window.innerHeight;
    shown.style.top = `${below ? from.bottom + 4 : Math.max(4, from.top - 4 - shown.offsetHeight)}px`;
    shown.style.left = `${Math.max(4, from.right - shown.offsetWidth)}px`;
    shown.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
  };
  const close = () => {
    menu.current?.hidePopover();
    button.current?.focus();
  };
  const choose = (item: MenuItem) => {
    close();
    item.onChoose();
  };

  const known = () => (typeof items === "function" ? items() : items);
  return (
    <>
      <IconButton
        ref={button}
        icon={icon}
        label={label}
        {...(variant && { variant })}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => (isOpen ? close() : open())}
      />
      <div
        ref={menu}
        id={id}
        role="menu"
        aria-label={label}
        // React 18 does not know the attribute, and passes it on.
        {...{ popover: "auto" }}
        className={styles.menu}
        tabIndex={-1}
        onKeyDown={(event) => move(event, close)}
      >
        {(isOpen ? known() : []).map((item) => (
          <Fragment key={item.key}>
            {item.group && (
              <div role="presentation" className={styles.group}>
                {item.group}
              </div>
            )}
            <Item item={item} onChoose={() => choose(item)} />
          </Fragment>
        ))}
      </div>
    </>
  );
}

function Item({ item, onChoose }: { readonly item: MenuItem; readonly onChoose: () => void }) {
  const say = useTexts(common);
  const missing = item.missing ?? [];
  const why = missing.length
    ? say("missingPermission", { count: missing.length, codes: missing.join(", ") })
    : undefined;
  const off = item.disabled || missing.length > 0;
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      aria-disabled={off || undefined}
      title={why}
      data-critical={(item.critical && !off) || undefined}
      className={styles.item}
      onClick={off ? undefined : onChoose}
    >
      {item.icon}
      <span className={styles.text}>
        <span>{item.label}</span>
        {item.help && <span className={styles.help}>{item.help}</span>}
        {why && <span className="sce-hidden"> {why}</span>}
      </span>
    </button>
  );
}

function move(event: KeyboardEvent<HTMLElement>, close: () => void) {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="menuitem"]')];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (event.key === "Tab") close();
  if (event.key === "Escape") close();
  if (event.key === "Escape" || to !== undefined) {
    event.preventDefault();
    event.stopPropagation();
  }
  if (to !== undefined) items[(to + items.length) % items.length]?.focus();
}
