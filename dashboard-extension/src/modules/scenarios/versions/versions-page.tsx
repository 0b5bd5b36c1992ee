import { useEffect, useRef, useState } from "react";
import { VersionListDocument } from "@/graphql/generated";
import { useTexts } from "@/lib/texts";
import { useQuery } from "@/lib/use-query";
import type { Draft } from "@/modules/scenarios/editor/use-draft";
import { CompareView } from "@/modules/scenarios/versions/compare-view";
import { HistoryList } from "@/modules/scenarios/versions/history-list";
import { LookView } from "@/modules/scenarios/versions/look-view";
import { versionTexts } from "@/modules/scenarios/versions/messages";
import { RevertWindow } from "@/modules/scenarios/versions/revert-window";
import { type ListedVersion, VersionList } from "@/modules/scenarios/versions/version-list";
import styles from "@/modules/scenarios/versions/versions.module.css";
import { Button } from "@/ui/button";
import { FailureNotice, Loading } from "@/ui/notice";
import { Page } from "@/ui/page";
import { Tabs } from "@/ui/tabs";

/** Two versions by their numbers; undefined: the draft. */
export interface Pair {
  readonly from: number;
  readonly to: number | undefined;
}

type View =
  | { readonly of: "list" }
  | { readonly of: "look"; readonly number: number }
  | { readonly of: "compare"; readonly pair: Pair };

interface Props {
  readonly draft: Draft;
  /** Back to the editor, whose draft stays as it is. */
  readonly onClose: () => void;
}

/** What was published of a scenario, what differs, and who did what; in the editor's place while it is open. */
export default function VersionsPage({ draft, onClose }: Props) {
  const { scenario } = draft;
  const say = useTexts(versionTexts);
  const query = useQuery(VersionListDocument, { number: scenario.number });
  const [view, setView] = useState<View>({ of: "list" });
  const [reverting, setReverting] = useState<number>();
  const versions = query.data?.customEventScenario?.versions;
  const toList = () => setView({ of: "list" });
  return (
    <Page
      title={say("title", { name: scenario.name })}
      onBack={view.of === "list" ? onClose : toList}
      actions={view.of !== "list" && <Button onClick={toList}>{say("toList")}</Button>}
    >
      <div className={styles.body}>
        {query.failure && <FailureNotice failure={query.failure} onRetry={query.reload} />}
        {!versions && query.loading && <Loading />}
        {versions && (
          <>
            {view.of === "list" && (
              <Lists
                draft={draft}
                versions={versions}
                onLook={(number) => setView({ of: "look", number })}
                onCompare={(pair) => setView({ of: "compare", pair })}
                onRevert={setReverting}
              />
            )}
            {view.of === "look" && (
              <LookView
                key={view.number}
                draft={draft}
                number={view.number}
                onCompare={(pair) => setView({ of: "compare", pair })}
                onRevert={setReverting}
              />
            )}
            {view.of === "compare" && (
              <CompareView
                draft={draft}
                versions={versions}
                pair={view.pair}
                onPair={(pair) => setView({ of: "compare", pair })}
                onRevert={setReverting}
              />
            )}
          </>
        )}
      </div>
      {reverting !== undefined && versions && (
        <RevertWindow
          draft={draft}
          number={reverting}
          versions={versions}
          onClose={() => setReverting(undefined)}
          onReverted={onClose}
        />
      )}
    </Page>
  );
}

interface ListsProps {
  readonly draft: Draft;
  readonly versions: readonly ListedVersion[];
  readonly onLook: (number: number) => void;
  readonly onCompare: (pair: Pair) => void;
  readonly onRevert: (number: number) => void;
}

function Lists({ draft, ...rest }: ListsProps) {
  const say = useTexts(versionTexts);
  const here = useRef<HTMLDivElement>(null);
  useEffect(() => {
    here.current?.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus();
  }, []);
  return (
    <div ref={here} className={styles.block}>
      <Tabs
        label={say("tabs")}
        tabs={[
          { key: "versions", label: say("versions"), content: <VersionList draft={draft} {...rest} /> },
          { key: "history", label: say("history"), content: <HistoryList scenario={draft.scenario} /> },
        ]}
      />
    </div>
  );
}
