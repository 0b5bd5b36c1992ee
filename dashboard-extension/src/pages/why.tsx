import { Page } from "@/ui/page";

export default function WhyPage() {
  return <Page title="">{null}</Page>;
}
