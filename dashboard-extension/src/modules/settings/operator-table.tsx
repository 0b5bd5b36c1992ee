import { useTexts } from "@/lib/texts";
import { Pill } from "@/ui/pill";
import { Table } from "@/ui/table";
import type { Settings } from "./fields";
import { settingsTexts } from "./messages";
import { operatorTexts } from "./operator-texts/messages";
import { Section } from "./section";
import styles from "./settings.module.css";

type Row = Settings["operator"][number];
const PREFIX = "SALEOR_CUSTOM_EVENTS_";

/** What the operator has set outside, in words: to be looked at. */
export function OperatorTable({ rows }: { readonly rows: readonly Row[] }) {
  const say = useTexts(settingsTexts);
  return (
    <Section title={say("operator")} intro={say("operatorIntro")}>
      <Table
        caption={say("operator")}
        columns={[
          { key: "meaning", head: say("meaning"), names: true, cell: (row: Row) => <Meaning row={row} /> },
          { key: "value", head: say("value"), cell: (row: Row) => <Value row={row} /> },
        ]}
        rows={rows}
        rowKey={(row) => row.name}
      />
    </Section>
  );
}

function Meaning({ row }: { readonly row: Row }) {
  const say = useTexts(operatorTexts);
  const short = row.name.slice(PREFIX.length);
  return (
    <span className={styles.meaning}>
      {Object.hasOwn(operatorTexts.en, short) && <span>{say(short as keyof typeof operatorTexts.en)}</span>}
      <code className={styles.code}>{row.name}</code>
    </span>
  );
}

function Value({ row }: { readonly row: Row }) {
  const say = useTexts(settingsTexts);
  if (row.value == null) return <>{say(row.isSet ? "isSecret" : "notSet")}</>;
  const words: Readonly<Record<string, string>> = { true: say("on"), false: say("off"), "": say("empty") };
  return (
    <span className={styles.value}>
      {words[row.value] ?? row.value}
      {row.isSet && <Pill hue="info">{say("changed")}</Pill>}
    </span>
  );
}
