import { EventFieldProblemsDocument, type EventFieldProblemsQuery } from "@/graphql/generated";
import { useSurroundings } from "@/lib/bridge";
import { paths } from "@/lib/routing";
import { useTexts } from "@/lib/texts";
import { plainNumber } from "@/lib/times";
import { useQuery } from "@/lib/use-query";
import { Link } from "@/ui/link";
import { Moment } from "@/ui/moment";
import { FailureNotice } from "@/ui/notice";
import { type Column, Table } from "@/ui/table";
import styles from "./events.module.css";
import { fieldProblemTexts } from "./window-texts/messages";

type Problem = NonNullable<EventFieldProblemsQuery["customEvent"]>["fieldProblems"][number];
/** Samples that are shown of one problem: enough to see what it is. */
const SHOWN = 3;

interface Props {
  readonly number: number;
  /** It accepts and counts what breaks its declarations; otherwise what storefronts sent too much alone is counted. */
  readonly counts: boolean;
}

/** Which data fields broke the declarations of an event that accepts it, how often, and where the log has them. */
export function FieldProblems({ number, counts }: Props) {
  const say = useTexts(fieldProblemTexts);
  const { data, failure, reload } = useQuery(EventFieldProblemsDocument, { number });
  const problems = data?.customEvent?.fieldProblems;
  if (!counts && !problems?.length) return null;
  return (
    <section className={styles.group} aria-label={say("title")}>
      <h3 className={styles.legend}>{say("title")}</h3>
      {failure && <FailureNotice failure={failure} onRetry={reload} />}
      {problems?.length === 0 && <p className={styles.help}>{say("none")}</p>}
      {problems && problems.length > 0 && <Problems problems={problems} />}
    </section>
  );
}

function Problems({ problems }: { readonly problems: readonly Problem[] }) {
  const say = useTexts(fieldProblemTexts);
  const { locale } = useSurroundings();
  const columns: readonly Column<Problem>[] = [
    {
      key: "field",
      head: say("field"),
      names: true,
      cell: ({ field }) => (field ? <code className={styles.fieldName}>{field}</code> : <em>{say("otherNames")}</em>),
    },
    { key: "what", head: say("what"), cell: ({ code }) => <What code={code} /> },
    { key: "count", head: say("count"), align: "end", cell: ({ count }) => plainNumber(count, locale) },
    { key: "last", head: say("last"), cell: ({ lastAt }) => <Moment at={lastAt} as="relative" /> },
    { key: "samples", head: say("samples"), cell: (problem) => <Samples problem={problem} /> },
  ];
  return (
    <Table
      caption={say("caption")}
      columns={columns}
      rows={problems}
      rowKey={({ field, code }) => `${code} ${field}`}
    />
  );
}

function What({ code }: { readonly code: string }) {
  const say = useTexts(fieldProblemTexts);
  const known = code === "UNDECLARED" || code === "REQUIRED" || code === "WRONG_TYPE";
  return (
    <>
      {known && say(code)} <code className={styles.reason}>{code}</code>
    </>
  );
}

/** The last invocations with it, newest first. */
function Samples({ problem }: { readonly problem: Problem }) {
  const say = useTexts(fieldProblemTexts);
  const numbers = problem.samples.flatMap(({ invocation }) => invocation ?? []).toReversed();
  return (
    <span className={styles.sampleRows}>
      {[...new Set(numbers)].slice(0, SHOWN).map((number) => (
        <Link key={number} to={paths.invocation(number)} aria-label={say("row", { number })}>
          {number}
        </Link>
      ))}
    </span>
  );
}
