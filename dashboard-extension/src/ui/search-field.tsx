import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import styles from "./search-field.module.css";

/** Milliseconds without a key before one is asked for. */
const PAUSE = 300;

interface Props {
  readonly label: string;
  readonly value: string;
  /** Called once somebody has stopped typing for a moment. */
  readonly onSearch: (value: string) => void;
}

/** A search without a border, as the dashboard's lists have it. */
export function SearchField({ label, value, onSearch }: Props) {
  const [text, setText] = useState(value);
  // What comes back to us after our own call is older than what was typed meanwhile.
  const said = useRef(value);
  const latest = useRef(onSearch);
  latest.current = onSearch;

  useEffect(() => {
    if (value === said.current) return;
    said.current = value;
    setText(value);
  }, [value]);
  useEffect(() => {
    if (text === said.current) return;
    const timer = setTimeout(() => {
      said.current = text;
      latest.current(text);
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [text]);

  return (
    <div className={styles.search}>
      <Search size={16} aria-hidden />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(event) => setText(event.target.value)}
        className={styles.input}
        maxLength={250}
      />
    </div>
  );
}
