import { Send } from "lucide-react";
import { HealthDocument } from "@/graphql/generated";
import { paths } from "@/lib/routing";
import { useTexts } from "@/lib/texts";
import { useQuery } from "@/lib/use-query";
import { Button } from "@/ui/button";
import { CodeBlock, CopyValue } from "@/ui/copy";
import { Link } from "@/ui/link";
import { Notice } from "@/ui/notice";
import { Tabs } from "@/ui/tabs";
import { codeTexts } from "./code-texts/messages";
import type { EventDetails } from "./event-form";
import styles from "./events.module.css";
import { happeningTexts } from "./happening-words";
import { SNIPPETS, type Snippet, useSnippet } from "./snippets";
import { useFiredBy } from "./use-fired-by";

interface Props {
  readonly event: EventDetails;
  readonly onTest: () => void;
}

/** What names the event in calls, and code that fires it, ready to be copied. */
export function CodePanel({ event, onTest }: Props) {
  const say = useTexts(codeTexts);
  const ofStore = useTexts(happeningTexts);
  const firedBy = useFiredBy();
  const code = useSnippet();
  const { data } = useQuery(HealthDocument, {});
  const publicUrl = data?.customEventHealth.publicUrl ?? window.location.origin;
  return (
    <div className={styles.form}>
      {event.happenings.length > 0 && (
        <Notice kind="info">{ofStore("noCode", { names: firedBy(event.happenings) })}</Notice>
      )}
      <dl className={styles.names}>
        <div>
          <dt>{say("id")}</dt>
          <dd>
            <CopyValue value={String(event.number)} label={say("copyId")} />
          </dd>
        </div>
        <div>
          <dt>{say("slug")}</dt>
          <dd>
            <CopyValue value={event.slug} label={say("copySlug")} />
          </dd>
        </div>
      </dl>
      <p className={styles.help}>{say("either")}</p>
      <Tabs
        label={say("languages")}
        tabs={SNIPPETS.map((kind) => ({
          key: kind,
          label: say(kind),
          content: (
            <div className={styles.code}>
              <p className={styles.help}>{say(noteOf(kind, event.public))}</p>
              <CodeBlock
                key={kind}
                code={code(kind, event, publicUrl)}
                label={say("codeIn", { language: say(kind) })}
              />
            </div>
          ),
        }))}
      />
      <div className={styles.inline}>
        <Button icon={<Send size={16} aria-hidden />} onClick={onTest}>
          {say("next")}
        </Button>
        <Link to={paths.keys}>{say("keys")}</Link>
      </div>
    </div>
  );
}

function noteOf(kind: Snippet, isPublic: boolean) {
  if (kind === "javascript") return isPublic ? "browserNote" : "nodeNote";
  return kind === "graphql" ? "graphqlNote" : "serverNote";
}
