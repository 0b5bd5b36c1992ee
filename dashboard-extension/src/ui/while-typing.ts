import { createContext, type FocusEvent, type FormEvent, useContext, useState } from "react";

/** Where problems are found while one types; elsewhere they are found when one is done. */
interface Typing {
  /** What the fields are of was just added: somebody is about to fill it. */
  readonly isNew: boolean;
}

export const WhileTyping = createContext<Typing | undefined>(undefined);

/**
 * When a field tells its problem. While one types it interrupts nobody, and what is empty says nothing before it was
 * left: neither in what was just added, nor where somebody has just emptied it to write something else.
 */
export function useTelling(hasProblem: boolean, isEmpty: boolean) {
  const typing = useContext(WhileTyping);
  const [wasLeft, setLeft] = useState(false);
  const [isEmptied, setEmptied] = useState(false);
  const isQuiet = typing !== undefined && isEmpty && (isEmptied || (typing.isNew && !wasLeft));
  return {
    tells: hasProblem && !isQuiet,
    role: typing ? undefined : "alert",
    /** For the element that holds all of the field. */
    watch: typing && {
      onBlur: ({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>) => {
        if (currentTarget.contains(relatedTarget)) return;
        setLeft(true);
        setEmptied(false);
      },
      onChange: ({ target }: FormEvent<HTMLElement>) => setEmptied((target as HTMLInputElement).value === ""),
    },
  } as const;
}
