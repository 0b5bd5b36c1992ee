import { Check, ChevronDown, Plus } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useTexts } from "@/lib/texts";
import { classes, FieldFrame } from "@/ui/fields";
import { common } from "@/words/words";
import fields from "./fields.module.css";
import styles from "./picker.module.css";

export interface Picked {
  readonly key: string;
  readonly label: string;
  /** Small, beside it: what tells two of one name apart. */
  readonly hint?: string;
}

interface Props<Item extends Picked> {
  readonly label: string;
  readonly value: Item | null;
  readonly onChange: (value: Item | null) => void;
  /** What is found for what was typed; empty: the first ones. May reject: then nothing is found. */
  readonly search: (text: string) => Promise<readonly Item[]>;
  readonly placeholder?: string;
  readonly help?: string;
  readonly problem?: string;
  readonly first?: boolean;
  /** Stands at the end of the list, whatever was found: "Create new". */
  readonly last?: { readonly label: string; readonly onChoose: () => void };
}

/** Milliseconds after the last key before the server is asked. */
const PAUSE = 200;

/**
 * A field that finds one of many by what is typed (WAI-ARIA's combobox with a list): arrows choose, Enter takes, Escape
 * closes, an emptied field means none.
 */
export function Picker<Item extends Picked>({
  label,
  value,
  onChange,
  search,
  placeholder,
  help,
  problem,
  first,
  last: given,
}: Props<Item>) {
  const list = useId();
  const say = useTexts(common);
  const [text, setText] = useState<string>();
  const [at, setAt] = useState(-1);
  const found = useFound(text, search);
  // Not before something was found: it would stand where the first entry comes a moment later.
  const last = found && given;
  const isOpen = text !== undefined;

  const close = () => {
    setText(undefined);
    setAt(-1);
  };
  const take = (item: Item) => {
    onChange(item);
    close();
  };
  const takeLast = () => {
    close();
    last?.onChoose();
  };
  const count = (found?.length ?? 0) + (last ? 1 : 0);
  const isLast = last !== undefined && at === count - 1;
  const typed = (next: string) => {
    setText(next);
    setAt(-1);
    if (next === "") onChange(null);
  };
  const keys = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = found?.[at] ?? (text ? found?.[0] : undefined);
    if (step) {
      if (!isOpen) setText("");
      else if (count) setAt(at < 0 && step < 0 ? count - 1 : (at + step + count) % count);
    } else if (event.key === "Enter" && isOpen && isLast) takeLast();
    else if (event.key === "Enter" && isOpen && chosen) take(chosen);
    else if (event.key === "Escape" && isOpen) close();
    else return;
    event.preventDefault();
  };

  return (
    <FieldFrame {...{ label, help, problem }} isEmpty={value === null}>
      {(wiring) => (
        <div className={styles.picker}>
          <input
            {...wiring}
            type="text"
            role="combobox"
            autoComplete="off"
            aria-autocomplete="list"
            aria-expanded={isOpen}
            aria-controls={list}
            aria-activedescendant={isOpen && at >= 0 ? `${list}-${at}` : undefined}
            data-first={first || undefined}
            placeholder={placeholder}
            className={classes(fields.control, styles.input)}
            value={text ?? value?.label ?? ""}
            onClick={() => setText((now) => now ?? "")}
            onChange={(event) => typed(event.target.value)}
            onKeyDown={keys}
            onBlur={close}
          />
          <ChevronDown size={16} aria-hidden className={styles.arrow} />
          <div id={list} role="listbox" aria-label={label} className={styles.list} hidden={!isOpen}>
            {found?.map((item, index) => (
              <div
                key={item.key}
                id={`${list}-${index}`}
                role="option"
                tabIndex={-1}
                aria-selected={item.key === value?.key}
                className={classes(styles.option, index === at && styles.active)}
                // Before the field loses focus, which closes the list.
                onMouseDown={(event) => {
                  event.preventDefault();
                  take(item);
                }}
              >
                <span>
                  {item.label} {item.hint && <span className={styles.hint}>{item.hint}</span>}
                </span>
                {item.key === value?.key && <Check size={14} aria-hidden />}
              </div>
            ))}
            {found?.length === 0 && (
              <div role="option" tabIndex={-1} aria-disabled aria-selected={false} className={styles.nothing}>
                {say("none")}
              </div>
            )}
            {last && (
              <div
                id={`${list}-${count - 1}`}
                role="option"
                tabIndex={-1}
                aria-selected={false}
                className={classes(styles.option, styles.last, isLast && styles.active)}
                onMouseDown={(event) => {
                  event.preventDefault();
                  takeLast();
                }}
              >
                <span>{last.label}</span>
                <Plus size={14} aria-hidden />
              </div>
            )}
          </div>
        </div>
      )}
    </FieldFrame>
  );
}

function useFound<Item>(text: string | undefined, search: (text: string) => Promise<readonly Item[]>) {
  const [found, setFound] = useState<readonly Item[]>();
  const latest = useRef(search);
  latest.current = search;
  useEffect(() => {
    if (text === undefined) return setFound(undefined);
    let isStale = false;
    const timer = setTimeout(
      () =>
        latest.current(text.trim()).then(
          (items) => !isStale && setFound(items),
          () => !isStale && setFound([]),
        ),
      text ? PAUSE : 0,
    );
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [text]);
  return found;
}
