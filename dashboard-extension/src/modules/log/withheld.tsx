import { useTexts } from "@/lib/texts";
import { withheldTexts } from "@/modules/log/step-texts/messages";
import styles from "./details.module.css";

type Code = keyof (typeof withheldTexts)["en"];

/** Why nothing is given of what a data field names in the store; a code of a later release stands alone. */
export function Withheld({ code, field }: { readonly code: string; readonly field?: string }) {
  const say = useTexts(withheldTexts);
  const why = code in withheldTexts.en ? say(code as Code) : "";
  return (
    <span className={styles.note}>
      {field ? say("ofField", { name: field, why }) : why} <code className={styles.code}>{code}</code>
    </span>
  );
}
