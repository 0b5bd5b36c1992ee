import { useLayoutEffect, useRef } from "react";
import { CustomerCardDocument } from "@/graphql/generated";
import { openInDashboard, tellHeight, useSurroundings } from "@/lib/bridge";
import { paths } from "@/lib/paths";
import { useTexts } from "@/lib/texts";
import { useQuery } from "@/lib/use-query";
import { FailureNotice, Loading, Notice } from "@/ui/notice";
import { readAddress } from "./address";
import styles from "./customer-card.module.css";
import { Latest } from "./latest";
import { card } from "./messages";
import { Way } from "./way";

/** Milliseconds between two looks. */
const EVERY = 15_000;

/** What custom events did for the customer whose page of the dashboard it stands on. */
export function CustomerCard() {
  const root = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const shown = root.current;
    if (!shown) return;
    const watching = new ResizeObserver(() => tellHeight(shown.scrollHeight));
    watching.observe(shown);
    return () => watching.disconnect();
  }, []);
  return (
    <main ref={root} className={styles.card}>
      <Content />
    </main>
  );
}

function Content() {
  const say = useTexts(card);
  const { isTokenless } = useSurroundings();
  const { customer, needs } = readAddress(window.location.search);
  const query = useQuery(CustomerCardDocument, { customer }, { every: EVERY, skip: isTokenless || !customer });
  if (isTokenless)
    return <Notice kind="info">{say("lacking", { count: needs.length, codes: needs.join(", ") })}</Notice>;
  if (!customer) return <Notice kind="warning">{say("noCustomer")}</Notice>;
  const found = query.data?.customEventInvocations;
  return (
    <>
      {query.failure && <FailureNotice failure={query.failure} onRetry={query.reload} />}
      {!found && query.loading && <Loading />}
      {found && <Latest rows={found.edges.map((edge) => edge.node)} />}
      {found && (
        <p className={styles.ways}>
          {found.edges.length > 0 && (
            <Way onGo={() => openInDashboard(paths.logOfCustomer(customer))}>{say("all")}</Way>
          )}
          <Way onGo={() => openInDashboard(paths.whyOfCustomer(customer))}>{say("why")}</Way>
        </p>
      )}
    </>
  );
}
