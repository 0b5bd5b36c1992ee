import { paths } from "@/lib/routing";
import { useTexts } from "@/lib/texts";
import { Link } from "@/ui/link";
import { Empty } from "@/ui/notice";
import { Page } from "@/ui/page";
import { common } from "@/words/words";

export function NotFoundPage() {
  const say = useTexts(common);
  return (
    <Page title={say("notFoundTitle")}>
      <Empty title={say("notFoundTitle")} action={<Sections />} />
    </Page>
  );
}

function Sections() {
  const say = useTexts(common);
  return (
    <nav aria-label={say("sections")}>
      <Link to={paths.events}>{say("events")}</Link> · <Link to={paths.scenarios}>{say("scenarios")}</Link> ·{" "}
      <Link to={paths.log}>{say("log")}</Link>
    </nav>
  );
}
