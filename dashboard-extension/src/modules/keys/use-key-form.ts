import { useState } from "react";
import { KeyCreateDocument, KeyUpdateDocument } from "@/graphql/generated";
import { ask } from "@/lib/api";
import { toast } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { type Task, useTask } from "@/lib/use-task";
import {
  createInput,
  draftOf,
  isChanged,
  type KeyDetails,
  type KeyDraft,
  NEW_KEY,
  type Problem,
  problemsOf,
  updateInput,
} from "./key-form";
import { keyWindowTexts } from "./messages";

export interface KeyForm {
  readonly draft: KeyDraft;
  readonly change: (change: Partial<KeyDraft>) => void;
  readonly unsaved: boolean;
  readonly problems: readonly Problem[];
  readonly save: Task<[], void>;
  /** The key itself, once it was made: it is in this answer and nowhere else. */
  readonly secret: string | undefined;
}

interface Stored {
  readonly errors: readonly Problem[];
  readonly secret?: string | null;
}

/** A key being made or changed. What was typed stays, whatever becomes of saving it. */
export function useKeyForm(key: KeyDetails | undefined, onSaved: () => void): KeyForm {
  const say = useTexts(keyWindowTexts);
  const before = key ? draftOf(key) : NEW_KEY;
  const [draft, setDraft] = useState(before);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [secret, setSecret] = useState<string>();

  const save = useTask(async () => {
    const seen = problemsOf(draft);
    setProblems(seen);
    if (seen.length) return;
    const stored = await store(key, draft);
    setProblems(stored.errors);
    if (stored.errors.length) return;
    toast({ status: "success", title: say(key ? "saved" : "created", { name: draft.name.trim() }) });
    if (stored.secret) setSecret(stored.secret);
    onSaved();
  });
  return {
    draft,
    change: (change) => setDraft((now) => ({ ...now, ...change })),
    unsaved: secret === undefined && isChanged(draft, before),
    problems,
    save,
    secret,
  };
}

async function store(key: KeyDetails | undefined, draft: KeyDraft): Promise<Stored> {
  const answer = key
    ? (await ask(KeyUpdateDocument, { id: key.id, input: updateInput(draft) })).customEventKeyUpdate
    : (await ask(KeyCreateDocument, { input: createInput(draft) })).customEventKeyCreate;
  return answer ?? { errors: [] };
}
