import { History, Pencil, ScrollText } from "lucide-react";
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from "react";
import { paths, useGo } from "@/lib/routing";
import { useTexts } from "@/lib/texts";
import { deedTexts } from "@/modules/scenarios/deeds/messages";
import type { Deeds } from "@/modules/scenarios/deeds/use-deeds";
import { editorTexts } from "@/modules/scenarios/editor/messages";
import type { Draft } from "@/modules/scenarios/editor/use-draft";
import { StatusPill } from "@/modules/scenarios/status-pill";
import { Button, IconButton } from "@/ui/button";
import { Menu } from "@/ui/menu";
import { Loading } from "@/ui/notice";
import { Page } from "@/ui/page";

const VersionsPage = lazy(() => import("@/modules/scenarios/versions/versions-page"));

interface Props {
  readonly draft: Draft;
  readonly deeds: Deeds;
  readonly children: ReactNode;
}

/** The page around a scenario: its name, its status, and what can be done with it as a whole. */
export function ScenarioHead({ draft, deeds, children }: Props) {
  const { scenario } = draft;
  const say = useTexts(editorTexts);
  const ofDeeds = useTexts(deedTexts);
  const go = useGo();
  const [showsVersions, setShowsVersions] = useState(false);
  const toVersions = useRef<HTMLButtonElement>(null);
  const cameBack = useRef(false);
  useEffect(() => {
    if (cameBack.current && !showsVersions) toVersions.current?.focus();
    cameBack.current = showsVersions;
  }, [showsVersions]);
  const items = deeds.items(scenario);
  const rename = items.find((item) => item.key === "rename");
  if (showsVersions)
    return (
      <Suspense fallback={<Loading />}>
        <VersionsPage draft={draft} onClose={() => setShowsVersions(false)} />
      </Suspense>
    );
  return (
    <Page
      title={scenario.name}
      subtitle={`${say("id", { number: scenario.number })} · ${subtitleOf(draft, say)}`}
      beside={
        <>
          {rename && (
            <IconButton
              icon={<Pencil size={16} aria-hidden />}
              label={ofDeeds("rename")}
              missing={rename.missing}
              onClick={rename.onChoose}
            />
          )}
          <StatusPill status={scenario.status} />
        </>
      }
      onBack={() => go(paths.scenarios)}
      actions={
        <>
          <Button icon={<ScrollText size={16} aria-hidden />} onClick={() => go(paths.logOfScenario(scenario.number))}>
            {say("log")}
          </Button>
          <Button ref={toVersions} icon={<History size={16} aria-hidden />} onClick={() => setShowsVersions(true)}>
            {say("versions")}
          </Button>
          <Menu label={ofDeeds("actionsFor", { name: scenario.name })} items={items} variant="secondary" />
        </>
      }
    >
      {children}
    </Page>
  );
}

function subtitleOf({ scenario }: Draft, say: ReturnType<typeof useTexts<(typeof editorTexts)["en"]>>): string {
  if (!scenario.published) return say("notPublished");
  const version = say("publishedVersion", { number: scenario.published.number });
  return scenario.hasUnpublishedChanges ? `${version} · ${say("unpublished")}` : version;
}
