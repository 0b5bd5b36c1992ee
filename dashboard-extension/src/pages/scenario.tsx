import { Page } from "@/ui/page";

export default function ScenarioPage({ number }: { readonly number: number }) {
  return <Page title={String(number)}>{null}</Page>;
}
