import { SettingsDocument } from "@/graphql/generated";
import { paths, useGo } from "@/lib/routing";
import { useTexts } from "@/lib/texts";
import { useQuery } from "@/lib/use-query";
import { FieldsForm } from "@/modules/settings/fields-form";
import { KillSwitches } from "@/modules/settings/kill-switches";
import { settingsTexts } from "@/modules/settings/messages";
import { Operation } from "@/modules/settings/operation";
import { OperatorTable } from "@/modules/settings/operator-table";
import styles from "@/modules/settings/settings.module.css";
import { FailureNotice, Loading } from "@/ui/notice";
import { Page } from "@/ui/page";

/** Milliseconds between two looks at what is held and who was seen alive. */
const EVERY = 5_000;

/** The settings of the plugin, what is paused, and whether all of it runs. Everybody who defines may look. */
export default function SettingsPage() {
  const say = useTexts(settingsTexts);
  const go = useGo();
  const { data, failure, reload } = useQuery(SettingsDocument, {}, { every: EVERY });
  return (
    <Page title={say("title")} subtitle={say("subtitle")} onBack={() => go(paths.events)}>
      {failure && (
        <div className={styles.failed}>
          <FailureNotice failure={failure} onRetry={reload} />
        </div>
      )}
      {data ? (
        <div className={styles.sections}>
          <KillSwitches settings={data.customEventSettings} actions={data.customEventActions} onDone={reload} />
          <FieldsForm settings={data.customEventSettings} onDone={reload} />
          <Operation settings={data.customEventSettings} health={data.customEventHealth} />
          <OperatorTable rows={data.customEventSettings.operator} />
        </div>
      ) : (
        !failure && <Loading />
      )}
    </Page>
  );
}
