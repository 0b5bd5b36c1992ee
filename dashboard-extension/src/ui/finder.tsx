import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useTexts } from "@/lib/texts";
import { classes } from "@/ui/fields";
import { common } from "@/words/words";
import styles from "./finder.module.css";
import { found, headed } from "./found";

export interface Findable {
  readonly key: string;
  readonly label: string;
  /** How it is written, or what it is, smaller beside it. */
  readonly hint?: string;
  /** What it looks like: a value that it had. */
  readonly sample?: string;
  /** Head of those that belong together; they stand together. */
  readonly group?: string;
}

interface Opening {
  readonly ref: RefObject<HTMLButtonElement>;
  readonly wiring: {
    readonly "aria-haspopup": "dialog";
    readonly "aria-expanded": boolean;
    readonly "aria-controls": string;
    readonly onClick: () => void;
  };
}

interface Props {
  /** What is looked for: "Insert a value into “Subject”". */
  readonly label: string;
  /** A function: only once it is open they are found out. */
  readonly items: () => readonly Findable[];
  readonly chosen?: string;
  readonly onChoose: (key: string) => void;
  /** It was opened: the moment to ask for samples. */
  readonly onOpen?: () => void;
  /** The button that opens it. */
  readonly button: (opening: Opening) => ReactNode;
}

/**
 * A list behind a button, found in by what is typed (WAI-ARIA's combobox with a list): arrows move, Enter takes, Escape
 * closes and leaves the focus with the button.
 */
export function Finder({ label, items, chosen, onChoose, onOpen, button }: Props) {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);

  useEffect(() => {
    const shown = box.current;
    const toggled = (event: Event) => setOpen((event as ToggleEvent).newState === "open");
    shown?.addEventListener("toggle", toggled);
    return () => shown?.removeEventListener("toggle", toggled);
  }, []);

  const close = () => {
    box.current?.hidePopover();
    opener.current?.focus();
  };
  const open = () => {
    const [shown, from] = [box.current, opener.current?.getBoundingClientRect()];
    if (!shown || !from) return;
    onOpen?.();
    flushSync(() => setOpen(true));
    shown.showPopover();
    place(shown, from);
    shown.querySelector("input")?.focus();
  };
  const take = (key: string) => {
    close();
    onChoose(key);
  };
  return (
    <>
      {button({
        ref: opener,
        wiring: {
          "aria-haspopup": "dialog",
          "aria-expanded": isOpen,
          "aria-controls": id,
          onClick: () => (isOpen ? close() : open()),
        },
      })}
      <div
        ref={box}
        id={id}
        role="dialog"
        aria-label={label}
        // React 18 does not know the attribute, and passes it on.
        {...{ popover: "auto" }}
        className={styles.box}
      >
        {isOpen && <Search label={label} items={items()} chosen={chosen} onTake={take} onClose={close} />}
      </div>
    </>
  );
}

/** Below the button where there is room, otherwise above it; within the window. */
function place(shown: HTMLElement, from: DOMRect) {
  const below = from.bottom + 4 + shown.offsetHeight <= window.innerHeight;
  shown.style.top = `${below ? from.bottom + 4 : Math.max(4, from.top - 4 - shown.offsetHeight)}px`;
  shown.style.left = `${Math.max(4, Math.min(from.left, window.innerWidth - shown.offsetWidth - 4))}px`;
}

interface SearchProps {
  readonly label: string;
  readonly items: readonly Findable[];
  readonly chosen: string | undefined;
  readonly onTake: (key: string) => void;
  readonly onClose: () => void;
}

function Search({ label, items, chosen, onTake, onClose }: SearchProps) {
  const list = useId();
  const say = useTexts(common);
  const [text, setText] = useState("");
  const shown = found(items, text);
  const [moved, setMoved] = useState<number>();
  const first = text ? 0 : shown.findIndex((item) => item.key === chosen);
  const at = Math.min(moved ?? Math.max(0, first), shown.length - 1);

  useEffect(() => {
    document.getElementById(`${list}-${at}`)?.scrollIntoView({ block: "nearest" });
  }, [list, at]);

  const keys = (event: KeyboardEvent) => {
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 8, PageUp: at - 8 }[event.key];
    const item = shown[at];
    if (to !== undefined && shown.length)
      setMoved(event.key.startsWith("Page") ? within(to, shown) : around(to, shown));
    else if (event.key === "Enter" && item) onTake(item.key);
    else if (event.key === "Escape" || event.key === "Tab") onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <input
        type="text"
        role="combobox"
        aria-label={label}
        aria-expanded
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={shown.length ? `${list}-${at}` : undefined}
        autoComplete="off"
        placeholder={say("search")}
        className={styles.search}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setMoved(undefined);
        }}
        onKeyDown={keys}
      />
      <div id={list} role="listbox" aria-label={label} className={styles.list}>
        {headed(shown).map(({ group, items: together }) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a listbox
          <div key={group} role="group" aria-label={group || label}>
            {group && (
              <div role="presentation" className={styles.group}>
                {group}
              </div>
            )}
            {together.map(({ item, index }) => (
              <Found
                key={item.key}
                id={`${list}-${index}`}
                item={item}
                isActive={index === at}
                isChosen={item.key === chosen}
                onTake={() => onTake(item.key)}
              />
            ))}
          </div>
        ))}
      </div>
      {!shown.length && (
        <p role="status" className={styles.nothing}>
          {say("none")}
        </p>
      )}
    </>
  );
}

function around(to: number, shown: readonly Findable[]): number {
  return (to + shown.length) % shown.length;
}

function within(to: number, shown: readonly Findable[]): number {
  return Math.max(0, Math.min(to, shown.length - 1));
}

interface FoundProps {
  readonly id: string;
  readonly item: Findable;
  readonly isActive: boolean;
  readonly isChosen: boolean;
  readonly onTake: () => void;
}

function Found({ id, item, isActive, isChosen, onTake }: FoundProps) {
  return (
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isChosen}
      className={classes(styles.option, isActive && styles.active)}
      // Before the field loses focus.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onTake}
      onKeyDown={(event) => event.key === "Enter" && onTake()}
    >
      <span className={styles.names}>
        <span>{item.label}</span>
        {item.hint && <span className={styles.hint}>{item.hint}</span>}
      </span>
      {item.sample && <span className={styles.sample}>{item.sample}</span>}
    </div>
  );
}
