import { Page } from "@/ui/page";

interface Props {
  readonly event?: number;
  readonly scenario?: number;
  readonly invocation?: string;
}

export default function LogPage({ invocation }: Props) {
  return <Page title={invocation ?? ""}>{null}</Page>;
}
