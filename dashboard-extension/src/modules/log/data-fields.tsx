import { useSurroundings } from "@/lib/bridge";
import { useTexts } from "@/lib/texts";
import { exactTime } from "@/lib/times";
import { useViewer } from "@/lib/viewer";
import { fieldTexts } from "@/modules/log/step-texts/messages";
import type { Invocation } from "@/modules/log/timeline";
import { shownValue } from "@/modules/log/values";
import { WebAddress } from "@/modules/log/web-address";
import { Notice } from "@/ui/notice";
import { Table } from "@/ui/table";
import { common, fieldTypes, REFERENCES } from "@/words/words";
import styles from "./details.module.css";

type Occurrence = NonNullable<Invocation["occurrence"]>;
type DataField = Occurrence["dataFields"][number];

/** What was sent with the occurrence, by name, type and value. */
export function DataFields({ row }: { readonly row: Invocation }) {
  const say = useTexts(fieldTexts);
  const { locale } = useSurroundings();
  const { occurrence } = row;
  const removedAt = occurrence?.dataFieldsRemovedAt;
  if (removedAt)
    return (
      <Notice kind="info" title={say("removed", { date: exactTime(removedAt, locale) })}>
        {say("removedText")}
      </Notice>
    );
  if (!occurrence?.dataFields.length && !occurrence?.violations.length)
    return <p className={styles.muted}>{say("none")}</p>;
  return (
    <div className={styles.information}>
      {row.isMasked && <Hidden />}
      {occurrence.isPubliclySent && occurrence.dataFields.length > 0 && (
        <Notice kind="info" title={say("publicTitle")}>
          {say("publicText")}
        </Notice>
      )}
      <Violations violations={occurrence.violations} />
      {occurrence.dataFields.length > 0 && <Fields fields={occurrence.dataFields} isMasked={row.isMasked} />}
    </div>
  );
}

function Fields({ fields, isMasked }: { readonly fields: readonly DataField[]; readonly isMasked: boolean }) {
  const say = useTexts(fieldTexts);
  return (
    <Table
      caption={say("caption")}
      rows={fields}
      rowKey={(field) => field.name}
      columns={[
        { key: "name", head: say("name"), names: true, cell: (field) => field.name },
        { key: "type", head: say("type"), cell: (field) => <Type field={field} /> },
        {
          key: "value",
          head: say("value"),
          cell: (field) => (isMasked ? <em className={styles.muted}>{say("hidden")}</em> : <Value field={field} />),
        },
      ]}
    />
  );
}

function Type({ field }: { readonly field: DataField }) {
  const say = useTexts(fieldTexts);
  const ofType = useTexts(fieldTypes);
  return (
    <>
      {ofType(field.type)}
      {REFERENCES.has(field.type) && <span className={styles.muted}> {say("readAnew")}</span>}
    </>
  );
}

function Value({ field }: { readonly field: DataField }) {
  const sayCommon = useTexts(common);
  const { locale } = useSurroundings();
  const shown = shownValue(field.type, field.value, locale, { yes: sayCommon("yes"), no: sayCommon("no") });
  if (shown.href) return <WebAddress text={shown.href} />;
  return <span className={shown.isLong ? styles.long : styles.value}>{shown.text}</span>;
}

function Violations({ violations }: { readonly violations: Occurrence["violations"] }) {
  const say = useTexts(fieldTexts);
  if (!violations.length) return null;
  const sentence = (code: string) =>
    code === "UNDECLARED" || code === "REQUIRED" || code === "WRONG_TYPE" ? say(code) : say("other");
  return (
    <Notice kind="warning" title={say("violations")}>
      <ul>
        {violations.map((violation) => (
          <li key={violation.field + violation.code}>
            <strong>{violation.field.replace(/^dataFields\./, "")}</strong>: {sentence(violation.code)}{" "}
            <code className={styles.code}>{violation.code}</code>
            {violation.code === "WRONG_TYPE" && violation.message && (
              <span className={styles.muted}> {violation.message}</span>
            )}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function Hidden() {
  const say = useTexts(common);
  const missing = useViewer().missing("SEE_CUSTOMERS");
  if (!missing.length) return null;
  return <Notice kind="info">{say("missingPermission", { count: missing.length, codes: missing.join(", ") })}</Notice>;
}
