import { Page } from "@/ui/page";

export function EventsPage({ open }: { readonly open?: string }) {
  return <Page title={open ?? ""}>{null}</Page>;
}
