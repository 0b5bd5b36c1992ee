import { useTexts } from "@/lib/texts";
import { TextArea } from "@/ui/fields";
import type { KeyDraft, List } from "./key-form";
import { keyWindowTexts } from "./messages";

interface Props {
  readonly list: List;
  readonly draft: KeyDraft;
  readonly change: (change: Partial<KeyDraft>) => void;
  readonly problem: string | undefined;
}

/** One of a key's lists: one entry a line. */
export function ListField({ list, draft, change, problem }: Props) {
  const say = useTexts(keyWindowTexts);
  return (
    <TextArea
      label={say(list)}
      help={say(`${list}Help`)}
      optional
      mono
      rows={2}
      spellCheck={false}
      value={draft[list]}
      onChange={(text) => change({ [list]: text })}
      problem={problem}
    />
  );
}
