import { useEffect } from "react";
import { useLocation } from "wouter";
import { CustomerNamedDocument } from "@/graphql/generated";
import { paths } from "@/lib/routing";
import { useTexts } from "@/lib/texts";
import { useQuery } from "@/lib/use-query";
import { logWith } from "@/modules/log/filters";
import { log } from "@/modules/log/messages";
import { FailureNotice, Loading } from "@/ui/notice";
import { Page } from "@/ui/page";
import { common } from "@/words/words";

interface Props {
  /** The store's global id, as the address has it. */
  readonly id: string;
  readonly to: "log" | "why";
}

/**
 * The way from a customer's page of the dashboard to the log, or the question, about this customer: finds their address
 * and goes on. The dashboard's own address stays as it is, so that it leads here again.
 */
export default function OfCustomerPage({ id, to }: Props) {
  const say = useTexts(log);
  const sayCommon = useTexts(common);
  const [, navigate] = useLocation();
  const customerId = decodeURIComponent(id);
  const { data, failure, reload } = useQuery(CustomerNamedDocument, { id: customerId });
  useEffect(() => {
    if (!data) return;
    // Somebody whom the store no longer has is still in the log.
    const customer = data.customEventCustomer ?? { id: customerId, email: "" };
    navigate(to === "log" ? paths.log : paths.why, { replace: true, state: logWith({ customer }) });
  }, [data, customerId, to, navigate]);
  return (
    <Page title={to === "log" ? say("title") : sayCommon("why")}>
      {failure ? <FailureNotice failure={failure} onRetry={reload} /> : <Loading />}
    </Page>
  );
}
