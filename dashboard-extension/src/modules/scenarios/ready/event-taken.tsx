import { useState } from "react";
import { StartEventChoicesDocument } from "@/graphql/generated";
import { ask } from "@/lib/api";
import { useLabel, useTexts } from "@/lib/texts";
import { readyTexts } from "@/modules/scenarios/ready/messages";
import { isUnchosen, type Ready, type Taken } from "@/modules/scenarios/ready/needs";
import styles from "@/modules/scenarios/ready/ready.module.css";
import { SelectField } from "@/ui/fields";
import { type Picked, Picker } from "@/ui/picker";

/** Events that the list shows for what was typed. */
const SHOWN = 50;

interface Props {
  readonly event: Ready["events"][number];
  readonly taken: Taken;
  readonly onTake: (taken: Taken) => void;
  readonly showsUnchosen: boolean;
}

/** An event that a ready scenario needs: made, the one that the store has, or another one in its place. */
export function EventTaken({ event, taken, onTake, showsUnchosen }: Props) {
  const say = useTexts(readyTexts);
  const label = useLabel();
  const [other, setOther] = useState<Picked & { readonly id: string }>();
  const { existing, isFiredByStore } = event;
  const name = label(event.label);
  const search = async (text: string) => {
    const answer = await ask(StartEventChoicesDocument, { search: text, first: SHOWN });
    return (answer.customEvents?.edges ?? []).map(({ node }) => ({
      key: String(node.number),
      label: node.name,
      hint: say("eventHint", { number: node.number, slug: node.slug }),
      id: node.id,
    }));
  };
  return (
    <div className={styles.event}>
      <SelectField
        label={say("eventField", { name })}
        help={isFiredByStore ? say("byStore") : label(event.help)}
        value={taken.as}
        options={[
          { value: "own", label: existing ? say("take", { name: existing.name }) : say("make", { name }) },
          { value: "other", label: say("takeAnother") },
        ]}
        onChange={(as) => onTake(as === "own" ? { as } : { as, event: other })}
        problem={taken.as === "own" && existing?.archivedAt ? say("archived") : undefined}
      />
      {taken.as === "other" && (
        <Picker
          label={say("another")}
          placeholder={say("eventPlaceholder")}
          value={other ?? null}
          onChange={(picked) => {
            setOther(picked ?? undefined);
            onTake({ as: "other", event: picked ?? undefined });
          }}
          search={search}
          problem={showsUnchosen && isUnchosen(taken) ? say("anotherMissing") : undefined}
        />
      )}
    </div>
  );
}
