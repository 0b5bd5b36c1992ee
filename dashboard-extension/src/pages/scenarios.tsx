import { Page } from "@/ui/page";

export default function ScenariosPage() {
  return <Page title="">{null}</Page>;
}
